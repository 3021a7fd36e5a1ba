"use client";
import { useCallback, useMemo, useState } from "react";
import type { BarView } from "#lib/contracts/views.ts";
import type { ChartType } from "../_lib/chart-types.ts";
import type { BarSeries } from "./bar-series.ts";
import { continuedHeikinAshi, heikinAshiBar } from "./_prepare/heikin-ashi.ts";
import { between, type PlacedBars } from "./_prepare/pieces.ts";
import type { Visible } from "./use-series.ts";

/** Bars as the chart's type draws them. */
export interface Shaped {
  /** All closed ones that are held. */
  closed: PlacedBars;
  visible: Visible;
  /** Of the newest bar. */
  shape: (bar: BarView) => BarView;
  /** The bar before the newest, as it is drawn. */
  before: BarView | undefined;
  /** The Heikin-Ashi bar at a position; null on a chart of another type. */
  heikinAshiAt: ((position: number) => BarView | undefined) | null;
}

/** Heikin-Ashi bars on a chart of that type, otherwise the bars themselves. */
export function useShape(type: ChartType, held: PlacedBars, series: BarSeries, visible: Visible): Shaped {
  const { bars: closed } = held;
  const [averages] = useState(continuedHeikinAshi);
  const bars = useMemo(() => (type === "heikin-ashi" ? averages(closed) : null), [type, closed, averages]);
  const all = useMemo(() => (bars ? { bars, first: held.first } : held), [bars, held]);
  const drawn = useMemo(
    (): Visible =>
      bars ? { ...visible, ...between(all, visible.first, visible.first + visible.bars.length) } : visible,
    [bars, all, visible],
  );
  const before = bars ? bars.at(-1) : closed.at(-1);
  const shape = useCallback((bar: BarView) => (bars ? heikinAshiBar(before, bar) : bar), [bars, before]);
  const heikinAshiAt = useCallback(
    (position: number): BarView | undefined => {
      const forming = position === series.last ? series.forming() : null;
      return forming ? shape(forming) : bars?.[position - series.first];
    },
    [bars, series, shape],
  );
  return { closed: all, visible: drawn, shape, before, heikinAshiAt: bars && heikinAshiAt };
}
