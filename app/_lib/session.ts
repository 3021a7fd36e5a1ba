import { type CalendarName, nextSession, type Session } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { HOUR, MINUTE, type Micros } from "#lib/domain/interval.ts";

/** The part of the day in which the clock stands: a day of UTC for markets that never close. */
export interface SessionView {
  start: Micros;
  end: Micros;
  /** Share that is over, 0 to 1. */
  done: number;
  /** `Day session, ends in 9:42` */
  words: string;
}

const NAMES: Readonly<Record<Session, string>> = {
  regular: "Regular session",
  pre: "Pre-market",
  post: "Post-market",
  closed: "Closed",
};

export function sessionAt(now: Micros, name: CalendarName): SessionView {
  const calendar = calendarOf(name);
  const { session, start, end } = calendar.segmentOf(now);
  const done = (now - start) / (end - start);
  if (session === "closed") {
    return { start, end, done, words: `Closed, opens in ${left(nextSession(calendar, now).start - now)}` };
  }
  return { start, end, done, words: `${name === "utc" ? "Day session" : NAMES[session]}, ends in ${left(end - now)}` };
}

/** `9:42`, rounded up to whole minutes. */
function left(length: Micros): string {
  const minutes = Math.ceil(length / MINUTE);
  return `${Math.floor((minutes * MINUTE) / HOUR)}:${String(minutes % 60).padStart(2, "0")}`;
}
