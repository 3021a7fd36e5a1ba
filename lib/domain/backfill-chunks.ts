import { type Calendar, windowOf } from "./calendar/calendar.ts";
import { DAY, type Interval, type Micros } from "./interval.ts";

/** The intervals of which sources give history. */
export type HistoryInterval = Exclude<Interval, "1s">;

export interface TimeRange {
  from: Micros;
  to: Micros;
}

/**
 * History is asked for in fixed spans aligned to the epoch, at most 1,440 bars each: whoever asks for a part of one asks for the same one,
 * so nothing is fetched twice. No window of any calendar crosses their borders but those of closed hours and, in winter, days of post-markets,
 * of which no source gives bars.
 */
export const CHUNK_LENGTH: Readonly<Record<HistoryInterval, Micros>> = {
  "1m": DAY,
  "5m": 5 * DAY,
  "1h": 60 * DAY,
  "1d": 1_000 * DAY,
};

/** Start of the span in which `time` lies. */
export function chunkStart(interval: HistoryInterval, time: Micros): Micros {
  const length = CHUNK_LENGTH[interval];
  return Math.floor(time / length) * length;
}

/** The spans that cover `from` to `to` (exclusive), oldest first; the last ends before the window that is open at `now`. */
export function chunksOf(
  calendar: Calendar,
  interval: HistoryInterval,
  { from, to }: TimeRange,
  now: Micros,
): TimeRange[] {
  const closed = windowOf(calendar, interval, now).start;
  const chunks: TimeRange[] = [];
  for (
    let start = chunkStart(interval, Math.max(from, 0));
    start < Math.min(to, closed);
    start += CHUNK_LENGTH[interval]
  ) {
    chunks.push({ from: start, to: Math.min(start + CHUNK_LENGTH[interval], closed) });
  }
  return chunks;
}
