import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Calendar,
  type CalendarName,
  CALENDARS,
  isOpen,
  nextSession,
  openTimeBefore,
  type Segment,
  sessionDay,
  windowOf,
} from "#lib/domain/calendar/calendar.ts";
import { tradedSession } from "#lib/domain/calendar/day-sessions.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { newYorkOffset } from "#lib/domain/calendar/new-york.ts";
import { tradingDaysBefore, UsEquitiesCalendar } from "#lib/domain/calendar/us-equities.ts";
import { UtcCalendar } from "#lib/domain/calendar/utc.ts";
import { DAY, HOUR, INTERVAL_LENGTH, INTERVALS, MINUTE, SECOND } from "#lib/domain/interval.ts";
import { RECORDINGS } from "#test/support/recordings.ts";

const FACTS = join(RECORDINGS, "calendar", "us-equities.json");
const us = calendarOf("us-equities");
const FIRST = at("1998-01-01T00:00Z");
const LAST = at("2029-01-01T00:00Z");

function at(text: string): number {
  return Date.parse(text) * 1000;
}

const minute = (time: number): string => new Date(time / 1000).toISOString().slice(5, 16).replace("T", " ");

/** As `pre 11-20 09:00 – 11-20 14:30`, in UTC. */
function said({ session, start, end }: Segment): string {
  return `${session} ${minute(start)} – ${minute(end)}`;
}

describe("the sessions of US stocks", () => {
  test("are pre-market, regular and post-market, with closed time from each evening to the next morning of trading", () => {
    const times = ["2026-11-20T13:00Z", "2026-11-20T14:30Z", "2026-11-20T21:00Z", "2026-11-21T01:00Z"];
    expect(times.map((time) => said(us.segmentOf(at(time))))).toEqual([
      "pre 11-20 09:00 – 11-20 14:30",
      "regular 11-20 14:30 – 11-20 21:00",
      "post 11-20 21:00 – 11-21 01:00",
      "closed 11-21 01:00 – 11-23 09:00",
    ]);
  });

  test("count alone as open time: two hours before five on a Monday reach into Friday", () => {
    const monday = at("2026-11-23T10:00Z");
    expect(openTimeBefore(us, monday, HOUR)).toBe(at("2026-11-23T09:00Z"));
    expect(openTimeBefore(us, monday, 2 * HOUR)).toBe(at("2026-11-21T00:00Z"));
    expect(openTimeBefore(us, at("2026-11-22T10:00Z"), 16 * HOUR)).toBe(at("2026-11-20T09:00Z"));
    expect(openTimeBefore(calendarOf("utc"), monday, 50 * HOUR)).toBe(monday - 50 * HOUR);
  });

  test("end early after Thanksgiving, which is a holiday", () => {
    expect(said(us.segmentOf(at("2026-11-26T15:00Z")))).toBe("closed 11-26 01:00 – 11-27 09:00");
    expect(said(us.segmentOf(at("2026-11-27T15:00Z")))).toBe("regular 11-27 14:30 – 11-27 18:00");
    expect(said(us.segmentOf(at("2026-11-27T18:00Z")))).toBe("post 11-27 18:00 – 11-27 22:00");
  });

  test("name the next open, and the day whose figures are shown", () => {
    const friday = us.segmentOf(at("2026-11-20T16:00Z"));
    const monday = us.segmentOf(at("2026-11-23T16:00Z"));
    expect(nextSession(us, at("2026-11-20T13:00Z"))).toEqual(friday);
    expect(nextSession(us, at("2026-11-20T16:00Z"))).toEqual(monday);
    expect(said(nextSession(us, at("2026-11-21T12:00Z"), "pre"))).toBe("pre 11-23 09:00 – 11-23 14:30");
    expect(["13:00", "16:00", "23:00"].map((time) => sessionDay(us, at(`2026-11-20T${time}Z`)))).toEqual([
      friday,
      friday,
      friday,
    ]);
    expect(sessionDay(us, at("2026-11-22T12:00Z"))).toEqual(friday);
    expect(sessionDay(us, at("2026-11-23T09:00Z"))).toEqual(monday);
    expect([isOpen(us, at("2026-11-22T12:00Z")), isOpen(us, at("2026-11-20T22:00Z"))]).toEqual([false, true]);
  });

  test.skipIf(!existsSync(FACTS))(
    "agree with every day of the published facts (skipped where those are absent)",
    () => {
      const facts = JSON.parse(readFileSync(FACTS, "utf8")) as {
        holidays: string[];
        earlyCloses: Record<string, string>;
      };
      const holidays = new Set(facts.holidays);
      expect([holidays.size, Object.keys(facts.earlyCloses).length]).toEqual([293, 65]);
      const wrong: string[] = [];
      for (let day = FIRST / DAY; day < LAST / DAY; day++) {
        const date = new Date((day * DAY) / 1000).toISOString().slice(0, 10);
        const weekday = new Date((day * DAY) / 1000).getUTCDay();
        const isTrading = weekday > 0 && weekday < 6 && !holidays.has(date);
        const expected = isTrading ? wallTimes(day, facts.earlyCloses[date] ?? "16:00") : [];
        if (JSON.stringify(sessionsOn(day)) !== JSON.stringify(expected)) wrong.push(date);
      }
      expect(wrong).toEqual([]);
    },
  );
});

const clock = new Intl.DateTimeFormat("en-GB", {
  timeZone: "America/New_York",
  hour: "2-digit",
  minute: "2-digit",
  day: "2-digit",
  hourCycle: "h23",
});

/** Wall clock of New York by Intl: day of the month, hours and minutes. */
function wall(time: number): string {
  return clock.format(new Date(time / 1000));
}

/** Session, start and end of what lies on a day of New York. */
function sessionsOn(day: number): string[] {
  const found: string[] = [];
  let segment = us.segmentOf(day * DAY + 8 * HOUR - 1);
  for (; segment.start < (day + 1) * DAY + 5 * HOUR; segment = us.segmentOf(segment.end)) {
    if (segment.session === "closed" || segment.start < day * DAY + 5 * HOUR) continue;
    found.push(`${segment.session} ${wall(segment.start)} ${wall(segment.end)}`);
  }
  return found;
}

function wallTimes(day: number, close: string): string[] {
  const date = String(new Date((day * DAY) / 1000).getUTCDate()).padStart(2, "0");
  const post = `${Number(close.slice(0, 2)) + 4}:00`;
  const times = ["04:00", "09:30", close, post].map((time) => `${date}, ${time}`);
  return ["pre", "regular", "post"].map((session, index) => `${session} ${times[index]} ${times[index + 1]}`);
}

test("the clock of New York is that of Intl on every day from 1998 to 2028", () => {
  const wrong: number[] = [];
  for (let day = FIRST / DAY; day < LAST / DAY; day++) {
    if (!wall(day * DAY + newYorkOffset(day) + 4 * HOUR).endsWith("04:00")) wrong.push(day);
  }
  expect(wrong).toEqual([]);
});

test("days of trading are counted as the calendar has them", () => {
  const from = Math.floor(at("2025-12-20T00:00Z") / DAY);
  for (let day = from; day < from + 30; day++) {
    const isTrading = us.segmentOf(day * DAY + 16 * HOUR).session === "regular";
    expect(tradingDaysBefore(day + 1) - tradingDaysBefore(day)).toBe(isTrading ? 1 : 0);
  }
});

describe.each(CALENDARS)("the calendar %s", (name) => {
  const calendar = calendarOf(name);
  const instant = fc.integer({ min: FIRST, max: LAST });
  const check = (property: (time: number) => boolean) => () => {
    fc.assert(fc.property(instant, property), { numRuns: 2_000 });
  };

  test("has each instant in one segment, which ends where another begins, in whole seconds", () => {
    expect(
      check((time) => {
        const { start, end } = calendar.segmentOf(time);
        const holds = [start, end - 1].every((each) => isSame(calendar.segmentOf(each), calendar.segmentOf(time)));
        const meets = calendar.segmentOf(end).start === end && calendar.segmentOf(start - 1).end === start;
        return start <= time && time < end && start % SECOND === 0 && holds && meets;
      }),
    ).not.toThrow();
  });

  test("tiles each segment with windows of every interval, none longer than the interval", () => {
    expect(check((time) => INTERVALS.every((interval) => tiles(calendar, interval, time)))).not.toThrow();
  });

  test("answers the same whatever was asked before", () => {
    expect(check((time) => isSame(fresh(name).segmentOf(time), calendar.segmentOf(time)))).not.toThrow();
  });
});

const fresh = (name: CalendarName): Calendar => (name === "utc" ? new UtcCalendar() : new UsEquitiesCalendar());
const isSame = (left: Segment, right: Segment): boolean => JSON.stringify(left) === JSON.stringify(right);

function tiles(calendar: Calendar, interval: (typeof INTERVALS)[number], time: number): boolean {
  const segment = { ...calendar.segmentOf(time) };
  const { session, start, end } = windowOf(calendar, interval, time);
  const inside = segment.start <= start && start <= time && time < end && end <= segment.end;
  if (!inside || session !== segment.session) return false;
  if (interval === "1d") return start === segment.start && end === segment.end;
  const length = INTERVAL_LENGTH[interval];
  const aligned = (start - segment.start) % length === 0 && end - start <= length;
  return (
    aligned && (end === segment.end || (end - start === length && windowOf(calendar, interval, end).start === end))
  );
}

test("hours of US stocks begin with the session, and the last is half an hour", () => {
  const starts: string[] = [];
  for (let time = at("2026-11-20T14:30Z"); time < at("2026-11-20T21:00Z");) {
    const window = windowOf(us, "1h", time);
    starts.push(said(window).slice(14, 19));
    expect(window.end - window.start).toBe(window.end === at("2026-11-20T21:00Z") ? 30 * MINUTE : HOUR);
    time = window.end;
  }
  expect(starts).toEqual(["14:30", "15:30", "16:30", "17:30", "18:30", "19:30", "20:30"]);
});

test("an instant before, in and after a regular session belongs to that session's day", () => {
  const friday = at("2026-11-20T14:30Z");
  const inDay = ["20T09:00", "20T14:30", "20T21:00", "21T00:59"];
  const outside = ["21T01:00", "20T08:59", "23T09:00", "19T15:00"];
  const sessions = (times: readonly string[]) => times.map((time) => tradedSession(us, at(`2026-11-${time}Z`), friday));
  expect(sessions(inDay)).toEqual(["pre", "regular", "post", "post"]);
  expect(sessions(outside)).toEqual(outside.map(() => null));
  expect(tradedSession(calendarOf("utc"), friday, at("2026-11-20T00:00Z"))).toBe("regular");
  expect(tradedSession(calendarOf("utc"), friday, at("2026-11-19T00:00Z"))).toBeNull();
});
