"use client";
import type { BarSeries } from "../bar-series.ts";
import type { CrosshairStore } from "../crosshair-store.ts";
import { yOfPrice } from "../_prepare/price-pixels.ts";
import type { ChartHandle } from "../use-chart-keys.ts";
import { arrowSteps, toolOfKey } from "./drawing-keys.ts";
import type { Point } from "#lib/contracts/drawings.ts";
import { handlesOf, withHandle } from "./handles.ts";
import { nudged, type Plane, pointAt } from "./plane.ts";
import { removeSelected } from "./remove-drawing.ts";
import type { DrawingSession } from "./session.ts";

interface KeySurroundings {
  session: DrawingSession;
  plane: Plane;
  series: BarSeries;
  crosshair: CrosshairStore;
  /** The chart's element; keys of what stands on it are not the chart's. */
  element: Element | null;
}

/** Pixels that an arrow moves the price at which a point is placed. */
const STEP = 2;

/** Keys while points are placed: arrows lead the crosshair, Enter places. */
function placingKey(event: Parameters<ChartHandle["key"]>[0], surroundings: KeySurroundings): boolean {
  const { session, plane, series, crosshair } = surroundings;
  const steps = arrowSteps(event);
  if (!steps && event.key !== "Enter") return false;
  const before = crosshair.get();
  const clamp = (position: number): number => Math.min(series.last, Math.max(series.first, position));
  const position = clamp((before?.position ?? series.last) + (steps?.right ?? 0));
  const bar = series.at(position);
  if (!bar) return true;
  const height = before?.y ?? yOfPrice(bar.close, plane.scale, plane.layout);
  // To the side it goes from close to close; up and down it leaves the bar.
  const y = steps === null ? (before?.y ?? null) : steps.up === 0 ? null : Math.round(height - steps.up * STEP);
  crosshair.set({ position, y });
  const price = y === null ? bar.close : pointAt(plane, { x: 0, y }).price;
  const point = { time: bar.start, price };
  if (steps) {
    session.aim(point);
    session.reveal(bar.start);
  } else session.place(point);
  return true;
}

/** Whether a key was one of drawing: it begins, places, moves, removes or ends one. */
export function drawingKey(event: Parameters<ChartHandle["key"]>[0], surroundings: KeySurroundings): boolean {
  const { session, plane, element } = surroundings;
  const tool = toolOfKey(event);
  const doing = session.doing();
  if (tool) {
    session.choose(doing.tool === tool ? null : tool);
    return true;
  }
  if (event.altKey) return false;
  if (event.key === "Escape") return session.cancel();
  if (event.key === "Delete" || event.key === "Backspace") return removeSelected(session);
  const { activeElement } = document;
  if (activeElement !== element && activeElement !== document.body) return false;
  if (doing.tool) return placingKey(event, surroundings);
  const drawing = session.selected();
  if (!drawing) return false;
  if (event.key === "Enter" && drawing.kind === "note") {
    session.write(drawing);
    return true;
  }
  if (event.key === ".") {
    session.nextHandle();
    return true;
  }
  const steps = arrowSteps(event);
  if (!steps) return false;
  const by = (point: Point): Point => nudged(plane, point, steps.right, steps.up);
  const corner = doing.handle === null ? undefined : handlesOf(drawing)[doing.handle];
  const moved =
    corner && doing.handle !== null
      ? withHandle(drawing, doing.handle, by(corner))
      : { ...drawing, points: drawing.points.map(by) };
  session.change(moved, `nudge ${drawing.id} ${doing.handle ?? ""}`);
  return true;
}
