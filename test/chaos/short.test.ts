import { expect, test } from "vitest";
import { chaos, isGood, summary } from "./chaos.ts";
import { FAULTS } from "./faults.ts";

test("whatever is killed, stopped or overloaded, every minute is as the market was", async () => {
  const said: string[] = [];
  const outcome = await chaos({
    length: 0,
    seed: 1,
    rate: 20,
    brokers: 1,
    aggregate: 2,
    ingest: 2,
    lengths: { dead: 1000, stopped: 8000, flood: 2000, rest: 1000 },
    say: (text) => said.push(text),
  });
  expect([isGood(outcome), ...summary(outcome), ...said]).toEqual([true, ...summary(outcome), ...said]);
  expect([...outcome.toll.counts.keys()].toSorted()).toEqual([...FAULTS].toSorted());
});
