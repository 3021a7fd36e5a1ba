import type { BarSeries } from "../bar-series.ts";
import { type PlacedView, positionAt, rightOf } from "./viewport.ts";

/** Positions of the first and the last bar whose middle is on the screen; null where there is none. */
export function inSight(
  series: Pick<BarSeries, "first" | "last" | "length">,
  view: PlacedView,
  width: number,
): { first: number; last: number } | null {
  if (series.length === 0) return null;
  const right = rightOf(view, width);
  // On an axis of time the bar nearest to an edge may lie beyond it.
  const left = Math.ceil(positionAt(view, 0));
  const end = Math.floor(positionAt(view, width));
  const first = Math.max(series.first, view.axis.slot(left) < view.left ? left + 1 : left);
  const last = Math.min(series.last, view.axis.slot(end) > right ? end - 1 : end);
  return first <= last ? { first, last } : null;
}
