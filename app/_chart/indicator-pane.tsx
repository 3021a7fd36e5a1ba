"use client";
import { memo, useCallback, useMemo, useRef, useSyncExternalStore } from "react";
import { ComposedChart, YAxis } from "recharts";
import type { Calendar } from "#lib/domain/calendar/calendar.ts";
import { kindOf } from "#lib/domain/indicators/kinds.ts";
import { price } from "../_lib/format.ts";
import type { BarSeries } from "./bar-series.ts";
import { ClosedIndicator, FormingIndicator } from "./indicator-lines.tsx";
import { TimeLines } from "./layers.tsx";
import { type ChartLayout, VOLUME_TOP } from "./layout.ts";
import { Layers, Pane } from "./pane.tsx";
import { Grid, NO_TIME } from "./panes.tsx";
import { lowerHeights, lowerPixels } from "./_prepare/pane-pixels.ts";
import { paneScale, type PaneScale } from "./_prepare/pane-scale.ts";
import type { PlacedBars, PositionRange } from "./_prepare/pieces.ts";
import type { TimeTick } from "./_prepare/ticks.ts";
import type { PlacedView } from "./_prepare/viewport.ts";
import { type DrawnIndicator, valuesAt } from "./use-indicators.ts";
import type { Visible } from "./use-series.ts";

interface IndicatorPaneProps {
  drawn: DrawnIndicator;
  calendar: Calendar;
  series: BarSeries;
  visible: Visible;
  layout: ChartLayout;
  view: PlacedView;
  ticks: readonly TimeTick[];
  /** All closed bars that are held, and which are in sight. */
  closed: PlacedBars;
  sight: PositionRange;
}

const isSame = (a: PaneScale, b: PaneScale): boolean => a.low === b.low && a.high === b.high;

/** The scale of what is in sight; another one only when the snapped edges move, not with every tick. */
function usePaneScale(
  { chosen, rows, run }: DrawnIndicator,
  series: BarSeries,
  newest: boolean,
  height: number,
): PaneScale {
  const kept = useRef<PaneScale | null>(null);
  const options = useMemo(
    () => ({
      range: kindOf(chosen.kind).range,
      zero: kindOf(chosen.kind).lines.some((line) => line.drawn === "histogram"),
      height,
    }),
    [chosen.kind, height],
  );
  const read = useCallback((): PaneScale => {
    const now = newest ? valuesAt(run, series, series.last) : null;
    const scale = paneScale(now ? [...rows, now] : rows, options);
    if (kept.current && isSame(kept.current, scale)) return kept.current;
    kept.current = scale;
    return scale;
  }, [rows, run, series, newest, options]);
  return useSyncExternalStore(series.onForming, read, read);
}

interface LabelProps {
  left: number;
  decimals: number;
  y?: number | string;
  payload?: { value: number };
}

function Label({ left, decimals, y, payload }: LabelProps) {
  return (
    <text x={left} y={Number(y) + 4}>
      {price(payload?.value, decimals)}
    </text>
  );
}

/** An indicator with a scale of its own below the volume. */
export const IndicatorPane = memo(function IndicatorPane(props: IndicatorPaneProps) {
  const { drawn, calendar, series, visible, layout, view, ticks, closed, sight } = props;
  const scale = usePaneScale(drawn, series, visible.newest, layout.lower - VOLUME_TOP);
  const lines = { drawn, calendar, visible };
  const heights = useMemo(() => lowerHeights(layout.lower, scale), [layout, scale]);
  const pixels = useMemo(() => lowerPixels(view, layout, layout.lower, heights), [view, layout, heights]);
  const axes = useMemo(
    () => (
      <ComposedChart
        width={layout.width}
        height={layout.lower}
        margin={{ top: VOLUME_TOP, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <Grid values={[...scale.ticks]} />
        {NO_TIME}
        <YAxis
          type="number"
          orientation="right"
          domain={[scale.low, scale.high]}
          allowDataOverflow
          width={layout.axis + layout.profile}
          ticks={[...scale.ticks]}
          interval={0}
          axisLine={false}
          tickLine={false}
          tick={<Label left={layout.width - layout.axis + 8} decimals={scale.decimals} />}
        />
        <Layers />
      </ComposedChart>
    ),
    [layout, scale],
  );
  return (
    <Pane axes={axes} pixels={pixels}>
      <TimeLines ticks={ticks} above={VOLUME_TOP} />
      <ClosedIndicator {...{ drawn, calendar, closed, sight }} />
      <FormingIndicator {...lines} series={series} />
    </Pane>
  );
});
