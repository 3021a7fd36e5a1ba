import { type Calendar, openTimeBefore } from "./calendar/calendar.ts";
import { chunksOf, type HistoryInterval, type TimeRange } from "./backfill-chunks.ts";
import { DAY, type Micros } from "./interval.ts";

/** What the charts of a ticker show first: two days of minutes, as long as it trades, and a year of days. */
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
    chunksOf(calendar, interval, { from: beginning(calendar, interval, reach, now), to: now }, now)
      .toReversed()
      .map(({ from, to }) => ({ interval, from, to })),
  );
}

function beginning(calendar: Calendar, interval: HistoryInterval, reach: Micros, now: Micros): Micros {
  return interval === "1d" ? now - reach : openTimeBefore(calendar, now, reach);
}
