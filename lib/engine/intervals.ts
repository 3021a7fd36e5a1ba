import { INTERVALS, type Interval } from "../domain/interval.ts";

/** In the hot path an interval is its index in INTERVALS. */
export const INTERVAL_COUNT = INTERVALS.length;

/** Windows of this interval and longer carry the sketch of trade sizes. */
export const FIRST_SKETCHED = INTERVALS.indexOf("1m");
/** Ranges are covered by minutes, hours and days: nobody asks the five minutes for more than sizes. */
const SIZES_ONLY = INTERVALS.indexOf("5m");
const FIRST_WITH_VENUES = INTERVALS.indexOf("1h");

export const DAILY = INTERVALS.indexOf("1d");

/** Whether windows of this interval carry notional, spread and the volume profile, too. */
export function isProfiled(interval: number): boolean {
  return interval >= FIRST_SKETCHED && interval !== SIZES_ONLY;
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
