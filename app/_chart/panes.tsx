"use client";
import { memo, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import { CartesianGrid, ComposedChart, XAxis, YAxis } from "recharts";
import type { BarSeries } from "./bar-series.ts";
import type { ChartLayout } from "./layout.ts";
import { VOLUME_TOP } from "./layout.ts";
import type { PriceScale } from "./_prepare/domains.ts";
import { lowerHeights, lowerPixels, pricePixels } from "./_prepare/pane-pixels.ts";
import { priceHeights } from "./_prepare/price-pixels.ts";
import { axisTicks } from "./_prepare/price-ticks.ts";
import { tickLabel } from "./_prepare/price-units.ts";
import { keepTicks, type TimeTick } from "./_prepare/ticks.ts";
import type { PlacedView } from "./_prepare/viewport.ts";
import { Layers, Pane } from "./pane.tsx";

interface PaneProps {
  layout: ChartLayout;
  view: PlacedView;
  children: ReactNode;
}

/** Room that the newest price's tag takes above its price, and below it with its countdown; pixels to a label's middle. */
const TAG_ABOVE = 15;
const TAG_BELOW = 32;

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

function TimeLabel({ labels, x, payload }: TickProps & { labels: ReadonlyMap<number, TimeTick> }) {
  const tick = labels.get(payload?.value ?? Number.NaN);
  return (
    <text x={Number(x)} y={16} textAnchor="middle" className={tick?.edge ? "time-label day" : "time-label"}>
      {tick?.label ?? ""}
    </text>
  );
}

const NO_LINES = (): number[] => [];

/** What of Recharts a pane above the axis of time knows of time: nothing, so that a step of a pan leaves it at rest. */
export const NO_TIME = <XAxis type="number" domain={[0, 1]} hide />;

/** Lines at these values; those of time are a layer. */
export const Grid = ({ values }: { values: number[] }): ReactNode => (
  <CartesianGrid
    vertical={false}
    verticalCoordinatesGenerator={NO_LINES}
    stroke="var(--grid)"
    shapeRendering="crispEdges"
    horizontalValues={values}
  />
);

/** Recharts draws the axis and the grid of prices, bars are layers in the same pixels. */
export const PricePane = memo(function PricePane({
  layout,
  view,
  scale,
  decimals,
  tickSize,
  series,
  children,
}: PaneProps & { scale: PriceScale; decimals: number; tickSize: number; series: BarSeries }) {
  const heights = useMemo(() => priceHeights(scale, layout), [scale, layout]);
  const pixels = useMemo(() => pricePixels(view, layout, heights), [view, layout, heights]);
  const axes = useMemo(() => {
    const ticks = axisTicks(scale, layout.plotHeight, tickSize);
    const isCovered = (y: number): boolean => {
      const bar = series.forming();
      if (!bar) return false;
      const below = y - heights(bar.close);
      return below > -TAG_ABOVE && below < (bar.final ? TAG_ABOVE : TAG_BELOW);
    };
    const label = { left: layout.width - layout.axis + 8, decimals, scale, isCovered, subscribe: series.onForming };
    return (
      <ComposedChart
        width={layout.width}
        height={layout.priceHeight}
        margin={{ top: layout.top, right: 0, bottom: layout.gap, left: 0 }}
        accessibilityLayer={false}
      >
        <Grid values={ticks} />
        {NO_TIME}
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
          tick={<PriceLabel {...label} />}
        />
        <Layers />
      </ComposedChart>
    );
  }, [scale, heights, layout, tickSize, series, decimals]);
  return (
    <Pane axes={axes} pixels={pixels}>
      {children}
    </Pane>
  );
});

export const VolumePane = memo(function VolumePane({ layout, view, top, children }: PaneProps & { top: number }) {
  const heights = useMemo(() => lowerHeights(layout.volume, { low: 0, high: top }), [layout, top]);
  const pixels = useMemo(() => lowerPixels(view, layout, layout.volume, heights), [view, layout, heights]);
  const axes = useMemo(
    () => (
      <ComposedChart
        width={layout.width}
        height={layout.volume}
        margin={{ top: VOLUME_TOP, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        {NO_TIME}
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
        <Layers />
      </ComposedChart>
    ),
    [layout, top],
  );
  return (
    <Pane axes={axes} pixels={pixels}>
      {children}
    </Pane>
  );
});

/** Pixels that the axis of time is drawn beyond what is seen. */
const STRIDE = 128;

interface TimePaneProps {
  layout: ChartLayout;
  view: PlacedView;
  ticks: readonly TimeTick[];
}

/** The axis of time below all panes. Recharts draws it a stride wider than it is seen, and anew when that or a label comes or goes. */
export const TimePane = memo(function TimePane({ layout, view: { left, step }, ticks }: TimePaneProps) {
  const [keep] = useState(keepTicks);
  const labelled = keep(ticks);
  const stride = STRIDE / step;
  const begin = Math.floor(left / stride) * stride;
  const axis = useMemo(() => {
    const { width, plotWidth, foot } = layout;
    return (
      <ComposedChart
        width={width + STRIDE}
        height={foot}
        margin={{ top: 0, right: width - plotWidth, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <XAxis
          type="number"
          dataKey="position"
          domain={[begin, begin + (plotWidth + STRIDE) / step]}
          allowDataOverflow
          height={foot}
          ticks={labelled.map((tick) => tick.position)}
          interval={0}
          axisLine={false}
          tickLine={false}
          tick={<TimeLabel labels={new Map(labelled.map((tick) => [tick.position, tick]))} />}
        />
      </ComposedChart>
    );
  }, [layout, begin, step, labelled]);
  return <div style={{ transform: `translateX(${Math.round((begin - left) * step)}px)` }}>{axis}</div>;
});
