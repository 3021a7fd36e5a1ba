import { decimalsOf } from "../../_lib/format.ts";
import type { ChartLayout } from "../layout.ts";
import type { PriceScale } from "../_prepare/domains.ts";
import { priceAtY, yOfPrice } from "../_prepare/price-pixels.ts";
import { slotAt, slotX, type Viewport } from "../_prepare/viewport.ts";
import type { Drawing, Point } from "#lib/contracts/drawings.ts";
import type { TimePlaces } from "./places.ts";

export interface Pixel {
  x: number;
  y: number;
}

/** The part of a chart on which is drawn: between points of the market and pixels, as bars stand there now. */
export interface Plane {
  places: TimePlaces;
  view: Viewport;
  scale: PriceScale;
  layout: ChartLayout;
  tickSize: number;
}

/** Pixels of the chart; bars stand in the middle of a pixel. */
export function pixelOf({ places, view, scale, layout }: Plane, { time, price }: Point): Pixel {
  return { x: slotX(view, places.slot(time)) + 0.5, y: yOfPrice(price, scale, layout) };
}

/** A price as one can trade at. */
export function toTick(price: number, tickSize: number): number {
  return Number((Math.round(price / tickSize) * tickSize).toFixed(decimalsOf(tickSize)));
}

/** The point of the bar nearest to a pixel, at the price of its height. */
export function pointAt({ places, view, scale, layout, tickSize }: Plane, { x, y }: Pixel): Point {
  return {
    time: places.snapped(slotAt(view, x)),
    price: toTick(priceAtY(y, scale, layout), tickSize),
  };
}

/** A point so many places to the right and so many pixels down. */
function movedPoint(plane: Plane, point: Point, slots: number, down: number): Point {
  const { places, scale, layout, tickSize } = plane;
  const time = slots === 0 ? point.time : places.time(places.slot(point.time) + slots);
  // A logarithm knows no price of zero: there it cannot be moved.
  if (down === 0 || (scale.kind === "log" && point.price <= 0)) return { time, price: point.price };
  const y = yOfPrice(point.price, scale, layout) + down;
  return { time, price: toTick(priceAtY(y, scale, layout), tickSize) };
}

/** The whole drawing moved by pixels, in time by whole bars. */
export function moved(plane: Plane, drawing: Drawing, right: number, down: number): Drawing {
  const slots = Math.round(right / plane.view.step);
  return { ...drawing, points: drawing.points.map((point) => movedPoint(plane, point, slots, down)) };
}

/** A point moved by a key: by bars to the right, and up by ticks, or by what a pixel stands for where that is more. */
export function nudged(plane: Plane, { time, price }: Point, right: number, up: number): Point {
  const { places, scale, layout, tickSize } = plane;
  const y = yOfPrice(price, scale, layout);
  const pixel = Math.abs(priceAtY(y - 1, scale, layout) - priceAtY(y, scale, layout));
  const by = Math.max(1, Math.round(pixel / tickSize)) * tickSize;
  return {
    time: right === 0 ? time : places.time(places.slot(time) + right),
    price: up === 0 ? price : toTick(price + up * by, tickSize),
  };
}
