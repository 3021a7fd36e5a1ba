import type { Micros } from "#lib/domain/interval.ts";
import { indexAt } from "../../_lib/bars.ts";
import type { BarSeries } from "../bar-series.ts";

/** Where bars stand on the chart's axis of places: side by side, or as far apart as their times. */
export interface TimeAxis {
  /** The place of the bar at a position; beyond the series as if bars went on side by side. Parts of positions are parts of places. */
  slot: (position: number) => number;
  /** The position of the bar nearest to a place. */
  position: (slot: number) => number;
  /** When a place begins. */
  time: (slot: number) => Micros | null;
}

/** Closed time, halts and gaps have no width: each bar takes a place. */
export const SIDE_BY_SIDE: TimeAxis = {
  slot: (position) => position,
  position: (slot) => slot,
  time: () => null,
};

/**
 * Each place is `length` of time, whether there is a bar in it or not: nights, weekends, halts and gaps in what was collected are as wide as
 * they were long. It reads the series as it is, and counts from the first bar that it ever held: nothing moves when older ones come.
 */
export function linearAxis(series: BarSeries, length: Micros): TimeAxis {
  const of = (position: number): number => {
    const bar = series.at(position);
    return bar ? (bar.start - series.origin) / length : 0;
  };
  const time = (slot: number): Micros => series.origin + slot * length;
  return {
    slot: (position) => {
      const whole = Math.min(series.last, Math.max(series.first, Math.round(position)));
      return of(whole) + position - whole;
    },
    position: (slot) => {
      const before = series.first + indexAt(series.closed(), time(slot));
      const newest = series.last;
      const left = before >= newest - 1 && slot >= of(newest) ? newest : before;
      if (left < series.first) return series.first;
      if (left >= newest) return newest + Math.max(0, slot - of(newest));
      return slot - of(left) <= of(left + 1) - slot ? left : left + 1;
    },
    time,
  };
}

/** One for each place from `from` to `to`: when it begins. */
export function slotTimes(axis: TimeAxis, from: number, to: number): { start: Micros }[] {
  const times: { start: Micros }[] = [];
  for (let slot = from; slot <= to; slot++) {
    const start = axis.time(slot);
    if (start !== null) times.push({ start });
  }
  return times;
}
