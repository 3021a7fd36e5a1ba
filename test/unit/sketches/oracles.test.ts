import { DDSketch } from "@datadog/sketches-js";
import { build } from "hdr-histogram-js";
import { expect, test } from "vitest";
import { ExponentialHistogram } from "#lib/domain/sketches/exponential-histogram.ts";
import { VolumeProfile } from "#lib/domain/sketches/volume-profile.ts";
import { seeded } from "#test/simulation/random.ts";

const SHARES = [0.01, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999];

/** Log-normal whole sizes, as trades have them. */
function sizes(seed: number, count: number): number[] {
  const random = seeded(seed);
  return Array.from({ length: count }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    return Math.max(1, Math.round(Math.exp(5 + 1.5 * normal)));
  });
}

test("percentiles agree with DDSketch and HdrHistogram, each within both bounds of the exact one", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const values = sizes(seed, 20_000);
    const sorted = values.toSorted((a, b) => a - b);
    const [ours, datadog, hdr] = [
      new ExponentialHistogram(),
      new DDSketch({ relativeAccuracy: 0.01 }),
      build({ numberOfSignificantValueDigits: 3 }),
    ];
    for (const value of values) {
      ours.add(value);
      datadog.accept(value);
      hdr.recordValue(value);
    }
    for (const share of SHARES) {
      const exact = sorted[Math.max(1, Math.ceil(share * values.length)) - 1] ?? 0;
      const estimate = ours.quantile(share)?.value ?? 0;
      expect(Math.abs(estimate / exact - 1)).toBeLessThanOrEqual(0.010831);
      expect(Math.abs(estimate / hdr.getValueAtPercentile(share * 100) - 1)).toBeLessThanOrEqual(0.012);
      // DDSketch ranks from 0 to n − 1, so between steep steps it can name the neighbour.
      const neighbours = [-1, 0, 1].map(
        (step) => sorted[Math.max(1, Math.ceil(share * values.length)) - 1 + step] ?? exact,
      );
      const theirs = datadog.getValueAtQuantile(share);
      expect(Math.min(...neighbours.map((one) => Math.abs(theirs / one - 1)))).toBeLessThanOrEqual(0.0101);
      expect(Math.min(...neighbours.map((one) => Math.abs(theirs - estimate) / one))).toBeLessThanOrEqual(0.0215);
    }
  }
});

test("merged histograms agree with merged DDSketches in what they count", () => {
  const [left, right] = [new ExponentialHistogram(), new ExponentialHistogram()];
  const [datadogLeft, datadogRight] = [new DDSketch(), new DDSketch()];
  for (const [index, value] of sizes(99, 5000).entries()) {
    (index % 3 === 0 ? left : right).add(value);
    (index % 3 === 0 ? datadogLeft : datadogRight).accept(value);
  }
  datadogLeft.merge(datadogRight);
  expect(left.merge(right).count).toBe(datadogLeft.count);
});

test("a profile holds at each price what was traded there, by an exact sum", () => {
  const random = seeded(7);
  const profile = new VolumeProfile();
  const exact = new Map<number, number>();
  let price = 10_000;
  for (let trade = 0; trade < 50_000; trade++) {
    price += random.below(7) - 3;
    const size = 1 + random.below(500);
    profile.add(price / 100, size);
    exact.set(price, (exact.get(price) ?? 0) + size);
  }
  // Cents at 100 lie further apart than buckets: each has its own.
  const buckets = profile.buckets();
  expect(buckets).toHaveLength(exact.size);
  for (const { lower, upper, volume } of buckets) {
    const cents = Math.floor(upper * 100 + 1e-9);
    expect(cents / 100).toBeGreaterThan(lower);
    expect(volume).toBe(exact.get(cents));
  }
});
