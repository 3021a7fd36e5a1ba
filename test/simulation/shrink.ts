import type { CollectStep } from "./collect/steps.ts";
import type { Schedule, Step } from "./schedule.ts";

/** Whether a schedule still goes wrong. */
type Fails = (schedule: Schedule) => Promise<boolean>;

/**
 * Leaves out of a failing schedule whatever it fails without: steps, frames, lines. What is left fails, and nothing single of it can
 * be left out. At most `attempts` schedules are run.
 */
export async function shrink(schedule: Schedule, fails: Fails, attempts = 5000): Promise<Schedule> {
  const budget = { left: attempts };
  const stillFails = async (tried: Schedule): Promise<boolean> => {
    budget.left -= 1;
    return budget.left >= 0 && (await fails(tried));
  };
  let smallest = schedule;
  for (let before = Infinity; sizeOf(smallest) < before && budget.left > 0;) {
    before = sizeOf(smallest);
    smallest = await pass(smallest, stillFails);
  }
  return smallest;
}

async function pass(schedule: Schedule, fails: Fails): Promise<Schedule> {
  const steps = await without(schedule.steps, (kept) => fails({ ...schedule, steps: kept }));
  const collection =
    schedule.collection &&
    (await without(schedule.collection, (kept) => fails({ ...schedule, steps, collection: kept })));
  const shorter = { ...schedule, steps, collection };
  const log = await without(shorter.log, (kept) => fails({ ...shorter, log: kept }));
  let smallest: Schedule = { ...shorter, log };
  for (const at of log.keys()) {
    const lines = await without(smallest.log[at] ?? [], (kept) => fails(withFrame(smallest, at, kept)));
    smallest = withFrame(smallest, at, lines);
  }
  return smallest;
}

function sizeOf({ log, collection, steps }: Schedule): number {
  return steps.length + (collection?.length ?? 0) + log.flat().length + log.length;
}

function withFrame(schedule: Schedule, at: number, lines: readonly string[]): Schedule {
  return { ...schedule, log: schedule.log.with(at, lines) };
}

/** Leaves out ever smaller parts of a list, from its end, as long as `holds` for what is kept. */
async function without<T>(list: readonly T[], holds: (kept: readonly T[]) => Promise<boolean>): Promise<readonly T[]> {
  let kept = list;
  for (let size = Math.max(1, kept.length >> 1); size >= 1; size = size === 1 ? 0 : size >> 1) {
    for (let from = kept.length - size; from > -size; from -= size) {
      const tried = [...kept.slice(0, Math.max(0, from)), ...kept.slice(from + size)];
      if (await holds(tried)) kept = tried;
    }
  }
  return kept;
}

/** A schedule as text: its log by offset, its steps in order. */
export function describe({ log, collection, steps, late, damage }: Schedule): string {
  const frames = log.map((lines, offset) => lines.map((line) => `  ${String(offset).padStart(3)}: ${line}`).join("\n"));
  const end = damage ? `the log is damaged: ${JSON.stringify(damage)}` : `what is still on its way arrives: ${late}`;
  const source = collection ? ["collected", ...collection.map(inWords)] : ["log", ...frames];
  return [...source, "schedule", ...steps.map(inWords), `  ${end}`].join("\n");
}

function inWords({ do: what, ...rest }: Step | CollectStep): string {
  return `  ${what} ${JSON.stringify(rest)}`;
}
