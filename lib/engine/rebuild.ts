import { setTimeout as sleep } from "node:timers/promises";
import type { CheckpointDocument, EngineStore } from "../contracts/engine-store.ts";
import type { LogProducer } from "../contracts/log.ts";
import type { Names } from "../contracts/topics.ts";
import { TapedeckError } from "../errors.ts";
import { Counters } from "./counters.ts";
import type { Clock, EngineOptions } from "./engine-options.ts";
import { logAccess, type PartitionRange, type ReadableLog } from "./log-access.ts";
import { beginning, writeBeginnings } from "./open-checkpoint.ts";
import { createPartitionTask } from "./run-engine.ts";

/** How often a task that has read everything is asked to go on with its last checkpoint, milliseconds. */
const IDLE_EVERY = 50;
/** The newest of each symbol are stored so long after the last line at the latest, milliseconds. */
const LATEST_WITHIN = 2500;

export interface RebuildOptions {
  names: Names;
  store: EngineStore;
  log: ReadableLog;
  /** Deletes bars, newest prices, slots and checkpoints, and makes their empty indices. */
  clear: () => Promise<void>;
  clock: Clock;
  report: EngineOptions["report"];
  /** Called after each batch: frames computed so far, and all there are. */
  progress: (done: number, all: number) => void;
}

/** What is to be computed again, as it was begun. */
export interface RebuildPlan {
  beginnings: readonly CheckpointDocument[];
  ranges: readonly PartitionRange[];
  /** Frames of all partitions. */
  frames: number;
}

/**
 * Where each partition's epoch began, for a rebuild of everything since; `kept`: what an interrupted one had found out before it deleted
 * the checkpoints. REFUSED when the log does not reach back to there: bars would
 * be lost. NOT_FOUND where nothing was ever aggregated.
 */
export async function planRebuild(
  { names, store, log, clock }: Pick<RebuildOptions, "names" | "store" | "log" | "clock">,
  kept: readonly CheckpointDocument[] | null = null,
): Promise<RebuildPlan> {
  const topic = names.ticks;
  const ranges = await log.topicEnds(topic);
  const beginnings = await Promise.all(
    ranges.map(async ({ partition }) => {
      const own = (await store.readCheckpoint(topic, partition)) ?? kept?.find((each) => each.partition === partition);
      if (!own) throw new TapedeckError("NOT_FOUND", `Partition ${partition} of ${topic} was never aggregated`);
      const range = { partition, start: own.begin };
      return beginning(topic, ranges.length, { range, epoch: own.epoch, from: own.from, now: clock.wall() });
    }),
  );
  const cut = ranges.filter(({ partition, start }) => start > (beginnings[partition]?.begin ?? 0));
  if (cut.length > 0) throw await beyondTheLog(topic, log, cut);
  const frames = ranges.reduce((sum, { partition, end }) => sum + end - (beginnings[partition]?.begin ?? end), 0);
  return { beginnings, ranges, frames };
}

/**
 * Deletes everything that was computed from the log, and computes it again in the same epoch from where that began: the same documents,
 * but for when they were written. Publishes nothing: who reads `bars` has had it all. Nothing may aggregate meanwhile. Once the beginnings
 * are stored, an ordinary start goes on after an interruption too.
 */
export async function rebuild(options: RebuildOptions, { beginnings, ranges, frames }: RebuildPlan): Promise<Counters> {
  await options.clear();
  await writeBeginnings(options.store, beginnings);
  const counters = new Counters();
  let done = 0;
  const add = (more: number): void => options.progress((done += more), frames);
  await Promise.all(ranges.map((range) => rebuildPartition(options, range, counters, add)));
  return counters;
}

async function rebuildPartition(
  { names, store, log, clock, report }: RebuildOptions,
  range: PartitionRange,
  counters: Counters,
  done: (frames: number) => void,
): Promise<void> {
  const { partition, end } = range;
  const task = createPartitionTask({
    names,
    partition,
    store,
    log: logAccess(log, names.ticks),
    producer: silent,
    counters,
    clock,
    cadence: 1000,
    checkpointEvery: 2000,
    report,
  });
  try {
    const from = await task.open(range);
    for await (const records of log.readRange(names.ticks, partition, from, end)) {
      await task.process(records, end);
      done(records.length);
    }
    const readAt = clock.elapsed();
    while (task.checkpoint !== task.report()?.position || clock.elapsed() - readAt < LATEST_WITHIN) {
      await task.idle?.();
      await sleep(IDLE_EVERY);
    }
  } finally {
    await task.close(true);
  }
}

const silent: LogProducer = { send: () => Promise.resolve(), pendingBytes: 0, close: () => Promise.resolve() };

async function beyondTheLog(topic: string, log: ReadableLog, cut: readonly PartitionRange[]): Promise<TapedeckError> {
  const starts = await Promise.all(
    cut.map(async ({ partition, start }) => {
      const record = await logAccess(log, topic).record(partition, start);
      const since = record ? `, taken at ${new Date(record.timestamp).toISOString()}` : "";
      return `partition ${partition} begins at offset ${start}${since}`;
    }),
  );
  return new TapedeckError(
    "REFUSED",
    `The log no longer reaches back to where the bars were begun: ${starts.join("; ")}. Deleted now, all bars from older ticks would be lost ` +
      "for good. Nothing was deleted. `npm run epoch -- --at start` computes anew what the log still holds, and leaves all other bars as " +
      "they are stored; give it --from with the time at which the first whole window begins.",
  );
}
