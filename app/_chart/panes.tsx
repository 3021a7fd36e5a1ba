"use client";
import { memo, useCallback, useMemo, useSyncExternalStore, type ReactNode } from "react";
import { CartesianGrid, ComposedChart, XAxis, YAxis } from "recharts";
import type { BarSeries } from "./bar-series.ts";
import type { ChartLayout } from "./layout.ts";
import { VOLUME_TOP } from "./layout.ts";
import type { PriceScale } from "./_prepare/domains.ts";
import { lowerPixels, pricePixels } from "./_prepare/pane-pixels.ts";
import { axisTicks } from "./_prepare/price-ticks.ts";
import { tickLabel } from "./_prepare/price-units.ts";
import type { TimeTick } from "./_prepare/ticks.ts";
import { type PlacedView, rightOf } from "./_prepare/viewport.ts";
import { PixelsContext } from "./use-pixels.ts";

interface PaneProps {
  layout: ChartLayout;
  view: PlacedView;
  children: ReactNode;
}

/** Room that the newest price's tag takes above its price, and below it with its countdown; pixels to a label's middle. */
const TAG_ABOVE = 15;
const TAG_BELOW = 32;

/** Places at the plot's edges. */
export const edgesOf = (view: PlacedView, { plotWidth }: ChartLayout): [number, number] => [
  view.left,
  rightOf(view, plotWidth),
];

interface TickProps {
  x?: number | string;
  y?: number | string;
  payload?: { value: number };
}

interface PriceLabelProps extends TickProps {
  left: number;
  decimals: number;
  scale: PriceScale;
  /** Whether the newest price's tag stands at this height. */
  isCovered: (y: number) => boolean;
  subscribe: (listener: () => void) => () => void;
}

/** Recharts clones a tick's element with its place and value. A label gives way to the newest price's tag. */
function PriceLabel({ left, decimals, scale, isCovered, subscribe, y, payload }: PriceLabelProps) {
  const read = (): boolean => isCovered(Number(y));
  const covered = useSyncExternalStore(subscribe, read, read);
  if (covered) return null;
  return (
    <text className="price-label" x={left} y={Number(y) + 4}>
      {payload && tickLabel(scale, payload.value, decimals)}
    </text>
  );
}

function TimeLabel({ top, labels, x, payload }: TickProps & { top: number; labels: ReadonlyMap<number, TimeTick> }) {
  const tick = labels.get(payload?.value ?? Number.NaN);
  return (
    <text x={Number(x)} y={top} textAnchor="middle" className={tick?.edge ? "day" : undefined}>
      {tick?.label ?? ""}
    </text>
  );
}

/** Recharts draws axes and grid; bars are layers of the same range. */
export const PricePane = memo(function PricePane({
  layout,
  view,
  scale,
  decimals,
  tickSize,
  series,
  children,
}: PaneProps & { scale: PriceScale; decimals: number; tickSize: number; series: BarSeries }) {
  const ticks = useMemo(() => axisTicks(scale, layout.plotHeight, tickSize), [scale, layout, tickSize]);
  const margin = useMemo(() => ({ top: layout.top, right: 0, bottom: layout.gap, left: 0 }), [layout]);
  const pixels = useMemo(() => pricePixels(view, layout, scale), [view, layout, scale]);
  const isCovered = useCallback(
    (y: number): boolean => {
      const bar = series.forming();
      if (!bar) return false;
      const below = y - pixels.y(bar.close);
      return below > -TAG_ABOVE && below < (bar.final ? TAG_ABOVE : TAG_BELOW);
    },
    [series, pixels],
  );
  const labelX = layout.width - layout.axis + 8;
  return (
    <ComposedChart width={layout.width} height={layout.priceHeight} margin={margin} accessibilityLayer={false}>
      <CartesianGrid vertical={false} stroke="var(--grid)" shapeRendering="crispEdges" horizontalValues={ticks} />
      <XAxis type="number" dataKey="position" domain={edgesOf(view, layout)} allowDataOverflow hide />
      <YAxis
        type="number"
        orientation="right"
        scale={scale.kind === "log" ? "log" : "linear"}
        domain={[scale.low, scale.high]}
        allowDataOverflow
        width={layout.axis + layout.profile}
        ticks={ticks}
        interval={0}
        axisLine={false}
        tickLine={false}
        tick={<PriceLabel {...{ left: labelX, decimals, scale, isCovered, subscribe: series.onForming }} />}
      />
      <PixelsContext value={pixels}>{children}</PixelsContext>
    </ComposedChart>
  );
});

interface TimeAxisProps {
  view: PlacedView;
  layout: ChartLayout;
  ticks: readonly TimeTick[];
  /** Pixels from the pane's top. */
  top: number;
}

/** The axis of time below the last pane. */
export function TimeAxis({ view, layout, ticks, top }: TimeAxisProps) {
  return (
    <XAxis
      type="number"
      dataKey="position"
      domain={edgesOf(view, layout)}
      allowDataOverflow
      height={layout.foot}
      ticks={ticks.map((tick) => tick.position)}
      interval={0}
      axisLine={false}
      tickLine={false}
      tick={<TimeLabel top={top + 16} labels={new Map(ticks.map((tick) => [tick.position, tick]))} />}
    />
  );
}

export const VolumePane = memo(function VolumePane({
  layout,
  view,
  top,
  ticks,
  children,
}: PaneProps & { top: number; ticks: readonly TimeTick[] }) {
  const margin = useMemo(() => ({ top: VOLUME_TOP, right: 0, bottom: 0, left: 0 }), []);
  const pixels = useMemo(() => lowerPixels(view, layout, layout.volume, { low: 0, high: top }), [view, layout, top]);
  const isLast = layout.lowerPanes === 0;
  const height = layout.volume + (isLast ? layout.foot : 0);
  return (
    <ComposedChart width={layout.width} height={height} margin={margin} accessibilityLayer={false}>
      {isLast ? (
        <TimeAxis {...{ view, layout, ticks }} top={layout.volume} />
      ) : (
        <XAxis type="number" dataKey="position" domain={edgesOf(view, layout)} allowDataOverflow hide />
      )}
      <YAxis
        type="number"
        orientation="right"
        domain={[0, top]}
        allowDataOverflow
        width={layout.axis + layout.profile}
        tick={false}
        axisLine={false}
        tickLine={false}
      />
      <PixelsContext value={pixels}>{children}</PixelsContext>
    </ComposedChart>
  );
});
