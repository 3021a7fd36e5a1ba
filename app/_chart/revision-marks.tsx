"use client";
import { useSyncExternalStore } from "react";
import type { BarSeries } from "./bar-series.ts";
import type { ChartLayout } from "./layout.ts";
import type { PriceScale } from "./_prepare/domains.ts";
import { bodyWidth } from "./_prepare/paths.ts";
import { yOfPrice } from "./_prepare/price-pixels.ts";
import { xOf, type PlacedView } from "./_prepare/viewport.ts";

interface RevisionMarksProps {
  series: BarSeries;
  layout: ChartLayout;
  view: PlacedView;
  scale: PriceScale;
}

/** Bars that have just been rewritten: a tint that fades, and an outline where nothing may move. */
export function RevisionMarks({ series, layout, view, scale }: RevisionMarksProps) {
  const { revisions } = series;
  const marked = useSyncExternalStore(revisions.subscribe, revisions.marked, revisions.marked);
  return marked.map(({ id, start, after }) => {
    const position = series.positionOf(start);
    const x = position === null ? -1 : xOf(view, position);
    if (!after || x < 0 || x > layout.plotWidth) return null;
    const width = bodyWidth(view.step) + 6;
    const top = yOfPrice(after.high, scale, layout) - 5;
    const bottom = yOfPrice(after.low, scale, layout) + 5;
    return (
      <rect key={id} className="revised" x={x - width / 2 + 0.5} y={top} width={width} height={bottom - top} rx={2} />
    );
  });
}
