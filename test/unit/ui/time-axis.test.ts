import { describe, expect, test } from "vitest";
import { HOUR, MINUTE } from "#lib/domain/interval.ts";
import { inSight } from "../../../app/_chart/_prepare/in-sight.ts";
import { linearAxis, SIDE_BY_SIDE, slotTimes } from "../../../app/_chart/_prepare/time-axis.ts";
import { timeTicks } from "../../../app/_chart/_prepare/ticks.ts";
import { positionAt, xOf } from "../../../app/_chart/_prepare/viewport.ts";
import { BarSeries } from "../../../app/_chart/bar-series.ts";
import { UTC_CLOCK } from "../../../app/_lib/zone-clock.ts";
import { bar, run } from "./bars.ts";

const BEGIN = Date.UTC(2026, 10, 20, 20) * 1_000;

/** Four minutes, a halt of six, two minutes more. */
function halted(): BarSeries {
  const series = new BarSeries();
  series.merge([...run(4, MINUTE, BEGIN), ...run(2, MINUTE, BEGIN + 10 * MINUTE)]);
  return series;
}

describe("linear time", () => {
  test("gives a halt its true width", () => {
    const axis = linearAxis(halted(), MINUTE);
    expect([0, 1, 2, 3, 4, 5].map(axis.slot)).toEqual([0, 1, 2, 3, 10, 11]);
    expect([-2, 6.5, 3.5, 4].map(axis.slot)).toEqual([-2, 12.5, 9.5, 10]);
  });

  test("finds the nearest bar of a place, and goes on beyond the newest", () => {
    const axis = linearAxis(halted(), MINUTE);
    expect([-5, 0, 2.4, 6, 7, 10.6, 11, 14].map(axis.position)).toEqual([0, 0, 2, 3, 4, 5, 5, 8]);
  });

  test("nothing moves when older bars come", () => {
    const series = halted();
    const axis = linearAxis(series, MINUTE);
    series.merge(run(3, MINUTE, BEGIN - 60 * MINUTE));
    expect([series.first, axis.slot(series.first), axis.slot(0), axis.slot(5)]).toEqual([-3, -60, 0, 11]);
    expect(axis.position(-59.2)).toBe(-2);
  });

  test("counts as before when its oldest bars were dropped", () => {
    const series = new BarSeries();
    series.merge(run(20_000, MINUTE, BEGIN));
    series.merge([bar(BEGIN + 20_010 * MINUTE)]);
    const axis = linearAxis(series, MINUTE);
    expect([axis.slot(series.first), axis.slot(series.last)]).toEqual([1, 20_010]);
  });

  test("views take bars to pixels and back by it", () => {
    const view = { left: 0, step: 7, following: false, axis: linearAxis(halted(), MINUTE) };
    expect([xOf(view, 4), positionAt(view, 70), positionAt(view, 29)]).toEqual([70, 4, 3]);
    expect([xOf({ ...view, axis: SIDE_BY_SIDE }, 4), positionAt({ ...view, axis: SIDE_BY_SIDE }, 28)]).toEqual([28, 4]);
  });

  test("bars are in sight by their own times, not by the nearest bar to an edge", () => {
    const series = halted();
    const seen = (left: number, axis = linearAxis(series, MINUTE)) =>
      inSight(series, { left, step: 10, following: false, axis }, 40);
    expect([seen(0), seen(2.5), seen(4.5), seen(8)]).toEqual([
      { first: 0, last: 3 },
      { first: 3, last: 3 },
      null,
      { first: 4, last: 5 },
    ]);
    expect([seen(0.5, SIDE_BY_SIDE), seen(-9, SIDE_BY_SIDE), seen(3, SIDE_BY_SIDE)]).toEqual([
      { first: 1, last: 4 },
      null,
      { first: 3, last: 5 },
    ]);
    expect(inSight(new BarSeries(), { left: 0, step: 10, following: false, axis: SIDE_BY_SIDE }, 40)).toBeNull();
  });

  test("has labels where there is no bar, too", () => {
    const series = new BarSeries();
    series.merge([bar(BEGIN), bar(BEGIN + 16 * HOUR)]);
    const times = slotTimes(linearAxis(series, HOUR), 0, 16);
    const ticks = timeTicks(times, 0, { zone: UTC_CLOCK, interval: "1h", step: 24, gap: 90 });
    expect(ticks.map(({ position, label }) => `${position} ${label}`)).toEqual(["4 Sat 21", "10 06:00", "16 12:00"]);
  });
});
