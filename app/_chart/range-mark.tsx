"use client";
import { indexAt } from "../_lib/bars.ts";
import type { BarSeries } from "./bar-series.ts";
import type { ChartLayout } from "./layout.ts";
import { xOf, type PlacedView } from "./_prepare/viewport.ts";
import type { BarRange } from "./use-range.ts";

interface RangeMarkProps {
  series: BarSeries;
  layout: ChartLayout;
  view: PlacedView;
  range: BarRange;
}

/** The bars of the chosen range. */
export function RangeMark({ series, layout, view, range }: RangeMarkProps) {
  const { plotWidth, height, foot } = layout;
  const bars = series.closed();
  const first = series.first + Math.max(0, indexAt(bars, range.first));
  const last =
    range.last >= (series.at(series.last)?.start ?? Infinity)
      ? series.last
      : series.first + Math.max(0, indexAt(bars, range.last));
  const left = Math.max(0, xOf(view, first) - Math.ceil(view.step / 2));
  const right = Math.min(plotWidth, xOf(view, last) + Math.ceil(view.step / 2));
  if (right <= left) return null;
  return <rect className="range" x={left} y={0} width={right - left} height={height - foot} />;
}
