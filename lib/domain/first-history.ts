import type { Calendar } from "./calendar/calendar.ts";
import { chunksOf, type HistoryInterval, type TimeRange } from "./backfill-chunks.ts";
import { DAY, type Micros } from "./interval.ts";

/** What the charts of a ticker show first: two days of minutes and a year of days. */
const FIRST_HISTORY: readonly { interval: HistoryInterval; reach: Micros }[] = [
  { interval: "1m", reach: 2 * DAY },
  { interval: "1d", reach: 366 * DAY },
];

export interface HistorySpan extends TimeRange {
  interval: HistoryInterval;
}

/** The spans to ask of a source that gives history of `intervals`, the newest of each interval first. */
export function firstHistory(calendar: Calendar, intervals: readonly HistoryInterval[], now: Micros): HistorySpan[] {
  return FIRST_HISTORY.filter(({ interval }) => intervals.includes(interval)).flatMap(({ interval, reach }) =>
    chunksOf(calendar, interval, { from: now - reach, to: now }, now)
      .toReversed()
      .map(({ from, to }) => ({ interval, from, to })),
  );
}
