import type { Micros } from "#lib/domain/interval.ts";
import { indexAt } from "../../_lib/bars.ts";
import type { BarSeries } from "../bar-series.ts";
import { FREE_BARS, positionAt, restored, type PlacedView, type Stage, type Viewport } from "./viewport.ts";

/** What charts with the same range have in sight: starts of the first and the last bar. */
export interface SharedRange {
  from: Micros;
  to: Micros;
  /** Stays with the newest bar as it moves on. */
  following: boolean;
}

/** Position of the bar that begins at `time` or last before it; null before the first. */
export function positionOfTime(series: BarSeries, time: Micros): number | null {
  const newest = series.forming();
  if (newest && time >= newest.start) return series.last;
  const index = indexAt(series.closed(), time);
  return index < 0 ? null : series.first + index;
}

/** The bars at the edges of what is in sight; null while there are none. */
export function rangeInSight(view: PlacedView, stage: Stage, series: BarSeries): SharedRange | null {
  const left = series.at(Math.max(series.first, Math.ceil(positionAt(view, 0))));
  const right = series.at(Math.min(series.last, Math.round(positionAt(view, stage.width - view.step / 2))));
  return left && right ? { from: left.start, to: right.start, following: view.following } : null;
}

/** The view whose bars cover a range, as nearly as whole pixels from bar to bar allow; it ends with the range. */
export function viewOfRange(
  { from, to, following }: SharedRange,
  { axis }: PlacedView,
  stage: Stage,
  series: BarSeries,
): Viewport {
  const first = axis.slot(positionOfTime(series, from) ?? series.first);
  const last = following ? stage.last : axis.slot(positionOfTime(series, to) ?? series.first);
  const bars = Math.max(1, last - first + 1);
  return following ? restored(bars + FREE_BARS, null, stage) : restored(bars, last, stage);
}
