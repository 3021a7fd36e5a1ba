import { type Mutation, NO_MUTATION } from "./mutation.ts";
import { runSchedule } from "./run-schedule.ts";
import { drawSchedule } from "./schedule.ts";
import { describe, shrink } from "./shrink.ts";

/** Runs the schedules of these seeds until one goes wrong. The seed and what was wrong; null when none did. */
export async function firstFailure(
  seeds: Iterable<number>,
  mutation: Mutation = NO_MUTATION,
): Promise<{ seed: number; wrong: string } | null> {
  for (const seed of seeds) {
    const schedule = drawSchedule(seed);
    if (mutation.concerns?.(schedule) === false) continue;
    const wrong = await runSchedule(schedule, mutation);
    if (wrong !== null) return { seed, wrong };
  }
  return null;
}

/** The smallest part of a failing seed's schedule that still fails, in words. */
export async function minimalFailure(seed: number, mutation: Mutation = NO_MUTATION): Promise<string> {
  const smallest = await shrink(drawSchedule(seed), async (tried) => (await runSchedule(tried, mutation)) !== null);
  const wrong = await runSchedule(smallest, mutation);
  return `${describe(smallest)}\n=> ${wrong}\nnpm run simulate -- --seed ${seed} --schedules 1`;
}

/** Whole numbers from `first` on, `count` of them, every `every`-th. */
export function* seedsFrom(first: number, count: number, every = 1): Generator<number> {
  for (let at = 0; at < count; at += every) yield first + at;
}
