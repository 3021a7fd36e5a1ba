"use client";
import { useEffect, useRef } from "react";
import { indexAt } from "../_lib/bars.ts";
import type { PriceRange } from "../_lib/price-scales.ts";
import type { TimeAxis } from "./_prepare/time-axis.ts";
import {
  DEFAULT_STEP,
  type PlacedView,
  positionAt,
  restored,
  type Stage,
  type Viewport,
  visibleBars,
} from "./_prepare/viewport.ts";
import type { ChartData } from "./use-chart-data.ts";

/** What a link keeps of a view. */
export interface SavedView {
  /** How many bars are in sight; null: as many as fit at the usual size. */
  bars: number | null;
  /** Prices at the plot's edges, where somebody set them. */
  prices: PriceRange | null;
  /** Start of the rightmost bar, microseconds; null while the view follows the newest. */
  to: number | null;
}

/** A saved view, and where it begins. */
export interface ReportedView extends SavedView {
  from: number | null;
}

/** The view that a link asks for. */
export function savedViewport(stage: Stage, { series }: ChartData, axis: TimeAxis, saved: SavedView): Viewport {
  if (saved.to === null) return restored(saved.bars, null, stage);
  const held = indexAt(series.closed(), saved.to);
  return restored(saved.bars, axis.slot(series.first + Math.max(0, held)), stage);
}

/** The page hears of a view that moves when it has come to rest, milliseconds: hearing of each step would draw the page each time. */
const AT_REST = 120;

/** Tells the page what is in sight, for its address and its export; at once whether the chart follows the newest bar. */
export function useViewReport(
  view: PlacedView,
  stage: Stage,
  { series }: ChartData,
  prices: PriceRange | null,
  onView: (view: ReportedView) => void,
): void {
  const reported = useRef<boolean | null>(null);
  useEffect(() => {
    const report = (): void => {
      const right = Math.min(series.last, Math.round(positionAt(view, stage.width - view.step / 2)));
      const left = Math.max(series.first, Math.ceil(positionAt(view, 0)));
      reported.current = view.following;
      onView({
        bars: view.step === DEFAULT_STEP ? null : Math.round(visibleBars(view, stage.width)),
        prices,
        to: view.following ? null : (series.at(right)?.start ?? null),
        from: series.at(left)?.start ?? null,
      });
    };
    if (reported.current !== view.following) {
      report();
      return undefined;
    }
    const timer = setTimeout(report, AT_REST);
    return () => clearTimeout(timer);
  }, [view, stage, series, prices, onView]);
}
