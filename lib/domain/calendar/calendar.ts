import { INTERVAL_LENGTH, type Interval, type Micros } from "../interval.ts";

/** The calendars that there are: days of UTC, and the sessions of the US stock exchanges. */
export const CALENDARS = ["utc", "us-equities"] as const;

export type CalendarName = (typeof CALENDARS)[number];

/** The parts of a day. A day of UTC is one regular session. */
export const SESSIONS = ["regular", "pre", "post", "closed"] as const;

export type Session = (typeof SESSIONS)[number];

/** A stretch of time that no window crosses: `start` ≤ time < `end`, whole seconds. */
export interface Segment {
  readonly session: Session;
  readonly start: Micros;
  readonly end: Micros;
}

/** Cuts all time into segments, each ending where the next begins: what lies between sessions is one of its own. */
export interface Calendar {
  readonly name: CalendarName;
  /** The segment in which an instant lies: the same object for instants of the same one, as long as no other was asked for. */
  segmentOf(time: Micros): Segment;
}

/** The window of `interval` in which `time` lies: aligned to its segment's start and cut at its end; a `1d` window is the segment. */
export function windowOf(calendar: Calendar, interval: Interval, time: Micros): Segment {
  const segment = calendar.segmentOf(time);
  if (interval === "1d") return segment;
  const length = INTERVAL_LENGTH[interval];
  const start = segment.start + Math.floor((time - segment.start) / length) * length;
  return { session: segment.session, start, end: Math.min(start + length, segment.end) };
}

/** The windows that begin from `from` to before `to` and may have a bar: none of closed hours, and of days only regular sessions. */
export function* tradedWindows(calendar: Calendar, interval: Interval, from: Micros, to: Micros): Generator<Segment> {
  for (let time = from; time < to;) {
    const segment = calendar.segmentOf(time);
    const isTraded = interval === "1d" ? segment.session === "regular" : segment.session !== "closed";
    const window = isTraded ? windowOf(calendar, interval, time) : segment;
    if (isTraded && window.start >= from) yield window;
    time = window.end;
  }
}

/** The instant before which so much open time lies until `time`; closed hours count nothing. */
export function openTimeBefore(calendar: Calendar, time: Micros, length: Micros): Micros {
  let left = length;
  let instant = time;
  while (left > 0) {
    const { session, start } = calendar.segmentOf(instant - 1);
    const open = session === "closed" ? 0 : instant - start;
    if (open >= left) return instant - left;
    left -= open;
    instant = start;
  }
  return instant;
}

/** The first segment of a session that begins after `time`. */
export function nextSession(calendar: Calendar, time: Micros, session: Session = "regular"): Segment {
  let segment = calendar.segmentOf(calendar.segmentOf(time).end);
  while (segment.session !== session) segment = calendar.segmentOf(segment.end);
  return segment;
}

/** The newest segment of a session that ended before the segment of `time` began. */
export function previousSession(calendar: Calendar, time: Micros, session: Session = "regular"): Segment {
  let segment = calendar.segmentOf(calendar.segmentOf(time).start - 1);
  while (segment.session !== session) segment = calendar.segmentOf(segment.start - 1);
  return segment;
}

/** Whether a stretch of time lies in sessions of one kind alone, `to` exclusive. */
export function isWithin(calendar: Calendar, session: Session, from: Micros, to: Micros): boolean {
  for (let time = from; time < to;) {
    const segment = calendar.segmentOf(time);
    if (segment.session !== session) return false;
    time = segment.end;
  }
  return true;
}

/** Whether trades can come: in any session, before and after the regular one too. */
export function isOpen(calendar: Calendar, time: Micros): boolean {
  return calendar.segmentOf(time).session !== "closed";
}

/**
 * The regular session that counts as the day of an instant: from the opening of its pre-market until the next day's. So the figures of
 * a day stay until another begins, and before its open the day is the one to come.
 */
export function sessionDay(calendar: Calendar, time: Micros): Segment {
  const segment = calendar.segmentOf(time);
  if (segment.session === "regular") return segment;
  return segment.session === "pre" ? calendar.segmentOf(segment.end) : previousSession(calendar, time);
}
