import { INTERVALS, type Interval } from "../domain/interval.ts";

/** In the hot path an interval is its index in INTERVALS. */
export const INTERVAL_COUNT = INTERVALS.length;

/** Windows of these intervals carry sketches: ranges are covered by minutes, hours and days. */
export const SKETCHED: readonly number[] = ["1m", "1h", "1d"].map((name) => INTERVALS.indexOf(name as Interval));
const IS_SKETCHED = INTERVALS.map((_, interval) => SKETCHED.includes(interval));
const FIRST_WITH_VENUES = INTERVALS.indexOf("1h");

export const DAILY = INTERVALS.indexOf("1d");

/** Whether windows of this interval carry sketches. */
export function isSketched(interval: number): boolean {
  return IS_SKETCHED[interval] === true;
}

/** Whether windows of this interval count venues. */
export function keepsVenues(interval: number): boolean {
  return interval >= FIRST_WITH_VENUES;
}

export function intervalName(index: number): Interval {
  const name = INTERVALS[index];
  if (!name) throw new RangeError(`Interval ${index}`);
  return name;
}

export function intervalIndex(interval: Interval): number {
  return INTERVALS.indexOf(interval);
}
