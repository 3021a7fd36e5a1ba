"use client";
import type { BarSeries } from "./bar-series.ts";
import { actionMarks, MARK } from "./_prepare/action-marks.ts";
import type { PlacedView } from "./_prepare/viewport.ts";
import type { ChartLayout } from "./layout.ts";
import { useClosed } from "./use-series.ts";

interface ActionMarksProps {
  series: BarSeries;
  layout: ChartLayout;
  view: PlacedView;
}

/** Splits and dividends on the time axis, at the first bar of their ex-day. */
export function ActionMarks({ series, layout, view }: ActionMarksProps) {
  // Where the bars stand changes with them.
  useClosed(series);
  const { adjustment } = series;
  if (!adjustment || adjustment.steps.length === 0) return null;
  const { height, foot, plotWidth } = layout;
  const top = height - foot - MARK - 2;
  return actionMarks(adjustment, series, view, plotWidth).map(({ x, letter, words }) => (
    <g key={x} className="action-mark">
      <title>{words}</title>
      <rect x={x - (MARK - 1) / 2} y={top + 0.5} width={MARK} height={MARK} rx={3} />
      <text x={x + 0.5} y={top + 12}>
        {letter}
      </text>
    </g>
  ));
}
