import { expect, test } from "vitest";
import { UTC_CLOCK } from "../../../app/_lib/zone-clock.ts";
import { goneWords, rangeWords, readingWords } from "../../../app/_lib/range-words.ts";
import { coverageWords, isVerifiable, MEASURE_KINDS, scaled } from "../../../app/_lib/measures.ts";

test("what the sketches do not know of a range is said", () => {
  const hours = { interval: "1m", bars: 240, whole: 12, part: 0 } as const;
  expect(coverageWords(hours)).toBe("Sketches cover 12 of 240 minutes; the rest is history without trades");
  expect(coverageWords({ ...hours, part: 1 })).toBe(
    "Sketches cover 13 of 240 minutes, 1 of them in part; the rest is history without trades",
  );
  expect(coverageWords({ interval: "1d", bars: 3, whole: 2, part: 1 })).toBe(
    "Sketches cover 3 of 3 days, 1 of them in part",
  );
});

test("a range that the sketches know wholly needs no words, nor one without bars", () => {
  expect(coverageWords({ interval: "1m", bars: 240, whole: 240, part: 0 })).toBeNull();
  expect(coverageWords({ interval: "1m", bars: 0, whole: 0, part: 0 })).toBeNull();
  expect(coverageWords(null)).toBeNull();
});

test("moves are shown in basis points, their bounds with them", () => {
  const estimate = { value: 0.0002, lower: 0.0001, upper: 0.0003, confidence: 1, method: "m", documents: 1 };
  const distribution = { bins: [{ from: 0.0001, to: 0.0002, count: 3 }], percentiles: [{ percentile: 50, estimate }] };
  const factor = MEASURE_KINDS.find(({ measure }) => measure === "return")?.factor ?? 0;
  expect(scaled(distribution, factor)).toEqual({
    bins: [{ from: 1, to: 2, count: 3 }],
    percentiles: [{ percentile: 50, estimate: { ...estimate, value: 2, lower: 1, upper: 0.0003 * 10_000 } }],
  });
  expect(MEASURE_KINDS.filter(({ measure }) => isVerifiable(measure)).map(({ words }) => words)).toEqual([
    "Sizes",
    "Amounts",
    "Prices",
  ]);
});

const at = (time: string): number => Date.parse(`2026-11-${time}Z`) * 1_000;

test("a range names its days where it has to", () => {
  const range = { from: at("21T14:02"), to: at("21T14:40") };
  expect(rangeWords(UTC_CLOCK, range)).toBe("21 Nov 14:02 – 14:40");
  expect(rangeWords(UTC_CLOCK, range, at("21T00:00"))).toBe("14:02 – 14:40");
  expect(rangeWords(UTC_CLOCK, { ...range, from: at("20T23:00") }, at("21T00:00"))).toBe("20 Nov 23:00 – 21 Nov 14:40");
});

test("reading the log tells how far it is, and since when there is something to read", () => {
  expect([readingWords({ done: 1, total: 3 }), readingWords({ done: 0, total: 0 })]).toEqual([
    "33 % of the log read",
    "100 % of the log read",
  ]);
  expect(goneWords(UTC_CLOCK, at("21T14:02"))).toBe(
    "The log holds trades since 21 Nov 14:02 UTC: choose a later range",
  );
  expect(goneWords(UTC_CLOCK, null)).toMatch(/not hold/);
});
