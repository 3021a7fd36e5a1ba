import * as fc from "fast-check";
import { expect, test } from "vitest";
import { DecayedRate } from "#lib/domain/sketches/decayed-rate.ts";

const HALF = 10e6;
const events = fc.array(fc.tuple(fc.integer({ min: 0, max: 100e6 }), fc.integer({ min: 1, max: 100 })), {
  maxLength: 40,
});
type Events = readonly (readonly [number, number])[];
const SEEDED = { seed: 15, numRuns: 300 };
const END = 100e6;

function rateOf(all: Events): DecayedRate {
  const rate = new DecayedRate(HALF);
  for (const [time, amount] of all) rate.add(time, amount);
  return rate;
}

function exact(all: Events): number {
  return all.reduce((sum, [time, amount]) => sum + amount * 2 ** (-(END - time) / HALF), 0) * (Math.LN2 / 10);
}

test("it is the sum of all amounts by their age, in whatever order and grouping they come", () => {
  fc.assert(
    fc.property(events, events, events, (one, two, three) => {
      const [a, b, c] = [rateOf(one), rateOf(two), rateOf(three)];
      const wanted = exact([...one, ...two, ...three]);
      for (const rate of [
        a.clone().merge(b).merge(c),
        a.clone().merge(b.clone().merge(c)),
        rateOf([...three, ...one, ...two]),
      ]) {
        expect(Math.abs(rate.at(END) - wanted)).toBeLessThanOrEqual(wanted * 1e-13);
      }
      expect(a.clone().merge(b).encode()).toEqual(b.clone().merge(a).encode());
    }),
    SEEDED,
  );
});

test("an empty one changes no bit, and it goes on from its encoding to the same bits", () => {
  fc.assert(
    fc.property(events, events, (before, after) => {
      const rate = rateOf(before);
      expect(rate.clone().merge(new DecayedRate(HALF)).encode()).toEqual(rate.encode());
      expect(new DecayedRate(HALF).merge(rate).encode()).toEqual(rate.encode());
      const decoded = DecayedRate.decode(rate.encode());
      for (const [time, amount] of after) decoded.add(time, amount);
      expect(decoded.encode()).toEqual(rateOf([...before, ...after]).encode());
    }),
    SEEDED,
  );
});

test("a steady stream gives its rate, and half of it one half-life after its end", () => {
  const rate = new DecayedRate(HALF);
  for (let time = 0; time < 300e6; time += 50_000) rate.add(time);
  expect(rate.at(300e6)).toBeCloseTo(20, 1);
  expect(rate.at(300e6 + HALF)).toBeCloseTo(10, 1);
  expect(new DecayedRate(HALF).at(5)).toBe(0);
});

test("it refuses another half-life and what it did not write", () => {
  expect(() => new DecayedRate(0)).toThrow(RangeError);
  expect(() => new DecayedRate(HALF).merge(new DecayedRate(5))).toThrow(RangeError);
  expect(() => DecayedRate.decode(Uint8Array.of(2))).toThrow(RangeError);
});
