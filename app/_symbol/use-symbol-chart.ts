"use client";
import { useEffect, useMemo, useRef } from "react";
import type { InstrumentView } from "#lib/contracts/views.ts";
import type { ChartHandle } from "../_chart/use-chart-keys.ts";
import { type ChartData, useChartData } from "../_chart/use-chart-data.ts";
import { exportedView } from "../_export/exported.ts";
import type { ChartState } from "../_lib/chart-link.ts";
import { useTopics } from "../_live/live.tsx";
import { useBarZone } from "../_live/zone.ts";
import type { TimeRange } from "./use-distribution.ts";
import { useChartView } from "./use-chart-view.ts";
import { useNewAlert } from "./use-new-alert.ts";
import { useKeyMap } from "./use-key-map.ts";
import { useStudies } from "./use-studies.tsx";

interface SymbolChartOptions {
  /** As the chart begins. */
  link: ChartState;
  /** Whether the page's keys are this chart's. */
  isActive: boolean;
  /** Told of each change. */
  onState: (state: ChartState) => void;
  /** The range that is looked at closer. */
  range: TimeRange | null;
  onRange: (range: TimeRange | null) => void;
  /** Start of the bar whose lineage lies open at first. */
  opened?: number | null;
}

/** Whether a link's time has been reached: older pages are read until it is. */
function useCovered({ wanted, state }: ReturnType<typeof useChartData>, time: number | null): boolean {
  const { loader, series } = wanted;
  const { older } = state;
  const oldest = series.at(series.first)?.start ?? null;
  useEffect(() => {
    if (time !== null && oldest !== null && oldest > time && older.state === "idle") loader.loadOlder();
  }, [time, oldest, older, loader]);
  return time === null || oldest === null || oldest <= time || isOver(older.state);
}

const isOver = (state: string): boolean => state === "none" || state === "full" || state === "failed";

/** What is chosen of a chart, told on as it changes. */
function useChosenState(symbol: string, link: ChartState, onState: (state: ChartState) => void) {
  const view = useChartView(link);
  const studies = useStudies(symbol, link);
  const { interval, look, time } = view;
  const { bars, prices, to } = view.view;
  const indicators = studies.choosing.chosen;
  const compared = studies.comparing.symbols;
  const state = useMemo(
    (): ChartState => ({ interval, ...look, bars, prices, to, indicators, compared, time }),
    [interval, look, bars, prices, to, indicators, compared, time],
  );
  useEffect(() => onState(state), [onState, state]);
  return { ...view, studies };
}

/** Whether there was a split or dividend. */
const isAdjustable = ({ series }: ChartData): boolean => (series.adjustment?.steps.length ?? 0) > 0;

/** A symbol's chart: its bars, what is chosen of it, what its toolbar shows and what its panel draws. */
export function useSymbolChart(instrument: InstrumentView, options: SymbolChartOptions) {
  const { link, isActive, onState, range, onRange, opened = null } = options;
  const { symbol, calendar, legs = [] } = instrument;
  const chosen = useChosenState(symbol, link, onState);
  const { interval, setInterval, look, setLook, time, setTime, view, setView, saved, studies } = chosen;
  const clock = useBarZone(interval);
  const handle = useRef<ChartHandle>(null);
  const drawn = [symbol, ...studies.comparing.symbols];
  useTopics({
    quotes: [symbol, ...legs.map((leg) => leg.symbol)],
    bars: drawn.map((one) => ({ symbol: one, interval })),
    prints: [],
  });
  const data = useChartData(symbol, interval, time.extended ? null : calendar, look.adjust);
  const { wanted, state } = data;
  const onAlert = useNewAlert(instrument, handle);
  const choices = { onTime: setTime, onInterval: setInterval, onLook: setLook, onStudy: studies.setDialog };
  useKeyMap({ isActive, handle, look, onAlert, ...choices, drawing: studies.drawing });
  const adjustable = isAdjustable(data.shown ?? wanted);
  const shown = useCovered(data, saved.to) ? data.shown : null;
  const to = view.to ?? wanted.series.forming()?.start ?? null;
  const adjust = adjustable ? look.adjust : "raw";
  const exported = exportedView({ instrument, interval, from: view.from, to, extended: time.extended, adjust, clock });
  const press = (key: string): void => void handle.current?.key({ key, shiftKey: false });
  return {
    data,
    studies,
    chooseVisible: () => press("0"),
    toolbar: {
      ...choices,
      drawing: studies.drawing,
      interval,
      look,
      adjustable,
      exported,
      following: view.to === null,
      calendar,
      time,
      plotOf: () => handle.current?.plot() ?? null,
      onNewest: () => press("End"),
      onAlert,
    },
    panel: {
      instrument,
      shown,
      wanted,
      state,
      type: look.type,
      linear: time.linear,
      scale: look.scale,
      studies,
      saved,
      handle,
      // Another interval has other bars.
      opened: interval === link.interval ? opened : null,
      range,
      onView: setView,
      onRange,
    },
  };
}
