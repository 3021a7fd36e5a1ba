"use client";
import { indexAt } from "../_lib/bars.ts";
import type { BarSeries } from "./bar-series.ts";
import type { ChartLayout } from "./layout.ts";
import { xOf, type Viewport } from "./_prepare/viewport.ts";
import type { BarRange } from "./use-range.ts";

interface RangeMarkProps {
  series: BarSeries;
  layout: ChartLayout;
  view: Viewport;
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
  const left = Math.max(0, xOf(view, first - 0.5));
  const right = Math.min(plotWidth, xOf(view, last + 0.5));
  if (right <= left) return null;
  return <rect className="range" x={left} y={0} width={right - left} height={height - foot} />;
}
