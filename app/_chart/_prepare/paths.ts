import type { BarView } from "#lib/contracts/views.ts";
import { isUp } from "../../_lib/bars.ts";

/** From a value to a pixel. */
export type Scale = (value: number) => number;

export interface Pixels {
  x: Scale;
  y: Scale;
  /** Pixels from bar to bar. */
  step: number;
}

/** Width of a candle's body: one or two less than the step, and odd, so that the wick stands in its middle. */
export function bodyWidth(step: number): number {
  const width = Math.max(1, Math.round(step) - 2);
  return width % 2 === 1 ? width : width + 1;
}

const at = (scale: Scale, value: number): number => Math.round(scale(value));

/** Left edge of the body and of the wick of the bar at `position`, whole pixels. */
export function columns(position: number, { x, step }: Pixels): { left: number; wick: number; width: number } {
  const width = bodyWidth(step);
  const wick = Math.round(x(position));
  return { left: wick - (width >> 1), wick, width };
}

/** One path for all candles of a colour; whole pixels, so that edges are crisp. `first` is the position of the first bar. */
export function candlePath(bars: readonly BarView[], first: number, pixels: Pixels, up: boolean): string {
  let path = "";
  bars.forEach((bar, i) => {
    if (isUp(bar) !== up) return;
    const { left, wick, width } = columns(first + i, pixels);
    const top = at(pixels.y, Math.max(bar.open, bar.close));
    const bottom = Math.max(top + 1, at(pixels.y, Math.min(bar.open, bar.close)));
    path += `M${wick} ${at(pixels.y, bar.high)}h1V${Math.max(bottom, at(pixels.y, bar.low))}h-1z`;
    if (width > 1) path += `M${left} ${top}h${width}V${bottom}h-${width}z`;
  });
  return path;
}

/** One path for all volume bars of a colour, standing on `floor`. */
export function volumePath(
  bars: readonly BarView[],
  first: number,
  pixels: Pixels & { floor: number },
  up: boolean,
): string {
  let path = "";
  bars.forEach((bar, i) => {
    if (isUp(bar) !== up || bar.volume === null || bar.volume <= 0) return;
    const { left, width } = columns(first + i, pixels);
    const top = Math.min(pixels.floor - 1, at(pixels.y, bar.volume));
    path += `M${left} ${pixels.floor}h${width}V${top}h-${width}z`;
  });
  return path;
}

/** A line through values, broken where there is none. */
export function linePath(values: readonly (number | null)[], first: number, { x, y }: Pixels): string {
  let path = "";
  let drawing = false;
  values.forEach((value, i) => {
    if (value === null) {
      drawing = false;
      return;
    }
    path += `${drawing ? "L" : "M"}${(x(first + i) + 0.5).toFixed(1)} ${y(value).toFixed(1)}`;
    drawing = true;
  });
  return path;
}

/** A short dash for each value that has none beside it: a line through it alone would show nothing. */
export function lonePath(values: readonly (number | null)[], first: number, { x, y, step }: Pixels): string {
  const half = Math.max(1, step / 3);
  const known = (place: number): boolean => (values[place] ?? null) !== null;
  return values
    .map((value, place) =>
      value === null || known(place - 1) || known(place + 1)
        ? ""
        : `M${(x(first + place) + 0.5 - half).toFixed(1)} ${y(value).toFixed(1)}h${(2 * half).toFixed(1)}`,
    )
    .join("");
}

/** The forming candle: a hollow body with a solid wick above and below it. */
export function hollowCandle(
  bar: BarView,
  position: number,
  pixels: Pixels,
): { wick: string; body: { x: number; y: number; width: number; height: number } } {
  const { left, wick, width } = columns(position, pixels);
  const top = at(pixels.y, Math.max(bar.open, bar.close));
  const bottom = Math.max(top + 1, at(pixels.y, Math.min(bar.open, bar.close)));
  const high = at(pixels.y, bar.high);
  const low = at(pixels.y, bar.low);
  const above = high < top ? `M${wick} ${high}h1V${top}h-1z` : "";
  const below = low > bottom ? `M${wick} ${bottom}h1V${low}h-1z` : "";
  return {
    wick: above + below,
    body: { x: left + 0.5, y: top + 0.5, width: Math.max(0, width - 1), height: Math.max(0, bottom - top - 1) },
  };
}
