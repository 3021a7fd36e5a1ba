import type { Micros } from "../interval.ts";
import { type Calendar, previousSession, type Segment, type Session } from "./calendar.ts";

/** What of a day can be traded in. */
export const TRADED_SESSIONS = ["pre", "regular", "post"] as const satisfies readonly Session[];
export type TradedSession = (typeof TRADED_SESSIONS)[number];

/** The sessions of the day whose regular session is `day`, oldest first; of days without others it alone. */
export function sessionsOf(calendar: Calendar, day: Segment): Segment[] {
  const before = calendar.segmentOf(day.start - 1);
  const after = calendar.segmentOf(day.end);
  return [...(before.session === "pre" ? [before] : []), day, ...(after.session === "post" ? [after] : [])];
}

/** In which session of the day that begins at `open` an instant lies; null: of another day, or while it is closed. */
export function tradedSession(calendar: Calendar, time: Micros, open: Micros): TradedSession | null {
  const found = sessionsOf(calendar, calendar.segmentOf(open)).find(({ start, end }) => start <= time && time < end);
  return !found || found.session === "closed" ? null : found.session;
}

/** From when to when: `from` ≤ time < `to`. */
export interface TimeRange {
  from: Micros;
  to: Micros;
}

/**
 * The first `length` of a session, then that of the newest `count` sessions of its kind before it, newest first. Sessions that were over
 * by then, as half-days are, have no such minutes and are passed over.
 */
export function sameMinutes(calendar: Calendar, session: Segment, length: Micros, count: number): TimeRange[] {
  const found = [{ from: session.start, to: session.start + length }];
  for (let before = session; found.length <= count && before.start > 0;) {
    before = previousSession(calendar, before.start, session.session);
    if (before.end - before.start >= length) found.push({ from: before.start, to: before.start + length });
  }
  return found;
}
