"use client";
import { useCallback } from "react";
import type { InstrumentView } from "#lib/contracts/views.ts";
import type { ChartState } from "../_lib/chart-link.ts";
import { ChartPanel } from "../_symbol/chart-panel.tsx";
import { Toolbar } from "../_symbol/toolbar.tsx";
import { StudyDialogs } from "../_symbol/use-studies.tsx";
import type { TimeRange } from "../_symbol/use-distribution.ts";
import { useSymbolChart } from "../_symbol/use-symbol-chart.ts";
import { type Panel, withChart } from "./_layout/desk.ts";
import type { DeskHandle } from "./use-desk.ts";

interface ChartViewProps {
  id: number;
  panel: Panel;
  instrument: InstrumentView;
  handle: DeskHandle;
}

/** A chart in a panel, with its toolbar. */
export function ChartView({ id, panel, instrument, handle }: ChartViewProps) {
  const { change, active, rangeOf, setRange } = handle;
  const onState = useCallback((chart: ChartState) => change((before) => withChart(before, id, chart)), [change, id]);
  const onRange = useCallback((range: TimeRange | null) => setRange(id, range), [setRange, id]);
  const {
    toolbar,
    panel: drawn,
    studies,
  } = useSymbolChart(instrument, {
    link: panel.chart,
    isActive: active === id,
    onState,
    range: rangeOf(id),
    onRange,
  });
  return (
    <>
      <Toolbar {...toolbar} />
      <ChartPanel {...drawn} />
      <StudyDialogs symbol={instrument.symbol} tickSize={instrument.tickSize} studies={studies} />
    </>
  );
}
