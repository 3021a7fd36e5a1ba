import { assert, integer, property } from "fast-check";
import { expect, test } from "vitest";
import { windowOf } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { DAY, HOUR, INTERVAL_LENGTH, MINUTE } from "#lib/domain/interval.ts";
import { coverRange } from "#lib/services/distribution/cover-range.ts";
import { TODAY } from "./fixtures.ts";

const utc = calendarOf("utc");
const micros = (time: string): number => Date.parse(`2026-11-${time}Z`) * 1_000;
const LATER = TODAY + 100 * DAY;

test("whole days, the hours beside them, the minutes beside those", () => {
  const from = TODAY + 22 * HOUR + 58 * MINUTE;
  const to = TODAY + 3 * DAY + HOUR + MINUTE;
  expect(coverRange(utc, from, to, LATER)).toEqual([
    { interval: "1m", from, to: TODAY + 23 * HOUR },
    { interval: "1h", from: TODAY + 23 * HOUR, to: TODAY + DAY },
    { interval: "1d", from: TODAY + DAY, to: TODAY + 3 * DAY },
    { interval: "1h", from: TODAY + 3 * DAY, to: TODAY + 3 * DAY + HOUR },
    { interval: "1m", from: TODAY + 3 * DAY + HOUR, to },
  ]);
});

test("the present day is one window", () => {
  const now = TODAY + 13 * HOUR + 1;
  expect(coverRange(utc, TODAY, now, now)).toEqual([{ interval: "1d", from: TODAY, to: TODAY + DAY }]);
  expect(coverRange(utc, TODAY + 12 * HOUR, now + HOUR, now)).toEqual([
    { interval: "1h", from: TODAY + 12 * HOUR, to: TODAY + DAY },
  ]);
});

test("every range is covered once, without a gap, by aligned windows", () => {
  const time = integer({ min: TODAY, max: TODAY + 5 * DAY });
  assert(
    property(time, time, (a, b) => {
      const [from, to] = a < b ? [a, b] : [b, a + 1];
      const runs = coverRange(utc, from, to, LATER);
      expect(runs[0]?.from).toBe(Math.floor(from / MINUTE) * MINUTE);
      expect(runs.at(-1)?.to).toBe(Math.ceil(to / MINUTE) * MINUTE);
      for (const [index, run] of runs.entries()) {
        expect(run.from % INTERVAL_LENGTH[run.interval]).toBe(0);
        expect(run.to % INTERVAL_LENGTH[run.interval]).toBe(0);
        expect(run.from).toBe(runs[index - 1]?.to ?? run.from);
      }
      const windows = runs.reduce((sum, run) => sum + (run.to - run.from) / INTERVAL_LENGTH[run.interval], 0);
      expect(windows).toBeLessThanOrEqual(2 * 59 + 2 * 23 + 5);
    }),
  );
});

test("sessions of stocks are whole days, and hours begin with them", () => {
  const us = calendarOf("us-equities");
  expect(coverRange(us, micros("20T14:30"), micros("20T21:00"), LATER * 2)).toEqual([
    { interval: "1d", from: micros("20T14:30"), to: micros("20T21:00") },
  ]);
  expect(coverRange(us, micros("20T19:59"), micros("21T00:01"), LATER * 2)).toEqual([
    { interval: "1m", from: micros("20T19:59"), to: micros("20T20:30") },
    { interval: "1h", from: micros("20T20:30"), to: micros("21T00:00") },
    { interval: "1m", from: micros("21T00:00"), to: micros("21T00:01") },
  ]);
  const time = integer({ min: micros("18T00:00"), max: micros("30T00:00") });
  assert(
    property(time, time, (a, b) => {
      const runs = coverRange(us, Math.min(a, b), Math.max(a, b) + 1, LATER * 2);
      for (const [index, { interval, from, to }] of runs.entries()) {
        expect(windowOf(us, interval, from).start).toBe(from);
        expect(windowOf(us, interval, to - 1).end).toBe(to);
        expect(from).toBe(runs[index - 1]?.to ?? from);
      }
      expect(runs[0]?.from).toBeLessThanOrEqual(Math.min(a, b));
      expect(runs.at(-1)?.to).toBeGreaterThan(Math.max(a, b));
    }),
  );
});
