"use client";
import { useId } from "react";
import type { BarSeries } from "./bar-series.ts";
import type { ChartLayout } from "./layout.ts";
import type { PriceScale } from "./_prepare/domains.ts";
import { bodyWidth } from "./_prepare/paths.ts";
import { yOfPrice } from "./_prepare/price-pixels.ts";
import { xOf, type PlacedView } from "./_prepare/viewport.ts";

interface MarkProps {
  series: BarSeries;
  layout: ChartLayout;
  view: PlacedView;
}

/** Edges between plot, profile, volume and axes. */
export function Seams({ layout }: { layout: ChartLayout }) {
  const { width, height, foot, plotWidth, priceHeight, volume, lower, lowerPanes } = layout;
  const floor = height - foot + 0.5;
  return (
    <g>
      <line className="seam" x1={0} x2={width} y1={priceHeight + 0.5} y2={priceHeight + 0.5} />
      {Array.from({ length: lowerPanes }, (_, pane) => priceHeight + volume + pane * lower + 0.5).map((y) => (
        <line key={y} className="seam" x1={0} x2={width} y1={y} y2={y} />
      ))}
      <line className="seam" x1={0} x2={width} y1={floor} y2={floor} />
      <line className="seam" x1={plotWidth + 0.5} x2={plotWidth + 0.5} y1={0} y2={height - foot} />
    </g>
  );
}

/** Hatching from the newest bar on: from there nothing is known. */
export function StaleHatch({ series, layout, view }: MarkProps) {
  const id = useId();
  const { height, foot, top, plotWidth } = layout;
  const x = xOf(view, series.last) + view.step;
  if (x >= plotWidth) return null;
  const left = Math.max(0, x);
  return (
    <>
      <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path className="hatch" d="M0 0V6" />
      </pattern>
      <rect
        x={left}
        y={top - 8}
        width={plotWidth - left}
        height={height - foot - top + 8}
        fill={`url(#${id})`}
        opacity={0.5}
      />
    </>
  );
}

/** The bar that was clicked. */
export function PickedBar({
  series,
  layout,
  view,
  scale,
  position,
}: MarkProps & { scale: PriceScale; position: number }) {
  const bar = series.at(position);
  const x = xOf(view, position);
  if (!bar || x < 0 || x > layout.plotWidth) return null;
  const width = bodyWidth(view.step) + 4;
  const top = yOfPrice(bar.high, scale, layout);
  const bottom = yOfPrice(bar.low, scale, layout);
  return (
    <g className="picked">
      <rect x={x - width / 2 + 0.5} y={top - 4} width={width} height={bottom - top + 8} rx={2} />
      <path d={`M${x + 0.5} ${top - 8}l3 -4h-6z`} />
    </g>
  );
}
