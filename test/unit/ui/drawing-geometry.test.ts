import { describe, expect, test } from "vitest";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import type { Drawing, DrawingKind, Point } from "#lib/contracts/drawings.ts";
import { USUAL_STYLE } from "../../../app/_chart/_drawings/drawing.ts";
import { handlesOf, withHandle } from "../../../app/_chart/_drawings/handles.ts";
import { clipped, distanceTo, extended } from "../../../app/_chart/_drawings/lines.ts";
import { noteLines } from "../../../app/_chart/_drawings/note-text.ts";
import { hitAt, outlineOf, outlinesOf } from "../../../app/_chart/_drawings/outline.ts";
import { timePlaces } from "../../../app/_chart/_drawings/places.ts";
import { moved, nudged, pixelOf, type Plane, pointAt } from "../../../app/_chart/_drawings/plane.ts";
import { snappedPoint } from "../../../app/_chart/_drawings/snapping.ts";
import { BarSeries } from "../../../app/_chart/bar-series.ts";
import { chartLayout } from "../../../app/_chart/layout.ts";
import { SIDE_BY_SIDE } from "../../../app/_chart/_prepare/time-axis.ts";
import { bar, run } from "./bars.ts";

const BEGIN = Date.UTC(2026, 10, 20, 12) * 1_000;
const at = (minute: number, price: number): Point => ({ time: BEGIN + minute * MINUTE, price });

const series = new BarSeries();
series.merge(run(100, MINUTE, BEGIN));

/** Ten pixels a bar, bar 0 at the left edge; prices of 90 to 110 on the plot's height. */
function plane(change: Partial<Plane> = {}): Plane {
  return {
    places: timePlaces({ series, axis: SIDE_BY_SIDE, interval: "1m", calendar: calendarOf("utc"), regular: false }),
    view: { left: 0, step: 10, following: false },
    scale: { kind: "linear", low: 90, high: 110, step: 5, base: Number.NaN },
    layout: chartLayout(1_000, 600, false),
    tickSize: 0.01,
    ...change,
  };
}

const draw = (kind: DrawingKind, points: readonly Point[], change: Partial<Drawing> = {}): Drawing => ({
  ...USUAL_STYLE,
  id: kind,
  kind,
  points,
  extend: "none",
  text: kind === "note" ? "a note" : "",
  ...change,
});

const trend = draw("trend", [at(10, 100), at(20, 105)]);

describe("points", () => {
  test("are where their bar and price are, and a pixel gives them back", () => {
    const here = plane();
    const { x, y } = pixelOf(here, at(10, 100));
    expect(x).toBe(100.5);
    expect(y).toBeCloseTo(here.layout.top + here.layout.plotHeight / 2, 9);
    expect(pointAt(here, { x: x + 3, y })).toEqual(at(10, 100));
  });

  test("keep their price when the scale is another", () => {
    const logarithmic = plane({ scale: { kind: "log", low: 50, high: 200, step: 5, base: Number.NaN } });
    expect(pixelOf(logarithmic, at(0, 100)).y).toBeCloseTo(pixelOf(plane(), at(0, 100)).y, 9);
    expect(pointAt(logarithmic, pixelOf(logarithmic, at(7, 61.37)))).toEqual(at(7, 61.37));
  });

  test("take the open, high, low or close that lies near, and else their height", () => {
    const here = plane();
    const near = (price: number) => snappedPoint(here, { ...pixelOf(here, at(10, price)) }, () => bar(0)).price;
    expect([near(101.2), near(98.8), near(100.6)]).toEqual([101, 99, 100.5]);
    expect(near(104)).toBe(104);
    expect(snappedPoint(here, pixelOf(here, at(10, 101.2)), () => undefined).price).toBe(101.2);
  });
});

describe("a line", () => {
  const box = { left: 0, top: 0, right: 100, bottom: 50 };

  test("is cut at the plot, however far away its points are", () => {
    const line = { from: { x: -1e9, y: 25 }, to: { x: 1e9, y: 25 } };
    expect(clipped(line, box)).toEqual({ from: { x: 0, y: 25 }, to: { x: 100, y: 25 } });
    expect(clipped({ from: { x: 0, y: -60 }, to: { x: 100, y: -10 } }, box)).toBeNull();
    expect(clipped({ from: { x: 120, y: 0 }, to: { x: 120, y: 50 } }, box)).toBeNull();
  });

  test("goes on beyond its second point, or beyond both, to the edge", () => {
    const line = { from: { x: 40, y: 20 }, to: { x: 60, y: 20 } };
    expect(clipped(extended(line, false, box), box)).toEqual({ from: { x: 40, y: 20 }, to: { x: 100, y: 20 } });
    expect(clipped(extended(line, true, box), box)).toEqual({ from: { x: 0, y: 20 }, to: { x: 100, y: 20 } });
  });

  test("is as near as its nearest point", () => {
    const line = { from: { x: 0, y: 0 }, to: { x: 10, y: 0 } };
    expect([distanceTo({ x: 5, y: 3 }, line), distanceTo({ x: 13, y: 4 }, line)]).toEqual([3, 5]);
  });
});

describe("what is in sight", () => {
  test("a drawing beside the plot is not drawn, one through it is", () => {
    const far = draw("trend", [at(-500, 100), at(-400, 100)]);
    const through = draw("trend", [at(-500, 100), at(900, 100)]);
    expect(outlineOf(far, plane())).toBeNull();
    expect(outlineOf(through, plane())?.lines).toHaveLength(1);
    expect(outlineOf(draw("horizontal", [at(-500, 120)]), plane())).toBeNull();
    expect(outlineOf(draw("horizontal", [at(-500, 100)]), plane())).not.toBeNull();
  });

  test("a rectangle that is larger than the plot fills it", () => {
    const area = outlineOf(draw("rectangle", [at(-500, 500), at(500, 1)]), plane())?.area;
    expect(area && area.right - area.left).toBeGreaterThan(plane().layout.plotWidth);
  });

  test("Fibonacci has a line for each level and the move itself", () => {
    expect(outlineOf(draw("fibonacci", [at(10, 95), at(40, 105)]), plane())?.lines).toHaveLength(8);
  });
});

describe("what is met", () => {
  const here = plane();
  const meet = (drawings: readonly Drawing[], point: Point, selected: string | null = null) => {
    const hit = hitAt(outlinesOf(drawings, here), here, pixelOf(here, point), selected, 6);
    return hit && [hit.drawing.id, hit.handle];
  };

  test("a line near it, not beside it", () => {
    expect(meet([trend], at(15, 102.5))).toEqual(["trend", null]);
    expect(meet([trend], at(15, 104))).toBeNull();
    expect(meet([trend], at(25, 107.5))).toBeNull();
    expect(meet([draw("trend", trend.points, { extend: "right" })], at(25, 107.5))).toEqual(["trend", null]);
  });

  test("the uppermost of several, but first the selected one's handles", () => {
    const above = draw("horizontal", [at(50, 100)]);
    expect(meet([trend, above], at(10, 100))).toEqual(["horizontal", null]);
    expect(meet([trend, above], at(10, 100), "trend")).toEqual(["trend", 0]);
  });

  test("a rectangle at its edges; within it only when selected, so that its bars can be reached", () => {
    const box = draw("rectangle", [at(10, 95), at(40, 105)]);
    expect(meet([box], at(25, 105))).toEqual(["rectangle", null]);
    expect(meet([box], at(25, 100))).toBeNull();
    expect(meet([box], at(25, 100), "rectangle")).toEqual(["rectangle", null]);
    expect(meet([box], at(40, 95), "rectangle")).toEqual(["rectangle", 3]);
  });

  test("a note at its text", () => {
    expect(meet([draw("note", [at(10, 100)])], at(13, 100))).toEqual(["note", null]);
  });

  test("nothing beside the plot of prices", () => {
    const line = draw("horizontal", [at(0, 100)]);
    const { y } = pixelOf(here, at(0, 100));
    expect(hitAt(outlinesOf([line], here), here, { x: here.layout.plotWidth + 20, y }, null, 6)).toBeNull();
  });
});

describe("moving", () => {
  test("takes all points along, by whole bars and ticks", () => {
    const here = plane();
    const up = here.layout.plotHeight / 20;
    expect(moved(here, trend, 23, -up).points).toEqual([at(12, 101), at(22, 106)]);
    expect(moved(here, trend, 4, 0).points).toEqual(trend.points);
  });

  test("keeps a line straight and parallel on a logarithmic axis: by the same pixels", () => {
    const here = plane({ scale: { kind: "log", low: 50, high: 200, step: 5, base: Number.NaN }, tickSize: 1e-6 });
    const line = draw("trend", [at(10, 60), at(20, 120)]);
    const after = moved(here, line, 0, -40).points;
    expect(after.map(({ price }, i) => price / (line.points[i]?.price ?? 0))).toEqual([
      expect.closeTo((after[0]?.price ?? 0) / 60, 6),
      expect.closeTo((after[0]?.price ?? 0) / 60, 6),
    ]);
  });

  test("a price of zero cannot be moved on a logarithmic axis", () => {
    const here = plane({ scale: { kind: "log", low: 50, high: 200, step: 5, base: Number.NaN } });
    expect(moved(here, draw("horizontal", [at(0, 0)]), 0, 30).points).toEqual([at(0, 0)]);
  });

  test("by keys goes a bar to the side, or what a pixel stands for up and down", () => {
    expect(nudged(plane(), at(10, 100), -1, 0)).toEqual(at(9, 100));
    expect(nudged(plane({ tickSize: 0.5 }), at(10, 100), 0, 10)).toEqual(at(10, 105));
    // A pixel stands for five ticks.
    expect(nudged(plane(), at(10, 100), 0, -1)).toEqual(at(10, 99.95));
  });

  test("a corner of a box takes along what it is made of", () => {
    const box = draw("rectangle", [at(10, 95), at(40, 105)]);
    expect(handlesOf(box)).toEqual([at(10, 95), at(40, 105), at(10, 105), at(40, 95)]);
    expect(withHandle(box, 2, at(5, 108)).points).toEqual([at(5, 95), at(40, 108)]);
    expect(withHandle(box, 3, at(50, 90)).points).toEqual([at(10, 90), at(50, 105)]);
    expect(withHandle(trend, 1, at(50, 90)).points).toEqual([at(10, 100), at(50, 90)]);
    expect(handlesOf(draw("note", [at(1, 1)]))).toEqual([]);
  });
});

describe("a note's text", () => {
  test("is broken between words, within one only where it is too long", () => {
    expect(noteLines("first\nsecond")).toEqual(["first", "second"]);
    expect(noteLines("word ".repeat(12).trim()).map((line) => line.length)).toEqual([34, 24]);
    expect(noteLines("x".repeat(80)).map((line) => line.length)).toEqual([36, 36, 8]);
  });

  test("ends after twelve lines", () => {
    const lines = noteLines("a\n".repeat(40));
    expect([lines.length, lines.at(-1)]).toEqual([12, "…"]);
  });
});
