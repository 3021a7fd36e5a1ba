import type { BarView } from "#lib/contracts/views.ts";
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
    if (bar.volume > volume) volume = bar.volume;
  }
  return { low, high, volume };
}

export const union = (a: Extent, b: Extent): Extent => ({
  low: Math.min(a.low, b.low),
  high: Math.max(a.high, b.high),
  volume: Math.max(a.volume, b.volume),
});

export interface PriceScale {
  low: number;
  high: number;
  /** From one grid line to the next. */
  step: number;
}

/** Pixels from one price label to the next, about. */
const LABEL_EVERY = 72;

/**
 * The price range of a plot `height` pixels high: padded, and snapped outward to a quarter of a grid step, so that a tick of the
 * forming bar rarely moves it.
 */
export function priceScale(extent: Extent, height: number, tickSize: number): PriceScale {
  const low = Number.isFinite(extent.low) ? extent.low : 0;
  const high = Number.isFinite(extent.high) ? extent.high : 1;
  const range = Math.max(high - low, tickSize * 8, Math.abs(high) * 1e-6);
  const step = niceStep(range, Math.max(2, height / LABEL_EVERY), tickSize);
  const snap = step / 4;
  const pad = range * 0.03;
  const middle = (high + low) / 2;
  return {
    low: Math.floor((Math.min(low, middle - range / 2) - pad) / snap) * snap,
    high: Math.ceil((Math.max(high, middle + range / 2) + pad) / snap) * snap,
    step,
  };
}

/** Top of the volume pane: the largest volume, snapped up so that the forming bar rarely moves it. */
export function volumeTop(extent: Extent): number {
  if (extent.volume <= 0) return 1;
  const snap = 10 ** Math.floor(Math.log10(extent.volume)) / 2;
  return Math.ceil(extent.volume / snap) * snap;
}
