import { expect, test } from "vitest";
import { firstFailure, minimalFailure, seedsFrom } from "./first-failure.ts";
import { MUTATIONS } from "./mutations.ts";

/** A rule that is missing shows within so many schedules. */
const ENOUGH = 4000;

test.each(Object.entries(MUTATIONS))("the simulation notices when %s", async (_, mutation) => {
  expect(await firstFailure(seedsFrom(1, ENOUGH), mutation)).not.toBe(null);
});

test("a failing schedule is told by its smallest part that fails", async () => {
  const mutation = MUTATIONS["slots come before windows"];
  const failure = await firstFailure(seedsFrom(1, ENOUGH), mutation);
  const text = await minimalFailure(failure?.seed ?? 0, mutation);
  const [, steps = ""] = text.split("schedule\n");
  expect(steps.split("\n=>")[0]?.split("\n").length).toBeLessThan(25);
  expect(text).toContain("=> ");
});
