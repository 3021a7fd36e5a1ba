"use client";
import { useCallback, useState } from "react";
import type { Interval } from "#lib/domain/interval.ts";
import type { ReportedView, SavedView } from "../_chart/use-view-report.ts";
import type { ChartLink, TimeView } from "../_lib/chart-link.ts";

/** What the chart draws and which part of it is in sight: first what the link says, then what is chosen. */
export function useChartView(link: ChartLink) {
  const [interval, chooseInterval] = useState(link.interval);
  const [type, setType] = useState(link.type);
  const [time, chooseTime] = useState(link.time);
  const [view, setView] = useState<ReportedView>({ bars: link.bars, to: link.to, from: null });
  const [saved, setSaved] = useState<SavedView>({ bars: link.bars, to: link.to });
  // A new chart shows as many bars and ends where the old one did.
  const keep = useCallback(() => setSaved({ bars: view.bars, to: view.to }), [view]);
  const setInterval = useCallback(
    (next: Interval) => {
      keep();
      chooseInterval(next);
    },
    [keep],
  );
  const setTime = useCallback(
    (next: TimeView) => {
      keep();
      chooseTime(next);
    },
    [keep],
  );
  return { interval, setInterval, type, setType, time, setTime, view, setView, saved };
}
