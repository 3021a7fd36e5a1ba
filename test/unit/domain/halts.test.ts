import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MOST_HALTS, presentHalt, toldOf, type Told, type Trading } from "#lib/domain/halts.ts";

const word = (time: number, state: Told["state"], reason: string | null = null): Told => {
  return { time, receivedTime: time, state, reason };
};
const after = (...words: Told[]): Trading | null =>
  words.reduce<Trading | null>((known, told) => toldOf(known, told) ?? known, null);

test("a halt lasts until trading is told, and is known since it was first told", () => {
  const halted = after(word(10, "halted", "T1"), word(20, "halted"), word(30, "halted", "T2"));
  expect(presentHalt(halted)).toEqual({ from: 10, to: null, reason: "T2" });
  const resumed = after(word(10, "halted", "T1"), word(20, "halted"), word(40, "trading"));
  expect(presentHalt(resumed)).toBeNull();
  expect(resumed?.halts).toEqual([{ from: 10, to: 40, reason: "T1" }]);
});

test("what is older than what is known changes nothing, and at the same time a halt is stronger", () => {
  const known = after(word(10, "halted"), word(20, "trading"));
  expect(toldOf(known, word(15, "halted"))).toBeNull();
  expect(toldOf(known, word(20, "trading"))).toBeNull();
  expect(presentHalt(after(word(20, "trading"), word(20, "halted")))?.from).toBe(20);
  expect(presentHalt(after(word(20, "halted"), word(20, "trading")))?.from).toBe(20);
});

test("of many halts the newest are remembered", () => {
  const words = Array.from({ length: 2 * MOST_HALTS + 10 }, (_, time) =>
    word(time, time % 2 === 0 ? "halted" : "trading"),
  );
  expect(after(...words)?.halts).toHaveLength(MOST_HALTS);
  expect(after(...words)?.halts.at(-1)).toMatchObject({ from: 2 * MOST_HALTS + 8, to: 2 * MOST_HALTS + 9 });
});

const words = fc.array(
  fc.record({
    time: fc.integer({ min: 0, max: 12 }),
    receivedTime: fc.constant(0),
    state: fc.constantFrom("trading" as const, "halted" as const),
    reason: fc.constant(null),
  }),
  { maxLength: 12 },
);

test("whether a symbol trades depends neither on the order in which that is told nor on how often", () => {
  fc.assert(
    fc.property(words, words, (told, again) => {
      const newest = told.toSorted((a, b) => a.time - b.time || (a.state === "trading" ? -1 : 1)).at(-1);
      expect(presentHalt(after(...told)) !== null).toBe(newest?.state === "halted");
      const repeated = again.filter(({ time, state }) => told.some((one) => one.time === time && one.state === state));
      expect(after(...told, ...repeated)).toEqual(after(...told));
    }),
  );
});
