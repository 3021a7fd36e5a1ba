import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Covariance } from "#lib/domain/sketches/covariance.ts";

const value = fc.double({ min: -0.05, max: 0.05, noNaN: true });
const observations = fc.array(fc.tuple(value, value, value), { maxLength: 30 });
type Observations = readonly (readonly number[])[];
const SEEDED = { seed: 14, numRuns: 300 };

function covarianceOf(all: Observations): Covariance {
  const covariance = new Covariance(3);
  for (const observation of all) covariance.add(observation);
  return covariance;
}

/** By its definition, in two passes. */
function exact(all: Observations, a: number, b: number): number {
  const mean = (index: number): number => all.reduce((sum, one) => sum + (one[index] ?? 0), 0) / all.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  return all.reduce((sum, one) => sum + ((one[a] ?? 0) - meanA) * ((one[b] ?? 0) - meanB), 0) / (all.length - 1);
}

function expectClose(covariance: Covariance, all: Observations): void {
  expect(covariance.count).toBe(all.length);
  if (all.length < 2) return;
  for (const [a, b] of [
    [0, 0],
    [0, 1],
    [2, 1],
    [1, 2],
  ] as const) {
    expect(Math.abs((covariance.covariance(a, b) ?? Number.NaN) - exact(all, a, b))).toBeLessThan(1e-15);
  }
}

test("it says what the definition says, however it was merged, up to rounding", () => {
  fc.assert(
    fc.property(observations, observations, observations, (one, two, three) => {
      const [a, b, c] = [covarianceOf(one), covarianceOf(two), covarianceOf(three)];
      const all = [...one, ...two, ...three];
      expectClose(covarianceOf(all), all);
      expectClose(a.clone().merge(b).merge(c), all);
      expectClose(a.clone().merge(b.clone().merge(c)), all);
      expectClose(c.clone().merge(b).merge(a), all);
    }),
    SEEDED,
  );
});

test("an empty one changes no bit, on either side", () => {
  fc.assert(
    fc.property(observations, (all) => {
      const covariance = covarianceOf(all);
      expect(covariance.clone().merge(new Covariance(3)).encode()).toEqual(covariance.encode());
      expect(new Covariance(3).merge(covariance).encode()).toEqual(covariance.encode());
    }),
    SEEDED,
  );
});

test("it goes on from its encoding to the same bits", () => {
  fc.assert(
    fc.property(observations, observations, (before, after) => {
      const decoded = Covariance.decode(covarianceOf(before).encode());
      for (const observation of after) decoded.add(observation);
      expect(decoded.encode()).toEqual(covarianceOf([...before, ...after]).encode());
    }),
    SEEDED,
  );
});

test("it keeps its digits where sums of squares would lose all of them", () => {
  const covariance = new Covariance(2);
  for (let index = 0; index < 1000; index++) covariance.add([1e9 + (index % 2), 1e9 - (index % 2)]);
  expect(covariance.covariance(0, 1)).toBeCloseTo(-250 / 999, 12);
  expect(covariance.correlation(0, 1)).toBeCloseTo(-1, 12);
});

test("it says nothing of what it cannot know", () => {
  const covariance = new Covariance(2);
  expect(covariance.mean(0)).toBeNull();
  covariance.add([1, 2]);
  expect(covariance.mean(1)).toBe(2);
  expect(covariance.covariance(0, 1)).toBeNull();
  covariance.add([1, 3]);
  expect(covariance.covariance(0, 1)).toBe(0);
  expect(covariance.correlation(0, 1)).toBeNull();
});

test("it refuses what would spoil it", () => {
  const covariance = new Covariance(2);
  expect(() => covariance.add([1])).toThrow(RangeError);
  expect(() => covariance.add([1, Number.NaN])).toThrow(RangeError);
  expect(covariance.count).toBe(0);
  expect(() => covariance.merge(new Covariance(3))).toThrow(RangeError);
  expect(() => Covariance.decode(Uint8Array.of(3))).toThrow(RangeError);
  expect(() => Covariance.decode(Uint8Array.of(1, 2, 0))).toThrow(RangeError);
});
