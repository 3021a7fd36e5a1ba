import { describe, expect, test } from "vitest";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { DAY, HOUR, type Interval, type Micros, MINUTE } from "#lib/domain/interval.ts";
import { timePlaces, type TimePlaces } from "../../../app/_chart/_drawings/places.ts";
import { linearAxis, SIDE_BY_SIDE } from "../../../app/_chart/_prepare/time-axis.ts";
import { BarSeries } from "../../../app/_chart/bar-series.ts";
import { bar, run } from "./bars.ts";

/** A Friday, five in the afternoon of London. */
const BEGIN = Date.UTC(2026, 10, 20, 17) * 1_000;
const utc = calendarOf("utc");

function seriesOf(starts: readonly Micros[]): BarSeries {
  const series = new BarSeries();
  series.merge(starts.map((start) => bar(start)));
  return series;
}

const beside = (series: BarSeries, interval: Interval = "1m", calendar = utc, regular = false): TimePlaces =>
  timePlaces({ series, axis: SIDE_BY_SIDE, interval, calendar, regular });

/** Minutes of a Friday's last hour of regular trading in New York and of the Monday after it, with nothing between. */
const friday = (hour: number, minute = 0): Micros => Date.UTC(2026, 10, 20, hour + 5, minute) * 1_000;
const monday = (hour: number, minute = 0): Micros => friday(hour, minute) + 3 * DAY;

describe("bars side by side", () => {
  const series = seriesOf([0, 1, 2, 9, 10].map((minute) => BEGIN + minute * MINUTE));

  test("stand at their positions, times within them at parts of a place", () => {
    const { slot } = beside(series);
    expect([0, 2, 9, 10].map((minute) => slot(BEGIN + minute * MINUTE))).toEqual([0, 2, 3, 4]);
    expect(slot(BEGIN + 0.5 * MINUTE)).toBe(0.5);
  });

  test("a gap has no width: its times stand at the bar after it", () => {
    const { slot } = beside(series);
    expect([2.5, 4, 8.9].map((minute) => slot(BEGIN + minute * MINUTE))).toEqual([2.5, 3, 3]);
  });

  test("beyond the newest and before the oldest they go on as if there were bars", () => {
    const { slot, time } = beside(series);
    expect([slot(BEGIN + 12.5 * MINUTE), slot(BEGIN - 3 * MINUTE)]).toEqual([6.5, -3]);
    expect([time(6.5), time(-3)]).toEqual([BEGIN + 12.5 * MINUTE, BEGIN - 3 * MINUTE]);
  });

  test("places and times are each other's inverse", () => {
    const { slot, time } = beside(series);
    for (const place of [-700.25, -1, 0, 0.25, 2, 3, 3.75, 4, 4.5, 99]) {
      expect(slot(time(place))).toBeCloseTo(place, 6);
    }
  });

  test("the nearest bar's start is taken, also of bars to come", () => {
    const { snapped } = beside(series);
    expect([1.4, 2.6, 7.7].map(snapped)).toEqual([BEGIN + MINUTE, BEGIN + 9 * MINUTE, BEGIN + 14 * MINUTE]);
  });

  test("nothing moves when older bars come", () => {
    const paged = seriesOf([0, 1, 2].map((minute) => BEGIN + minute * MINUTE));
    const times = [BEGIN - 2 * MINUTE, BEGIN, BEGIN + 1.5 * MINUTE, BEGIN + 9 * MINUTE];
    const before = times.map(beside(paged).slot);
    paged.merge(run(5, MINUTE, BEGIN - 5 * MINUTE));
    expect(times.map(beside(paged).slot)).toEqual(before);
  });

  test("bars to come skip what will be closed", () => {
    const ended = seriesOf([friday(15, 58), friday(15, 59)]);
    const { slot, time, snapped } = beside(ended, "1m", calendarOf("us-equities"), true);
    expect([slot(friday(16)), slot(monday(9, 30)), slot(monday(9, 35))]).toEqual([2, 2, 7]);
    expect([time(2), time(7), snapped(1.8)]).toEqual([monday(9, 30), monday(9, 35), monday(9, 30)]);
  });

  test("bars before the oldest held skip what was closed", () => {
    const { slot, time } = beside(seriesOf([monday(9, 30)]), "1m", calendarOf("us-equities"), true);
    expect([slot(friday(15, 59)), slot(friday(15, 50))]).toEqual([-1, -10]);
    expect([time(-1), time(-10)]).toEqual([friday(15, 59), friday(15, 50)]);
  });

  test("days of stocks are one place each, and none at a weekend", () => {
    const { slot, time } = beside(seriesOf([friday(9, 30)]), "1d", calendarOf("us-equities"));
    expect([slot(monday(9, 30)), slot(monday(9, 30) + DAY)]).toEqual([1, 2]);
    expect(time(1)).toBe(monday(9, 30));
  });

  test("a time decades away is found without walking there", () => {
    const { slot } = beside(seriesOf([BEGIN]), "1m");
    expect(slot(BEGIN + 40 * 365 * DAY)).toBe((40 * 365 * DAY) / MINUTE);
  });

  test("without bars there are no places", () => {
    const { slot, time } = beside(new BarSeries());
    expect([slot(BEGIN), time(5)]).toEqual([0, 0]);
  });
});

describe("an axis of time", () => {
  const series = seriesOf([BEGIN, BEGIN + HOUR, BEGIN + 9.5 * HOUR]);
  const places = timePlaces({ series, axis: linearAxis(series, HOUR), interval: "1h", calendar: utc, regular: false });

  test("a time stands where it is, whether there is a bar or not", () => {
    expect([BEGIN - HOUR, BEGIN + 4.25 * HOUR, BEGIN + 20 * HOUR].map(places.slot)).toEqual([-1, 4.25, 20]);
    expect(places.time(4.25)).toBe(BEGIN + 4.25 * HOUR);
  });

  test("the nearest bar's start is taken, where there is none the nearest place's", () => {
    expect([1.3, 9.2, 5.4].map(places.snapped)).toEqual([BEGIN + HOUR, BEGIN + 9.5 * HOUR, BEGIN + 5 * HOUR]);
  });
});
