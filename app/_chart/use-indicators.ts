"use client";
import { useEffect, useMemo } from "react";
import type { BarView } from "#lib/contracts/views.ts";
import type { Calendar } from "#lib/domain/calendar/calendar.ts";
import { leadOf } from "#lib/domain/indicators/lead.ts";
import { IndicatorRun } from "#lib/domain/indicators/run.ts";
import { formatSpec } from "#lib/domain/indicators/spec.ts";
import type { Values } from "#lib/domain/indicators/values.ts";
import { type ChosenIndicator, isInPane } from "../_lib/chosen-indicators.ts";
import type { Older } from "./bar-loader.ts";
import type { BarSeries } from "./bar-series.ts";
import { lineStyles, type LineStyle } from "./_prepare/line-styles.ts";
import type { ChartData } from "./use-chart-data.ts";
import type { Visible } from "./use-series.ts";

/** An indicator on a chart. */
export interface DrawnIndicator {
  chosen: ChosenIndicator;
  /** Where it stands among the chosen ones. */
  place: number;
  run: IndicatorRun;
  style: LineStyle;
  /** The values after each closed bar that is held. */
  all: readonly Values[];
  /** The values after each bar of `visible`. */
  rows: readonly Values[];
}

/** The values after the bar at a position: of the newest one as if it had closed. null where there is no such bar. */
export function valuesAt(run: IndicatorRun, series: BarSeries, position: number): Values | null {
  const closed = run.take(series.closed());
  const forming = position === series.last ? series.forming() : null;
  return forming ? run.peek(forming) : (closed[position - series.first] ?? null);
}

/** The chosen indicators over the closed bars in sight; what is computed is kept while their numbers and the bars stay. */
export function useIndicators(
  { series, interval }: ChartData,
  calendar: Calendar,
  chosen: readonly ChosenIndicator[],
  closed: readonly BarView[],
  visible: Visible,
): DrawnIndicator[] {
  const key = chosen.map(formatSpec).join(",");
  const runs = useMemo(
    () => chosen.map((spec) => new IndicatorRun(spec, { calendar, interval })),
    // A change of colour computes nothing anew; `series` stands for the symbol.
    // oxlint-disable-next-line react/exhaustive-deps
    [key, calendar, interval, series],
  );
  return useMemo(() => {
    const styles = lineStyles(chosen, isInPane);
    const skipped = visible.first - series.first;
    return chosen.flatMap((one, place): DrawnIndicator[] => {
      const [run, style] = [runs[place], styles[place]];
      if (!run || !style) return [];
      const all = run.take(closed);
      const rows = all.slice(skipped, skipped + visible.bars.length);
      return [{ chosen: one, place, run, style, all, rows }];
    });
  }, [chosen, runs, closed, visible, series]);
}

/** Reads older bars until the first value in sight depends on no bar that is not held. */
export function useLead(
  { series, loader, interval }: ChartData,
  calendar: Calendar,
  chosen: readonly ChosenIndicator[],
  visible: Visible,
  older: Older,
): void {
  const first = visible.bars[0]?.start;
  const before = visible.first - series.first;
  const oldest = series.at(series.first)?.start;
  useEffect(() => {
    if (older.state !== "idle" || first === undefined || oldest === undefined) return;
    const lead = leadOf(chosen, { calendar, interval }, first);
    if (before < lead.bars || oldest > lead.from) loader.loadOlder();
  }, [older, first, before, oldest, chosen, calendar, interval, loader]);
}
