import { INTERVALS, type Interval } from "../domain/interval.ts";

/** In the hot path an interval is its index in INTERVALS. */
export const INTERVAL_COUNT = INTERVALS.length;

/** Windows of this interval and longer carry the sketch of trade sizes. */
export const FIRST_SKETCHED = INTERVALS.indexOf("1m");

export const DAILY = INTERVALS.indexOf("1d");

export function intervalName(index: number): Interval {
  const name = INTERVALS[index];
  if (!name) throw new RangeError(`Interval ${index}`);
  return name;
}

export function intervalIndex(interval: Interval): number {
  return INTERVALS.indexOf(interval);
}
