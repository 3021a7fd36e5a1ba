import { expect, test } from "vitest";
import { MUTATIONS } from "./mutations.ts";
import { runSchedule } from "./schedule.ts";
import type { Mutation } from "./world.ts";

/** `SIMULATION_SEED=17 SIMULATION_SCHEDULES=1` runs one schedule again. */
const FIRST = Number(process.env["SIMULATION_SEED"] ?? 1);
const SCHEDULES = Number(process.env["SIMULATION_SCHEDULES"] ?? 1000);
/** A rule that is missing shows within so many schedules. */
const ENOUGH = 1500;

test(`${SCHEDULES} schedules of crashes, zombies, rebalances and lost writes leave what the log says`, async () => {
  expect(await firstFailure(SCHEDULES)).toBe(null);
});

test.each(Object.entries(MUTATIONS))("the simulation notices: %s", async (_, mutation) => {
  expect(await firstFailure(ENOUGH, mutation)).not.toBe(null);
});

/** The first schedule after which something is other than the log says: its seed, and what. */
async function firstFailure(schedules: number, mutation: Mutation | null = null): Promise<string | null> {
  for (let seed = FIRST; seed < FIRST + schedules; seed++) {
    const { wrong } = await runSchedule(seed, mutation);
    if (wrong !== null) return `SIMULATION_SEED=${seed}: ${wrong}`;
  }
  return null;
}
