import type { BarView } from "#lib/contracts/views.ts";
import { isUp } from "../../_lib/bars.ts";
import { columns, type Pixels } from "./paths.ts";

/** Body below which a frame has no inside, pixels. */
const FRAME = 3;

const frame = (left: number, top: number, width: number, bottom: number): string =>
  `M${left} ${top}h${width}V${bottom}h-${width}z`;

/** Whether a bar closed above the close before it, which gives a hollow candle its colour; without one, whether it rose. */
export const isAbove = (bar: BarView, before: BarView | undefined): boolean =>
  before ? bar.close >= before.close : isUp(bar);

/**
 * One path for all hollow candles of a colour, to be filled by the even-odd rule: a rising body is a frame, a falling one is full. `before`
 * is the bar before the first.
 */
export function hollowPath(
  bars: readonly BarView[],
  first: number,
  pixels: Pixels,
  { up, before }: { up: boolean; before: BarView | undefined },
): string {
  let path = "";
  let last = before;
  bars.forEach((bar, i) => {
    const above = isAbove(bar, last);
    last = bar;
    if (above !== up) return;
    const { left, wick, width } = columns(first + i, pixels);
    const top = Math.round(pixels.y(Math.max(bar.open, bar.close)));
    const bottom = Math.max(top + 1, Math.round(pixels.y(Math.min(bar.open, bar.close))));
    const high = Math.round(pixels.y(bar.high));
    const low = Math.round(pixels.y(bar.low));
    if (high < top) path += `M${wick} ${high}h1V${top}h-1z`;
    if (low > bottom) path += `M${wick} ${bottom}h1V${low}h-1z`;
    path += frame(left, top, width, bottom);
    if (isUp(bar) && width >= FRAME && bottom - top >= FRAME) path += frame(left + 1, top + 1, width - 2, bottom - 1);
  });
  return path;
}

/** One path for all bars of a colour: a line from high to low, the open at its left, the close at its right. */
export function ohlcPath(bars: readonly BarView[], first: number, pixels: Pixels, up: boolean): string {
  let path = "";
  bars.forEach((bar, i) => {
    if (isUp(bar) !== up) return;
    const { left, wick, width } = columns(first + i, pixels);
    const high = Math.round(pixels.y(bar.high));
    const low = Math.max(high + 1, Math.round(pixels.y(bar.low)));
    path += `M${wick} ${high}h1V${low}h-1z`;
    if (width < FRAME) return;
    const arm = width >> 1;
    path += `M${left} ${Math.round(pixels.y(bar.open))}h${arm}v1h-${arm}z`;
    path += `M${wick + 1} ${Math.round(pixels.y(bar.close))}h${arm}v1h-${arm}z`;
  });
  return path;
}

/** What lies between a line's path and `floor`. */
export function areaPath(line: string, from: number, to: number, floor: number): string {
  return line === "" ? "" : `${line}L${to.toFixed(1)} ${floor}L${from.toFixed(1)} ${floor}z`;
}
