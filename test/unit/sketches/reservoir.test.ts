import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Generator } from "#lib/domain/sketches/generator.ts";
import { type ItemCodec, Reservoir } from "#lib/domain/sketches/reservoir.ts";

const codec: ItemCodec<number> = { write: (writer, item) => writer.varint(item), read: (reader) => reader.varint() };
const SEEDED = { seed: 13, numRuns: 300 };
const length = fc.integer({ min: 0, max: 300 });

/** A sample of the items `from` to before `from + count`. */
function sampleOf(seed: number, from: number, count: number, capacity = 8): Reservoir<number> {
  const sample = new Reservoir<number>(seed, capacity);
  for (let item = from; item < from + count; item++) sample.add(item);
  return sample;
}

test("samples merge in any grouping and order, to the bit, and go on alike", () => {
  fc.assert(
    fc.property(length, length, length, length, (one, two, three, more) => {
      const make = (): [Reservoir<number>, Reservoir<number>, Reservoir<number>] => [
        sampleOf(1, 0, one),
        sampleOf(2, 1000, two),
        sampleOf(3, 2000, three),
      ];
      const [a, b, c] = make();
      const left = a.clone().merge(b).merge(c);
      const right = a.clone().merge(b.clone().merge(c));
      const other = c.clone().merge(a).merge(b);
      for (let item = 0; item < more; item++) for (const each of [left, right, other]) each.add(item);
      expect(right.encode(codec)).toEqual(left.encode(codec));
      expect(other.encode(codec)).toEqual(left.encode(codec));
      expect(left.count).toBe(one + two + three + more);
      expect(left.items).toHaveLength(Math.min(8, left.count));
    }),
    SEEDED,
  );
});

test("an empty sample changes nothing, on either side", () => {
  fc.assert(
    fc.property(length, (count) => {
      const sample = sampleOf(7, 0, count);
      expect(new Reservoir<number>(9, 8).merge(sample).encode(codec).slice(3)).toEqual(
        count === 0 ? new Reservoir<number>(9, 8).encode(codec).slice(3) : sample.encode(codec).slice(3),
      );
      expect(sample.clone().merge(new Reservoir<number>(9, 8)).encode(codec)).toEqual(sample.encode(codec));
    }),
    SEEDED,
  );
});

test("a sample goes on from its encoding as if nothing had happened", () => {
  fc.assert(
    fc.property(length, length, (before, after) => {
      const decoded = Reservoir.decode(codec, sampleOf(5, 0, before).encode(codec));
      for (let item = before; item < before + after; item++) decoded.add(item);
      expect(decoded.encode(codec)).toEqual(sampleOf(5, 0, before + after).encode(codec));
    }),
    SEEDED,
  );
});

/** Pearson's statistic against equal shares. */
function chiSquared(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Counts items by tens. */
function take(into: number[], items: readonly number[]): void {
  for (const item of items) into[Math.floor(item / 10)] = (into[Math.floor(item / 10)] ?? 0) + 1;
}

test("every item is as likely to be kept, early or late, merged or not", () => {
  const counts = { whole: Array.from({ length: 20 }, () => 0), merged: Array.from({ length: 20 }, () => 0) };
  for (let seed = 1; seed <= 4000; seed++) {
    take(counts.whole, sampleOf(seed, 0, 200).items);
    // Streams of different lengths, then more: each item counts the same.
    const merged = sampleOf(seed, 0, 30).merge(sampleOf(-seed, 30, 130));
    for (let item = 160; item < 200; item++) merged.add(item);
    take(counts.merged, merged.items);
  }
  // 19 degrees of freedom: 43.8 is passed once in a thousand.
  expect(chiSquared(counts.whole)).toBeLessThan(43.8);
  expect(chiSquared(counts.merged)).toBeLessThan(43.8);
});

test("its random numbers are uniform, in (0, 1], and those of neighbouring seeds have nothing in common", () => {
  const counts = Array.from({ length: 20 }, () => 0);
  let together = 0;
  const [one, two] = [Generator.of(1), Generator.of(2)];
  for (let draw = 0; draw < 20_000; draw++) {
    const value = one.next();
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThanOrEqual(1);
    counts[Math.ceil(value * 20) - 1] = (counts[Math.ceil(value * 20) - 1] ?? 0) + 1;
    together += (value - 0.5) * (two.next() - 0.5) * 12;
  }
  expect(chiSquared(counts)).toBeLessThan(43.8);
  expect(Math.abs(together / 20_000)).toBeLessThan(0.03);
});

test("a sample refuses another capacity and what it did not write", () => {
  expect(() => new Reservoir<number>(1, 8).merge(new Reservoir<number>(2, 9))).toThrow(RangeError);
  expect(() => Reservoir.decode(codec, Uint8Array.of(7))).toThrow(RangeError);
});
