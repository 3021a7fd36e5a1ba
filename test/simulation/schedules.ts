import { expect, test } from "vitest";
import { firstFailure, minimalFailure, seedsFrom } from "./first-failure.ts";

const SCHEDULES = 5_000;
/** Two files, so that two processes share them. */
export const SHARDS = 2;

/** One half of the schedules as a test. */
export function testShard(shard: number): void {
  test(`${SCHEDULES / SHARDS} schedules of faults (${shard + 1} of ${SHARDS}) leave what the log says`, async () => {
    const failure = await firstFailure(seedsFrom(1 + shard, SCHEDULES - shard, SHARDS));
    expect(failure && `${failure.wrong}\n${await minimalFailure(failure.seed)}`).toBe(null);
  });
}
