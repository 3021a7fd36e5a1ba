import type { CDPSession } from "@playwright/test";

/** A frame at 60 a second, microseconds. */
const FRAME = 1e6 / 60;

/** Every task of a thread, the outermost event that is traced of it. */
const TASK = "ThreadControllerImpl::RunTask";

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  ph: string;
  ts: number;
  /** Wall and thread time, microseconds. */
  dur?: number;
  tdur?: number;
}

/**
 * CPU milliseconds of the page's main thread in each sixtieth of a second while `act` runs: scripts, styles, layout and painting commands.
 * A task counts in the frame in which it begins. Thread time, not time of day: other processes of the machine do not count.
 */
export async function mainThreadFrames(session: CDPSession, act: () => Promise<void>): Promise<number[]> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }): void => {
    for (const event of value as TraceEvent[]) if (event.ph === "X" && event.name === TASK) events.push(event);
  };
  session.on("Tracing.dataCollected", collect);
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["toplevel"] },
  });
  await act();
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await complete;
  session.off("Tracing.dataCollected", collect);
  return framesOf(busiestThread(events));
}

/** The page's main thread is by far the busiest of those that are traced. */
function busiestThread(events: readonly TraceEvent[]): TraceEvent[] {
  const threads = Map.groupBy(events, ({ pid, tid }) => `${pid}|${tid}`);
  const time = (tasks: readonly TraceEvent[]): number => tasks.reduce((sum, task) => sum + (task.tdur ?? 0), 0);
  return [...threads.values()].toSorted((a, b) => time(b) - time(a))[0] ?? [];
}

function framesOf(tasks: readonly TraceEvent[]): number[] {
  const begin = Math.min(...tasks.map((task) => task.ts));
  const frames: number[] = [];
  for (const { ts, tdur = 0 } of tasks) {
    const frame = Math.floor((ts - begin) / FRAME);
    while (frames.length <= frame) frames.push(0);
    frames[frame] = (frames[frame] ?? 0) + tdur / 1000;
  }
  return frames;
}

/** Mebibytes of the page's heap that are still held after a collection. */
export async function heapAfterCollection(session: CDPSession): Promise<number> {
  for (let time = 0; time < 3; time++) await session.send("HeapProfiler.collectGarbage");
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN) / 2 ** 20;
}
