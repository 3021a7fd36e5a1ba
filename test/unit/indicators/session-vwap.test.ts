import { expect, test } from "vitest";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { IndicatorRun } from "#lib/domain/indicators/run.ts";
import type { IndicatorBar } from "#lib/domain/indicators/values.ts";
import { DAY, HOUR, type Interval } from "#lib/domain/interval.ts";

const bar = (start: number, vwap: number | null, volume: number): IndicatorBar => ({
  start,
  high: 14,
  low: 10,
  close: 12,
  volume,
  vwap,
});
const valuesOf = (bars: IndicatorBar[], width = 0, interval: Interval = "1h") =>
  new IndicatorRun({ kind: "vwap", parameters: [width] }, { calendar: calendarOf("utc"), interval }).take(bars);

test("begins with each session", () => {
  const bars = [bar(0, 10, 1), bar(HOUR, 13, 2), bar(DAY, 20, 5)];
  expect(valuesOf(bars).map(([value]) => value)).toEqual([10, 12, 20]);
});

test("has no value in a session whose beginning is not among the bars", () => {
  const bars = [bar(HOUR, 10, 1), bar(2 * HOUR, 13, 2), bar(DAY + HOUR, 20, 5)];
  expect(valuesOf(bars).map(([value]) => value)).toEqual([null, null, 20]);
});

test("takes the typical price of a bar whose source knows no average, and nothing of one without volume", () => {
  expect(valuesOf([bar(0, null, 4), bar(HOUR, 99, 0)]).map(([value]) => value)).toEqual([12, 12]);
});

test("has bands of so many volume-weighted deviations", () => {
  // Mean 12; deviations −2, 1, 1.
  const [, last] = valuesOf([bar(0, 10, 1), bar(HOUR, 13, 2)], 1.5);
  const distance = 1.5 * Math.sqrt((4 + 2 * 1) / 3);
  expect(last?.[1]).toBeCloseTo(12 + distance, 12);
  expect(last?.[2]).toBeCloseTo(12 - distance, 12);
});

test("has no values on days, each of which is a session", () => {
  expect(valuesOf([bar(0, 10, 1)], 1, "1d")).toEqual([[null, null, null]]);
});
