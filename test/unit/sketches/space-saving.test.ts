import * as fc from "fast-check";
import { expect, test } from "vitest";
import { SpaceSaving } from "#lib/domain/sketches/space-saving.ts";

const adds = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 40 }).map((key) => `SIM:${key}`),
    fc.integer({ min: 1, max: 9 }),
  ),
  { maxLength: 80 },
);
type Adds = readonly (readonly [string, number])[];
const CAPACITY = 8;
const SEEDED = { seed: 12, numRuns: 200 };

function sketchOf(all: Adds, capacity = CAPACITY): SpaceSaving {
  const sketch = new SpaceSaving(capacity);
  for (const [key, times] of all) sketch.add(key, times);
  return sketch;
}

function exact(all: Adds): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [key, times] of all) sums.set(key, (sums.get(key) ?? 0) + times);
  return sums;
}

function expectWithinBound(sketch: SpaceSaving, all: Adds): void {
  const total = all.reduce((sum, [, times]) => sum + times, 0);
  expect(sketch.total).toBe(total);
  for (const [key, sum] of exact(all)) {
    const { lower, upper } = sketch.of(key);
    expect(lower).toBeLessThanOrEqual(sum);
    expect(upper).toBeGreaterThanOrEqual(sum);
    expect(upper - lower).toBeLessThanOrEqual(total / sketch.capacity);
  }
  const named = sketch.top().map(({ key }) => key);
  const large = [...exact(all)].filter(([, sum]) => sum > total / sketch.capacity).map(([key]) => key);
  expect(named).toEqual(expect.arrayContaining(large));
}

test("every sum lies within its bounds, which are total / capacity apart at most", () => {
  fc.assert(
    fc.property(adds, (all) => expectWithinBound(sketchOf(all), all)),
    SEEDED,
  );
});

test("merged in any grouping every sum lies within the same bound, and order does not matter to the bit", () => {
  fc.assert(
    fc.property(adds, adds, adds, adds, (one, two, three, more) => {
      const [a, b, c] = [sketchOf(one), sketchOf(two), sketchOf(three)];
      const all = [...one, ...two, ...three];
      expect(a.clone().merge(b).encode()).toEqual(b.clone().merge(a).encode());
      for (const merged of [a.clone().merge(b).merge(c), a.clone().merge(b.clone().merge(c))]) {
        expectWithinBound(merged, all);
        for (const [key, times] of more) merged.add(key, times);
        expectWithinBound(merged, [...all, ...more]);
      }
    }),
    SEEDED,
  );
});

test("with few keys it is exact, and merges in any grouping", () => {
  fc.assert(
    fc.property(adds, adds, adds, (one, two, three) => {
      const [a, b, c] = [sketchOf(one, 64), sketchOf(two, 64), sketchOf(three, 64)];
      expect(a.clone().merge(b).merge(c).top()).toEqual(a.clone().merge(b.clone().merge(c)).top());
      const sums = exact([...one, ...two, ...three]);
      const merged = a.merge(b).merge(c).top();
      expect(merged).toHaveLength(sums.size);
      for (const { key, lower, upper } of merged) expect([lower, upper]).toEqual([sums.get(key), sums.get(key)]);
    }),
    SEEDED,
  );
});

test("an empty one changes nothing, on either side", () => {
  fc.assert(
    fc.property(adds, (all) => {
      const sketch = sketchOf(all);
      expect(sketch.clone().merge(new SpaceSaving(CAPACITY)).encode()).toEqual(sketch.encode());
      expect(new SpaceSaving(CAPACITY).merge(sketch).encode()).toEqual(sketch.encode());
    }),
    SEEDED,
  );
});

test("it goes on from its encoding as if nothing had happened, also with what it gives up", () => {
  fc.assert(
    fc.property(adds, adds, (before, after) => {
      const decoded = SpaceSaving.decode(sketchOf(before).encode());
      for (const [key, times] of after) decoded.add(key, times);
      expect(decoded.encode()).toEqual(sketchOf([...before, ...after]).encode());
    }),
    SEEDED,
  );
});

test("it names the largest first", () => {
  const sketch = sketchOf([
    ["b", 3],
    ["a", 3],
    ["c", 9],
  ]);
  expect(sketch.top(2)).toEqual([
    { key: "c", lower: 9, upper: 9 },
    { key: "a", lower: 3, upper: 3 },
  ]);
});

test.each([0, -1, 0.5, Number.NaN, Infinity])("it refuses to count %d", (times) => {
  expect(() => new SpaceSaving().add("a", times)).toThrow(RangeError);
});

test("it refuses another capacity and what it did not write", () => {
  expect(() => new SpaceSaving(4).merge(new SpaceSaving(5))).toThrow(RangeError);
  expect(() => SpaceSaving.decode(Uint8Array.of(9))).toThrow(RangeError);
  expect(() => SpaceSaving.decode(Uint8Array.of(1, 4, 1, 200))).toThrow(RangeError);
});

test("made of known sums it keeps the largest exactly, and goes on within its bound", () => {
  fc.assert(
    fc.property(adds, adds, (known, more) => {
      const sketch = SpaceSaving.ofSums(exact(known), CAPACITY);
      expectWithinBound(sketch, known);
      for (const { lower, upper } of sketch.top()) expect(lower).toBe(upper);
      for (const [key, times] of more) sketch.add(key, times);
      expectWithinBound(sketch, [...known, ...more]);
      expectWithinBound(SpaceSaving.ofSums(exact(known), CAPACITY).merge(sketchOf(more)), [...known, ...more]);
    }),
    SEEDED,
  );
});
