import type { Values } from "#lib/domain/indicators/values.ts";
import { niceStep, priceTicks } from "./ticks.ts";

export interface PaneScale {
  low: number;
  high: number;
  ticks: readonly number[];
  /** Decimals that the labels need. */
  decimals: number;
}

/** Pixels from one label to the next, at least. */
const LABEL_EVERY = 16;
/** Shares of a fixed range at which its labels stand, where there is room; else the outer two. */
const SHARES = [0.3, 0.5, 0.7];

const decimalsFor = (step: number): number => Math.min(10, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));

/**
 * The scale of a pane that shows these rows: a fixed range where the indicator has one, else what is in sight, padded and snapped outward
 * so that the forming bar rarely moves it. `zero` keeps zero in it.
 */
export function paneScale(
  rows: readonly Values[],
  options: { range?: readonly [number, number] | undefined; zero: boolean; height: number },
): PaneScale {
  if (options.range) {
    const [bottom, top] = options.range;
    const shares = options.height * 0.2 < LABEL_EVERY - 2 ? SHARES.filter((share) => share !== 0.5) : SHARES;
    return { low: bottom, high: top, ticks: shares.map((share) => bottom + share * (top - bottom)), decimals: 0 };
  }
  let [low, high] = options.zero ? [0, 0] : [Infinity, -Infinity];
  for (const row of rows) {
    for (const value of row) {
      if (value === null) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (!(low <= high)) return { low: 0, high: 1, ticks: [], decimals: 0 };
  const range = Math.max(high - low, Math.abs(high) * 1e-6, 1e-9);
  const step = niceStep(range, Math.min(3, options.height / LABEL_EVERY / 1.5), 1e-9);
  const snap = step / 4;
  const bottom = Math.floor((low - range * 0.05) / snap) * snap;
  const top = Math.ceil((high + range * 0.05) / snap) * snap;
  return { low: bottom, high: top, ticks: priceTicks(bottom + snap, top - snap, step), decimals: decimalsFor(step) };
}
