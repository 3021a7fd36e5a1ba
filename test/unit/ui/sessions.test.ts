import { expect, test } from "vitest";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { tradedWindows } from "#lib/domain/calendar/calendar.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import { sessionName, sessionSpans } from "../../../app/_chart/_prepare/sessions.ts";
import { clockOf } from "../../../app/_lib/zone-clock.ts";
import { bar } from "./bars.ts";

const at = (text: string): number => Date.parse(text) * 1_000;
const stocks = calendarOf("us-equities");
const newYork = clockOf("America/New_York");

/** Bars of 5m of all of New York's sessions between two times. */
const bars = (from: string, to: string) =>
  [...tradedWindows(stocks, "5m", at(from), at(to))].map(({ start }) => bar(start));

test("a holiday and a half-day leave no room, and each part of a day is a span", () => {
  // Thanksgiving, and the Friday after it that closes at 13:00.
  const found = sessionSpans(stocks, newYork, bars("2026-11-25T20:00:00Z", "2026-11-30T15:00:00Z"), -10);
  expect(found.map(({ session, first, last, newDay }) => [session, last - first + 1, newDay])).toEqual([
    ["regular", 12, true],
    ["post", 48, false],
    ["pre", 66, true],
    ["regular", 42, false],
    ["post", 48, false],
    ["pre", 66, true],
    ["regular", 6, false],
  ]);
  expect([found[0]?.first, found[1]?.first]).toEqual([-10, 2]);
});

test("a day of UTC seen from New York begins in the evening: its edge is a session's, not a day's", () => {
  const evening = at("2026-11-20T23:00:00Z");
  const spans = sessionSpans(calendarOf("utc"), newYork, [bar(evening), bar(evening + 60 * MINUTE)], 0);
  expect(spans.map(({ newDay }) => newDay)).toEqual([true, false]);
});

test("the windows of a session's end are cut, so the countdown ends with the session", () => {
  const last = [...tradedWindows(stocks, "1h", at("2026-11-27T14:30:00Z"), at("2026-11-27T18:00:00Z"))].at(-1);
  expect(last && [last.start, last.end]).toEqual([at("2026-11-27T17:30:00Z"), at("2026-11-27T18:00:00Z")]);
});

test("a session is named as far as there is room", () => {
  expect([100, 30, 10].map((width) => sessionName("pre", width))).toEqual(["Pre-market", "Pre", ""]);
  expect(sessionName("regular", 500)).toBe("");
});
