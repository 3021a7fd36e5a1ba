import type { BarView } from "#lib/contracts/views.ts";
import type { Pixels } from "./paths.ts";
import type { TimeAxis } from "./time-axis.ts";

/** Pixels of a piece, about: a browser paints in tiles of this size. */
const PIECE = 256;

/** The positions of bars in sight, the end exclusive. */
export interface PositionRange {
  from: number;
  to: number;
}

/** Bars side by side, the first of them at a position. */
export interface PlacedBars {
  bars: readonly BarView[];
  first: number;
}

/** Those of some positions; none where there are none. */
export function between({ bars, first }: PlacedBars, from: number, to: number): PlacedBars {
  const skipped = Math.max(0, from - first);
  return { bars: bars.slice(skipped, Math.max(skipped, to - first)), first: first + skipped };
}

/** The pieces in which bars in sight are drawn. They begin at the same bars wherever the chart is moved, and never within a column of pixels. */
export function piecesOf({ from, to }: PositionRange, step: number): PositionRange[] {
  const length = step >= 1 ? Math.ceil(PIECE / step) : PIECE * Math.round(1 / step);
  const pieces: PositionRange[] = [];
  for (let start = Math.floor(from / length) * length; start < to; start += length) {
    pieces.push({ from: start, to: start + length });
  }
  return pieces;
}

/** The place from which a piece is drawn: a whole pixel, also where the bar at which it begins stands between two. */
export const pieceOrigin = (axis: TimeAxis, step: number, from: number): number =>
  Math.round(axis.slot(from) * step) / step;

/** Pixels counted from the left edge of the piece that begins at `from`. */
export function piecePixels({ axis, step, y }: Pick<Pixels, "step" | "y"> & { axis: TimeAxis }, from: number): Pixels {
  const origin = pieceOrigin(axis, step, from);
  return { x: (position) => (axis.slot(position) - origin) * step, y, step };
}
