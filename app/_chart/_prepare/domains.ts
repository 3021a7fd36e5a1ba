import type { BarView } from "#lib/contracts/views.ts";
import type { PriceRange, ScaleKind } from "../../_lib/price-scales.ts";
import { niceStep } from "./ticks.ts";

export interface Extent {
  low: number;
  high: number;
  volume: number;
}

export const EMPTY_EXTENT: Extent = { low: Infinity, high: -Infinity, volume: 0 };

export function extentOf(bars: readonly BarView[]): Extent {
  let { low, high, volume } = EMPTY_EXTENT;
  for (const bar of bars) {
    if (bar.low < low) low = bar.low;
    if (bar.high > high) high = bar.high;
    if (bar.volume !== null && bar.volume > volume) volume = bar.volume;
  }
  return { low, high, volume };
}

export const union = (a: Extent, b: Extent): Extent => ({
  low: Math.min(a.low, b.low),
  high: Math.max(a.high, b.high),
  volume: Math.max(a.volume, b.volume),
});

export interface PriceScale extends PriceRange {
  kind: ScaleKind;
  /** From one grid line to the next: prices, per cent of `base` or points of an index; of a logarithmic axis the finest. */
  step: number;
  /** The price that stands for 0 % and for 100. */
  base: number;
}

/** How the price axis is wanted. */
export interface Scaling {
  kind: ScaleKind;
  /** Close of the first bar in sight; percentages count from it. */
  base: number;
  /** A range set by hand; null: what is in sight. */
  manual: PriceRange | null;
}

export const LINEAR: Scaling = { kind: "linear", base: Number.NaN, manual: null };

/** Pixels from one price label to the next, about. */
const LABEL_EVERY = 72;

/** A logarithm needs prices above zero, a percentage a base. What cannot be had is linear. */
function possible({ kind, base }: Scaling, low: number): ScaleKind {
  if (kind === "log") return low > 0 ? "log" : "linear";
  return kind === "linear" || (Number.isFinite(base) && base > 0) ? kind : "linear";
}

/** A grid step of a range; on an axis of percentages in per cent, never finer than the second decimal that its labels have. */
function stepOf(kind: ScaleKind, base: number, range: number, height: number, tickSize: number): number {
  const wanted = Math.max(2, height / LABEL_EVERY);
  if (kind === "percent" || kind === "indexed") return niceStep((range / base) * 100, wanted, 0.01);
  return niceStep(range, wanted, tickSize);
}

/** The range that holds all bars: padded, and snapped outward to a quarter of a grid step, so that a tick of the forming bar rarely moves it. */
function automatic(
  extent: Extent,
  kind: ScaleKind,
  base: number,
  height: number,
  tickSize: number,
): PriceRange & { step: number } {
  const low = Number.isFinite(extent.low) ? extent.low : 0;
  const high = Number.isFinite(extent.high) ? extent.high : 1;
  const range = Math.max(high - low, tickSize * 8, Math.abs(high) * 1e-6);
  if (kind === "log" && low > 0) {
    const [bottom, top] = [Math.log(low), Math.log(Math.max(high, low + range))];
    const snap = niceStep(top - bottom, Math.max(2, height / LABEL_EVERY), 1e-9) / 4;
    const pad = (top - bottom) * 0.03;
    return {
      low: Math.exp(Math.floor((bottom - pad) / snap) * snap),
      high: Math.exp(Math.ceil((top + pad) / snap) * snap),
      step: stepOf(kind, base, range, height, tickSize),
    };
  }
  const step = stepOf(kind, base, range, height, tickSize);
  const snap = (kind === "linear" ? step : (step / 100) * base) / 4;
  const pad = range * 0.03;
  const middle = (high + low) / 2;
  return {
    low: Math.floor((Math.min(low, middle - range / 2) - pad) / snap) * snap,
    high: Math.ceil((Math.max(high, middle + range / 2) + pad) / snap) * snap,
    step,
  };
}

/** The price axis of a plot `height` pixels high: of all bars, or of the range that was set by hand, which nothing but a hand moves. */
export function priceScale(extent: Extent, height: number, tickSize: number, scaling: Scaling = LINEAR): PriceScale {
  const { base, manual } = scaling;
  const kind = possible(scaling, manual?.low ?? extent.low);
  if (!manual) return { kind, base, ...automatic(extent, kind, base, height, tickSize) };
  return { kind, base, ...manual, step: stepOf(kind, base, manual.high - manual.low, height, tickSize) };
}

/** Top of the volume pane: the largest volume, snapped up so that the forming bar rarely moves it. */
export function volumeTop(extent: Extent): number {
  if (extent.volume <= 0) return 1;
  const snap = 10 ** Math.floor(Math.log10(extent.volume)) / 2;
  return Math.ceil(extent.volume / snap) * snap;
}
