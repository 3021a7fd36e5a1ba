import { describe, expect, test, vi } from "vitest";
import { BARS_KEPT, indexAt, mergeBars, preferred } from "../../../app/_lib/bars.ts";
import { BarSeries } from "../../../app/_chart/bar-series.ts";
import { bar, run } from "./bars.ts";

const starts = (series: BarSeries): number[] =>
  Array.from({ length: series.length }, (_, i) => series.at(series.first + i)?.start ?? Number.NaN);

describe("the better reading of a window", () => {
  test("is the later revision, then the final one, then the one with more trades", () => {
    const first = bar(0, { final: true });
    expect(preferred(first, bar(0, { revision: 1, trades: 1 })).revision).toBe(1);
    expect(preferred(first, bar(0, { final: false, trades: 99 }))).toBe(first);
    const forming = bar(0, { final: false, trades: 7 });
    expect(preferred(forming, bar(0, { final: false, trades: 6 }))).toBe(forming);
    expect(preferred(forming, bar(0, { final: false, trades: 8 })).trades).toBe(8);
  });

  test("is the built one, unless it missed the beginning", () => {
    const given = bar(0, { origin: "given", trades: null });
    const built = bar(0);
    const partial = bar(0, { partial: true });
    expect([preferred(given, built), preferred(built, given)]).toEqual([built, built]);
    expect([preferred(given, partial), preferred(partial, given)]).toEqual([given, given]);
  });
});

describe("merging bars", () => {
  test("interleaves by start, each window once, and keeps the array when nothing is new", () => {
    const held = [bar(0), bar(2)];
    expect(mergeBars(held, [bar(1), bar(2, { revision: 1 })]).map((b) => [b.start, b.revision])).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
    ]);
    expect(mergeBars(held, [bar(0), bar(2)])).toBe(held);
  });

  test("finds the bar of a time", () => {
    expect([-1, 0, 15, 20, 99].map((time) => indexAt(run(3, 10), time))).toEqual([-1, 0, 1, 2, 2]);
  });
});

describe("a chart's series", () => {
  test("older pages get positions before the first, and what is shown does not move", () => {
    const series = new BarSeries();
    series.merge(run(3, 10, 100));
    expect([series.first, series.last, series.at(0)?.start]).toEqual([0, 2, 100]);
    series.merge(run(2, 10, 80));
    expect([series.first, series.last, series.at(0)?.start, series.at(-2)?.start]).toEqual([-2, 2, 100, 80]);
  });

  test("an update of the newest bar notifies the forming bar alone", () => {
    const series = new BarSeries();
    series.merge([bar(0), bar(10, { final: false })]);
    const closed = vi.fn<() => void>();
    const forming = vi.fn<() => void>();
    series.onClosed(closed);
    series.onForming(forming);
    series.merge([bar(10, { final: false, trades: 6, close: 100.7 })]);
    expect([closed.mock.calls.length, forming.mock.calls.length, series.forming()?.close]).toEqual([0, 1, 100.7]);
    series.merge([bar(20, { final: false })]);
    expect([closed.mock.calls.length, series.last, series.closed().length]).toEqual([1, 2, 2]);
  });

  test("a stale update of the newest bar changes nothing", () => {
    const series = new BarSeries();
    series.merge([bar(0, { final: false, trades: 9 })]);
    const forming = vi.fn<() => void>();
    series.onForming(forming);
    series.merge([bar(0, { final: false, trades: 3 })]);
    expect(forming).not.toHaveBeenCalled();
  });

  test("a correction of a closed bar replaces it in place", () => {
    const series = new BarSeries();
    series.merge(run(4, 10));
    series.merge([bar(10, { revision: 1, high: 150 })]);
    expect(series.at(1)?.high).toBe(150);
    expect(starts(series)).toEqual([0, 10, 20, 30]);
  });

  test("holds no more than its capacity, drops the oldest, and keeps positions", () => {
    const series = new BarSeries();
    series.merge(run(BARS_KEPT, 10));
    const shown = series.at(500)?.start;
    series.merge(run(5, 10, BARS_KEPT * 10));
    expect([series.length, series.first, series.full, series.at(500)?.start]).toEqual([BARS_KEPT, 5, true, shown]);
  });
});
