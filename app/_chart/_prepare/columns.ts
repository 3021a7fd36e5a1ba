import type { BarView } from "#lib/contracts/views.ts";
import type { Visible } from "../use-series.ts";
import type { Scale } from "./paths.ts";

/** Bars as they are drawn: one a column of pixels where several share it. */
export interface Columns {
  bars: readonly BarView[];
  /** Number of the first column; column `c` stands at position `c · per`. */
  first: number;
  /** Bars a column. */
  per: number;
}

/** What several bars are together; the volume is that of the largest, because its axis is a bar's. */
function together(bars: readonly BarView[], from: number, to: number): BarView | undefined {
  const [first, last] = [bars[from], bars[to - 1]];
  if (!first || !last) return undefined;
  let { high, low, volume } = first;
  for (let i = from + 1; i < to; i++) {
    const bar = bars[i];
    if (!bar) continue;
    if (bar.high > high) high = bar.high;
    if (bar.low < low) low = bar.low;
    if (bar.volume !== null && volume !== null && bar.volume > volume) volume = bar.volume;
  }
  return { ...last, start: first.start, open: first.open, high, low, volume };
}

/**
 * Bars narrower than a pixel, joined to one of each column. Columns begin at multiples of their width whatever is in sight, so that
 * panning moves them and does not make them others.
 */
export function columnsOf({ bars, first }: Pick<Visible, "bars" | "first">, step: number): Columns {
  if (step >= 1) return { bars, first, per: 1 };
  const per = Math.round(1 / step);
  const from = Math.floor(first / per);
  const joined: BarView[] = [];
  for (let column = from; column * per < first + bars.length; column++) {
    const begin = Math.max(0, column * per - first);
    const bar = together(bars, begin, Math.min(bars.length, (column + 1) * per - first));
    if (bar) joined.push(bar);
  }
  return { bars: joined, first: from, per };
}

/** From a column's number to its pixel. */
export const columnScale = (x: Scale, { per }: Pick<Columns, "per">): Scale =>
  per === 1 ? x : (column) => x(column * per);
