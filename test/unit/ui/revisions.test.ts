import { describe, expect, test, vi } from "vitest";
import { MINUTE } from "#lib/domain/interval.ts";
import { allRevisions, reasonOf, REVISIONS_KEPT } from "../../../app/_chart/_prepare/revisions.ts";
import { BarSeries } from "../../../app/_chart/bar-series.ts";
import { bar, run } from "./bars.ts";

function seriesOf(count: number): BarSeries {
  const series = new BarSeries();
  series.merge(run(count, MINUTE));
  return series;
}

describe("a rewritten bar", () => {
  test("is listed with what it was and what it is, the newest first", () => {
    const series = seriesOf(10);
    series.merge([bar(3 * MINUTE, { revision: 1, trades: 6, high: 105 })]);
    series.merge([bar(2 * MINUTE, { revision: 1, trades: 4 })]);
    const [last, first] = series.revisions.seen();
    expect([last?.start, last?.why]).toEqual([2 * MINUTE, "print taken out"]);
    expect([first?.why, first?.revision, first?.before?.high, first?.after?.high]).toEqual([
      "1 late trade",
      1,
      101,
      105,
    ]);
  });

  test("is one where the newest bar had closed already, and one whose last trade went", () => {
    const series = seriesOf(3);
    series.merge([bar(2 * MINUTE, { revision: 1, trades: 7 })]);
    series.remove(MINUTE);
    expect(series.revisions.seen().map(({ start, after }) => [start, after === null])).toEqual([
      [MINUTE, true],
      [2 * MINUTE, false],
    ]);
  });

  test("is none while a bar forms, when an older reading comes, or the same once more", () => {
    const series = new BarSeries();
    series.merge([bar(0, { final: false, trades: 1 })]);
    series.merge([bar(0, { final: false, trades: 2 })]);
    series.merge([bar(0, { trades: 3 })]);
    series.merge([bar(0, { revision: 1, trades: 4 })]);
    series.merge([bar(0, { revision: 1, trades: 4 })]);
    series.merge([bar(0, { trades: 3 })]);
    expect(series.revisions.seen()).toHaveLength(1);
  });

  test("is marked for a while, and listed as long as there is room", () => {
    vi.useFakeTimers();
    const series = seriesOf(2);
    for (let revision = 1; revision <= REVISIONS_KEPT + 5; revision++) series.merge([bar(0, { revision })]);
    expect(series.revisions.marked().length).toBe(REVISIONS_KEPT);
    vi.advanceTimersByTime(5_000);
    expect([series.revisions.marked().length, series.revisions.seen().length]).toEqual([0, REVISIONS_KEPT]);
    expect(series.revisions.seen()[0]?.revision).toBe(REVISIONS_KEPT + 5);
    vi.useRealTimers();
  });

  test("of before the chart was opened has no old prices", () => {
    const bars = [bar(0, { revision: 2 }), bar(MINUTE), bar(2 * MINUTE, { revision: 1 })];
    const list = allRevisions([], bars);
    expect(list.map(({ start, revision, before }) => [start, revision, before])).toEqual([
      [2 * MINUTE, 1, null],
      [0, 2, null],
    ]);
    const seen = { start: 0, revision: 2, why: "", before: bar(0), after: bar(0), id: 1 };
    expect(allRevisions([seen], bars).map(({ start }) => start)).toEqual([0, 2 * MINUTE]);
  });
});

test("says why a bar was rewritten", () => {
  const before = bar(0, { trades: 5 });
  expect(reasonOf(before, bar(0, { trades: 8 }))).toBe("3 late trades");
  expect(reasonOf(before, bar(0))).toBe("corrected");
  expect(reasonOf({ ...before, partial: true }, bar(0, { trades: 90 }))).toBe("gap filled");
  expect(reasonOf({ ...before, origin: "given" }, bar(0))).toBe("counted from its trades");
});
