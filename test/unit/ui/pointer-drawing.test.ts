import { describe, expect, test } from "vitest";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import { DrawingStore } from "../../../app/_chart/_drawings/drawing-store.ts";
import type { DrawingKind, Point } from "#lib/contracts/drawings.ts";
import { timePlaces } from "../../../app/_chart/_drawings/places.ts";
import { pixelOf, type Pixel, type Plane } from "../../../app/_chart/_drawings/plane.ts";
import { type Pointer, PointerDrawing } from "../../../app/_chart/_drawings/pointer-drawing.ts";
import { DrawingSession } from "../../../app/_chart/_drawings/session.ts";
import { BarSeries } from "../../../app/_chart/bar-series.ts";
import { chartLayout } from "../../../app/_chart/layout.ts";
import { SIDE_BY_SIDE } from "../../../app/_chart/_prepare/time-axis.ts";
import { run } from "./bars.ts";

const BEGIN = Date.UTC(2026, 10, 20, 12) * 1_000;
const point = (minute: number, price: number): Point => ({ time: BEGIN + minute * MINUTE, price });

const series = new BarSeries();
series.merge(run(100, MINUTE, BEGIN));
const plane: Plane = {
  places: timePlaces({ series, axis: SIDE_BY_SIDE, interval: "1m", calendar: calendarOf("utc"), regular: false }),
  view: { left: 0, step: 10, following: false },
  scale: { kind: "linear", low: 90, high: 110, step: 5, base: Number.NaN },
  layout: chartLayout(1_000, 600, false),
  tickSize: 0.01,
};

const barAt = (start: number) => series.at(series.positionOf(start) ?? Number.NaN);

/** A chart on which one pointer draws. */
function drawing(snaps = false) {
  let next = 0;
  const store = new DrawingStore("SIM:AAPL", null, () => undefined);
  const session = new DrawingSession(store, () => `id${next++}`);
  const pointers = new PointerDrawing();
  const surface = { session, plane, barAt };
  const at = (pixel: Pixel, change: Partial<Pointer> = {}): Pointer => ({
    id: 1,
    at: pixel,
    isTouch: false,
    isPressed: false,
    snaps,
    ...change,
  });
  const px = (minute: number, price: number): Pixel => pixelOf(plane, point(minute, price));
  return {
    session,
    points: () => store.state().drawings.map(({ points }) => points),
    down: (minute: number, price: number, change: Partial<Pointer> = {}, asks = false) =>
      pointers.down(at(px(minute, price), change), surface, asks),
    move: (minute: number, price: number, change: Partial<Pointer> = {}) =>
      pointers.move(at(px(minute, price), change), surface),
    up: (minute: number, price: number, change: Partial<Pointer> = {}) =>
      pointers.up(at(px(minute, price), change), surface),
    end: () => pointers.end(1, surface),
  };
}

type Chart = ReturnType<typeof drawing>;

function click({ down, up }: Chart, minute: number, price: number): void {
  down(minute, price);
  up(minute, price);
}

function placed(kind: DrawingKind, ...points: readonly (readonly [number, number])[]): Chart {
  const chart = drawing();
  chart.session.choose(kind);
  for (const [minute, price] of points) click(chart, minute, price);
  return chart;
}

describe("placing points", () => {
  test("by two clicks, the line following the pointer between them", () => {
    const chart = drawing();
    chart.session.choose("trend");
    click(chart, 10, 100);
    chart.move(15, 102);
    expect(chart.session.doing().draft?.points).toEqual([point(10, 100), point(15, 102)]);
    click(chart, 20, 105);
    expect(chart.points()).toEqual([[point(10, 100), point(20, 105)]]);
  });

  test("by one drag, as a finger does", () => {
    const chart = drawing();
    chart.session.choose("rectangle");
    chart.down(10, 100, { isTouch: true });
    chart.move(30, 104, { isTouch: true, isPressed: true });
    chart.up(30, 104, { isTouch: true });
    expect(chart.points()).toEqual([[point(10, 100), point(30, 104)]]);
  });

  test("on the prices of bars near them, where they snap", () => {
    const chart = drawing(true);
    chart.session.choose("horizontal");
    click(chart, 10, 101.2);
    chart.session.choose("horizontal");
    chart.down(10, 101.2);
    chart.up(10, 101.2, { snaps: false });
    expect(chart.points()).toEqual([[point(10, 101)], [point(10, 101.2)]]);
  });

  test("within the plot, where the pointer left it", () => {
    const chart = placed("horizontal", [10, 50]);
    const [[first] = []] = chart.points();
    expect(first?.price).toBeGreaterThan(89);
  });
});

describe("what lies under the pointer", () => {
  test("is selected by a click, taken along by a drag, and the rest is the chart's", () => {
    const chart = placed("trend", [10, 100], [20, 105]);
    chart.session.select(null);
    expect(chart.down(15, 109)).toBe(false);
    expect(chart.down(15, 102.5)).toBe(true);
    expect(chart.session.doing().selected).toBe("id0");
    chart.move(17, 103.5, { isPressed: true });
    expect(chart.up(17, 103.5)).toBe(true);
    expect(chart.points()).toEqual([[point(12, 101), point(22, 106)]]);
    chart.session.store.undo();
    expect(chart.points()).toEqual([[point(10, 100), point(20, 105)]]);
  });

  test("a handle of the selected one is moved alone", () => {
    const chart = placed("trend", [10, 100], [20, 105]);
    chart.down(20, 105);
    chart.move(30, 101, { isPressed: true });
    chart.up(30, 101);
    expect(chart.points()).toEqual([[point(10, 100), point(30, 101)]]);
  });

  test("a click that shook a little moves nothing", () => {
    const chart = placed("horizontal", [10, 100]);
    chart.down(10, 100);
    chart.move(10.2, 100.05, { isPressed: true });
    chart.up(10.2, 100.05);
    expect([chart.points(), chart.session.store.state().canRedo]).toEqual([[[point(10, 100)]], false]);
  });

  test("is left alone where the chart is asked for, or all is locked", () => {
    const chart = placed("horizontal", [10, 100]);
    expect(chart.down(50, 100, {}, true)).toBe(false);
    chart.session.store.set({ locked: true });
    expect(chart.down(50, 100)).toBe(false);
  });

  test("stays where it was when the browser takes the pointer away, or a second finger comes", () => {
    const chart = placed("horizontal", [10, 100]);
    chart.down(50, 100);
    chart.move(50, 108, { isPressed: true });
    expect([chart.down(60, 95, { id: 2 }), chart.up(60, 95, { id: 2 })]).toEqual([true, true]);
    chart.end();
    expect([chart.points(), chart.session.doing().dragged]).toEqual([[[point(10, 100)]], null]);
  });

  test("a finger meets it from further away", () => {
    const chart = placed("horizontal", [10, 100]);
    expect(chart.down(50, 100.5)).toBe(false);
    expect(chart.down(50, 100.5, { isTouch: true })).toBe(true);
  });
});
