import * as fc from "fast-check";
import { expect, test } from "vitest";
import { bucketScale } from "#lib/domain/sketches/bucket-scale.ts";
import { ExponentialHistogram, SIZE_SCALE } from "#lib/domain/sketches/exponential-histogram.ts";

/** Sizes as they are traded, and far beyond. */
const size = fc.oneof(
  fc.double({ min: 1e-8, max: 1e8, noNaN: true }),
  fc.double({ min: Number.MIN_VALUE, max: 1e300, noNaN: true }),
  fc.integer({ min: 0, max: 1000 }),
  fc.integer({ min: -40, max: 40 }).map((power) => 2 ** power),
  fc.constant(0),
);
const sizes = fc.array(size, { maxLength: 60 });

function histogramOf(values: readonly number[], scale = SIZE_SCALE): ExponentialHistogram {
  const histogram = new ExponentialHistogram(scale);
  for (const value of values) histogram.add(value);
  return histogram;
}

/** The number of rank max(1, ⌈share · n⌉). */
function exactQuantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(share * values.length)) - 1] ?? Number.NaN;
}

const merged = (a: ExponentialHistogram, b: ExponentialHistogram): Uint8Array => a.clone().merge(b).encode();

test("a histogram merges in any grouping and order", () => {
  fc.assert(
    fc.property(sizes, sizes, sizes, (left, middle, right) => {
      const [a, b, c] = [histogramOf(left), histogramOf(middle), histogramOf(right)];
      expect(a.clone().merge(b.clone().merge(c)).encode()).toEqual(a.clone().merge(b).merge(c).encode());
      expect(merged(a, b)).toEqual(merged(b, a));
      expect(merged(a, b)).toEqual(histogramOf([...left, ...middle]).encode());
    }),
  );
});

test("a histogram is unchanged by an empty one, on either side", () => {
  fc.assert(
    fc.property(sizes, (values) => {
      const histogram = histogramOf(values);
      expect(merged(histogram, new ExponentialHistogram())).toEqual(histogram.encode());
      expect(merged(new ExponentialHistogram(), histogram)).toEqual(histogram.encode());
    }),
  );
});

test("a histogram merged with itself counts everything twice", () => {
  const histogram = histogramOf([0, 1, 5, 5]);
  expect(histogram.merge(histogram).encode()).toEqual(histogramOf([0, 1, 5, 5, 0, 1, 5, 5]).encode());
});

test("a histogram goes on from its encoding as if nothing had happened", () => {
  fc.assert(
    fc.property(sizes, sizes, fc.integer({ min: 0, max: 6 }), (before, after, scale) => {
      const decoded = ExponentialHistogram.decode(histogramOf(before, scale).encode());
      expect(decoded.count).toBe(before.length);
      for (const value of after) decoded.add(value);
      expect(decoded.encode()).toEqual(histogramOf([...before, ...after], scale).encode());
    }),
  );
});

test("a histogram brackets every quantile within its bound", () => {
  fc.assert(
    fc.property(
      fc.array(size, { minLength: 1, maxLength: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(0, 5, 8),
      (values, share, scale) => {
        const normal = values.filter((value) => value === 0 || value > 1e-300);
        fc.pre(normal.length > 0);
        const exact = exactQuantile(normal, share);
        const estimate = histogramOf(normal, scale).quantile(share);
        if (!estimate) throw new Error("no estimate");
        expect(estimate.lower).toBeLessThanOrEqual(exact);
        expect(estimate.upper).toBeGreaterThanOrEqual(exact);
        const base = 2 ** (2 ** -scale);
        expect(Math.abs(estimate.value - exact)).toBeLessThanOrEqual(((base - 1) / (base + 1)) * exact * (1 + 1e-12));
      },
    ),
  );
});

test("a histogram is off by at most 1.0831 % at the scale of trade sizes", () => {
  const values = Array.from({ length: 5000 }, (_, index) => 1.0007 ** index);
  const histogram = histogramOf(values);
  let worst = 0;
  for (let share = 0; share <= 1; share += 0.001) {
    const exact = exactQuantile(values, share);
    worst = Math.max(worst, Math.abs((histogram.quantile(share)?.value ?? 0) - exact) / exact);
  }
  expect(worst).toBeGreaterThan(0.0107);
  expect(worst).toBeLessThanOrEqual(0.010831);
});

test("a histogram keeps zeros apart, and says nothing of nothing", () => {
  const histogram = histogramOf([0, 0, 0, 7]);
  expect(histogram.zeros).toBe(3);
  expect(histogram.count).toBe(4);
  expect(histogram.quantile(0.5)).toEqual({ value: 0, lower: 0, upper: 0 });
  expect(new ExponentialHistogram().quantile(0.5)).toBeNull();
});

test("a histogram counts beyond 32 bits in one bucket", () => {
  const histogram = new ExponentialHistogram();
  const bucket = bucketScale(SIZE_SCALE).indexOf(3);
  histogram.addToBucket(bucket, 0xffffffff);
  histogram.addToBucket(bucket, 2);
  expect(ExponentialHistogram.decode(histogram.encode()).count).toBe(0x100000001);
});

test.each([Number.NaN, -1, Infinity, -Infinity])("a histogram refuses %d", (value) => {
  expect(() => new ExponentialHistogram().add(value)).toThrow(RangeError);
});

test("a histogram refuses to merge another scale and to decode what it did not write", () => {
  expect(() => new ExponentialHistogram(5).merge(new ExponentialHistogram(4))).toThrow(RangeError);
  expect(() => ExponentialHistogram.decode(Uint8Array.of(9, 5, 0))).toThrow(RangeError);
  expect(() => ExponentialHistogram.decode(Uint8Array.of(1, 5, 0x80))).toThrow(RangeError);
});

test("a bucket holds what lies above its lower bound and up to its upper one", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
      fc.integer({ min: 0, max: 13 }),
      (value, scale) => {
        const buckets = bucketScale(scale);
        const index = buckets.indexOf(value);
        expect(buckets.bound(index)).toBeLessThan(value);
        expect(buckets.bound(index + 1)).toBeGreaterThanOrEqual(value);
      },
    ),
  );
});

test("a bucket ends with a power of two, not begins with it", () => {
  expect(bucketScale(0).indexOf(8)).toBe(2);
  expect(bucketScale(5).indexOf(1)).toBe(-1);
  expect(bucketScale(5).indexOf(2)).toBe(31);
  expect(bucketScale(0).indexOf(Number.MIN_VALUE)).toBe(-1075);
});
