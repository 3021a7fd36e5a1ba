import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "#lib/domain/interval.ts";
import { isoIn, isZoneName, Zone } from "#lib/domain/zone.ts";
import { timeTicks } from "../../../app/_chart/_prepare/ticks.ts";
import { sessionAt } from "../../../app/_lib/session.ts";
import { parseZone, resolveZone, shownChoice, zoneForLink, zonePlace } from "../../../app/_lib/zone.ts";
import { clockOf, UTC_CLOCK } from "../../../app/_lib/zone-clock.ts";
import { run } from "./bars.ts";

const at = (text: string): number => Date.parse(text) * 1_000;
const newYork = clockOf("America/New_York");

const sessionWords = (text: string): string => sessionAt(at(text), "us-equities").words;

const label = (clock = UTC_CLOCK) =>
  timeTicks(run(40, HOUR, at("2026-03-07T12:00:00Z")), 0, { zone: clock, interval: "1h", step: 15, gap: 90 }).map(
    ({ label: text, edge }) => (edge ? `[${text}]` : text),
  );

describe("a zone's clock", () => {
  test("leaves out the hour that March takes from New York", () => {
    const times = [0, 1, 60].map((minutes) => at("2026-03-08T06:59:00Z") + minutes * MINUTE);
    expect(times.map((time) => `${newYork.minuteTime(time)} ${newYork.name(time)}`)).toEqual([
      "01:59 EST",
      "03:00 EDT",
      "03:59 EDT",
    ]);
  });

  test("tells the two hours after one in November apart by their names", () => {
    const first = at("2026-11-01T05:30:00Z");
    expect([first, first + HOUR].map((time) => `${newYork.minuteTime(time)} ${newYork.name(time)}`)).toEqual([
      "01:30 EDT",
      "01:30 EST",
    ]);
    expect([first, first + HOUR].map((time) => isoIn(newYork.zone, time))).toEqual([
      "2026-11-01T01:30:00.000-04:00",
      "2026-11-01T01:30:00.000-05:00",
    ]);
  });

  test("agrees with Intl at every quarter of an hour around each change, and where zones have odd offsets", () => {
    for (const name of ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu"]) {
      const clock = clockOf(name);
      const intl = new Intl.DateTimeFormat("en-GB", { timeZone: name, hour: "2-digit", minute: "2-digit" });
      for (const day of ["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01"]) {
        for (let time = at(day) - DAY; time < at(day) + 2 * DAY; time += 15 * MINUTE) {
          expect(clock.minuteTime(time)).toBe(intl.format(time / 1_000));
        }
      }
    }
  });

  test("dates by its own midnight", () => {
    const evening = at("2026-11-21T02:30:00Z");
    expect([newYork.day(evening), UTC_CLOCK.day(evening)]).toEqual(["Fri 20 Nov", "Sat 21 Nov"]);
    expect(newYork.barTime(evening, "5m", evening + 5 * MINUTE, evening)).toBe("Fri 20 Nov 21:30 – 21:35");
  });

  test("knows offsets before 1970", () => {
    expect(new Zone("Europe/Berlin").offsetAt(at("1960-07-01T00:00:00.5Z"))).toBe(HOUR);
  });
});

describe("whose clock is shown", () => {
  const state = { choice: "exchange", linked: null, calendar: "us-equities" } as const;
  test("the exchange's, this machine's or UTC, and what a link asks for before them", () => {
    expect(resolveZone(state, "Europe/Berlin")).toBe("America/New_York");
    expect(resolveZone({ ...state, choice: "local" }, "Europe/Berlin")).toBe("Europe/Berlin");
    expect(resolveZone({ ...state, choice: "local", linked: "utc" }, "Europe/Berlin")).toBe("UTC");
    expect(resolveZone({ ...state, linked: "Asia/Tokyo" }, "Europe/Berlin")).toBe("Asia/Tokyo");
  });

  test("a link shows others what is shown here", () => {
    expect(zoneForLink(state, "Europe/Berlin")).toBeNull();
    expect(zoneForLink({ ...state, choice: "local" }, "Europe/Berlin")).toBe("Europe/Berlin");
    expect(zoneForLink({ ...state, choice: "utc" }, "Europe/Berlin")).toBe("utc");
    expect(shownChoice({ ...state, linked: "Europe/Berlin" }, "Europe/Berlin")).toBe("local");
    expect(shownChoice({ ...state, linked: "Asia/Tokyo" }, "Europe/Berlin")).toBeNull();
  });

  test("only zones that there are", () => {
    expect(["local", "utc", "America/New_York", "Mars/Base", "", "EST"].map(parseZone)).toEqual([
      "local",
      "utc",
      "America/New_York",
      null,
      null,
      null,
    ]);
    expect(isZoneName("x".repeat(1_000))).toBe(false);
    expect(zonePlace("America/New_York")).toBe("New York");
  });
});

describe("the axis", () => {
  test("has its days and round hours in the zone", () => {
    expect(label()).toEqual(["18:00", "[Sun 8]", "06:00", "12:00", "18:00", "[Mon 9]"]);
    expect(label(newYork)).toEqual(["12:00", "18:00", "[Sun 8]", "06:00", "12:00", "18:00"]);
  });
});

describe("the session's clock", () => {
  test("says which part of a stock's day it is, and on a holiday when the next one opens", () => {
    expect(sessionWords("2026-11-20T14:17:30Z")).toBe("Pre-market, ends in 0:13");
    expect(sessionWords("2026-11-20T14:30:00Z")).toBe("Regular session, ends in 6:30");
    expect(sessionWords("2026-11-27T18:30:00Z")).toBe("Post-market, ends in 3:30");
    expect(sessionWords("2026-11-26T14:30:00Z")).toBe("Closed, opens in 24:00");
  });
});
