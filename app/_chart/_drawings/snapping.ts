import type { BarView } from "#lib/contracts/views.ts";
import type { Micros } from "#lib/domain/interval.ts";
import { yOfPrice } from "../_prepare/price-pixels.ts";
import type { Point } from "#lib/contracts/drawings.ts";
import { type Pixel, type Plane, pointAt } from "./plane.ts";

/** Pixels from a bar's price within which a point takes it. */
export const SNAP = 12;

type Prices = Pick<BarView, "open" | "high" | "low" | "close">;

/** The point at a pixel; of the nearest bar the open, high, low or close that lies near it. `barAt`: the bar of a start, as it is drawn. */
export function snappedPoint(plane: Plane, at: Pixel, barAt: (start: Micros) => Prices | undefined): Point {
  const point = pointAt(plane, at);
  const bar = barAt(point.time);
  if (!bar) return point;
  let { price } = point;
  let nearest = SNAP;
  for (const candidate of [bar.close, bar.open, bar.high, bar.low]) {
    const distance = Math.abs(yOfPrice(candidate, plane.scale, plane.layout) - at.y);
    if (distance < nearest) [price, nearest] = [candidate, distance];
  }
  return { time: point.time, price };
}
