import { describe, expect, test } from "vitest";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { sameMinutes, sessionsOf } from "#lib/domain/calendar/day-sessions.ts";
import { DAY, HOUR, MINUTE } from "#lib/domain/interval.ts";
import { volumeNormal } from "#lib/domain/volume-normal.ts";

const at = (text: string): number => Date.parse(text) * 1_000;
const us = calendarOf("us-equities");
const utc = calendarOf("utc");

describe("the sessions of a day", () => {
  test("of US stocks are pre-market, regular and post-market, of markets that never close one", () => {
    const starts = sessionsOf(us, us.segmentOf(at("2026-11-20T15:00Z"))).map(({ session, start }) => [session, start]);
    expect(starts).toEqual([
      ["pre", at("2026-11-20T09:00Z")],
      ["regular", at("2026-11-20T14:30Z")],
      ["post", at("2026-11-20T21:00Z")],
    ]);
    expect(sessionsOf(utc, utc.segmentOf(at("2026-11-20T15:00Z")))).toEqual([
      { session: "regular", start: at("2026-11-20T00:00Z"), end: at("2026-11-21T00:00Z") },
    ]);
  });
});

describe("the same minutes of earlier sessions", () => {
  test("begin with each session, over weekends, a holiday and the change of clocks", () => {
    const monday = us.segmentOf(at("2026-11-30T15:00Z"));
    expect(sameMinutes(us, monday, 30 * MINUTE, 2)).toEqual([
      { from: at("2026-11-30T14:30Z"), to: at("2026-11-30T15:00Z") },
      { from: at("2026-11-27T14:30Z"), to: at("2026-11-27T15:00Z") },
      // Thanksgiving, the 26th, has no session.
      { from: at("2026-11-25T14:30Z"), to: at("2026-11-25T15:00Z") },
    ]);
    const afterClocks = us.segmentOf(at("2026-11-02T15:00Z"));
    expect(sameMinutes(us, afterClocks, MINUTE, 1)[1]).toEqual({
      from: at("2026-10-30T13:30Z"),
      to: at("2026-10-30T13:31Z"),
    });
  });

  test("pass over half-days that were over by then, and keep to the kind of session", () => {
    const monday = us.segmentOf(at("2026-11-30T15:00Z"));
    expect(sameMinutes(us, monday, 5 * HOUR, 1)[1]?.from).toBe(at("2026-11-25T14:30Z"));
    const pre = us.segmentOf(at("2026-11-30T10:00Z"));
    expect(sameMinutes(us, pre, HOUR, 1)[1]).toEqual({ from: at("2026-11-27T09:00Z"), to: at("2026-11-27T10:00Z") });
  });

  test("of a market that never closes are those of each day of UTC", () => {
    const today = at("2026-11-20T00:00Z");
    expect(sameMinutes(utc, utc.segmentOf(today), HOUR, 3).map(({ from }) => (today - from) / DAY)).toEqual([
      0, 1, 2, 3,
    ]);
  });
});

describe("a volume against what is normal", () => {
  /** The last is the oldest that is stored: it may have begun in its middle. */
  const FIVE = [10, 20, 30, 40, 50, 1];

  test("is a multiple of the median, and a percentile of which half of the equal ones count", () => {
    expect(volumeNormal(60, FIVE)).toEqual({ sessions: 5, median: 30, ratio: 2, percentile: 100 });
    expect(volumeNormal(30, FIVE)).toEqual({ sessions: 5, median: 30, ratio: 1, percentile: 50 });
    expect(volumeNormal(5, FIVE)).toEqual({ sessions: 5, median: 30, ratio: 5 / 30, percentile: 0 });
    expect(volumeNormal(25, [10, 20, 30, 40, 50, 60, 1])).toMatchObject({ sessions: 6, median: 35 });
  });

  test("rests on five sessions at least, of which the oldest is not one while nothing older is stored", () => {
    expect(volumeNormal(60, [10, 20, 30, 40, 50])).toEqual({
      sessions: 4,
      median: null,
      ratio: null,
      percentile: null,
    });
    expect(volumeNormal(60, [null, 10, null, 20, 30, 40, 50, 7, null]).sessions).toBe(5);
    expect(volumeNormal(60, [])).toEqual({ sessions: 0, median: null, ratio: null, percentile: null });
  });

  test("rests on twenty sessions at most", () => {
    expect(volumeNormal(1, Array<number>(21).fill(2)).sessions).toBe(20);
  });

  test("is not known where nothing traded, and has no multiple of nothing", () => {
    expect(volumeNormal(null, FIVE)).toEqual({ sessions: 5, median: 30, ratio: null, percentile: null });
    expect(volumeNormal(0, [0, 0, 0, 0, 0, 0])).toEqual({ sessions: 5, median: 0, ratio: null, percentile: 50 });
  });
});
