"use client";
import { useCallback, useState } from "react";
import type { Interval } from "#lib/domain/interval.ts";
import type { ReportedView, SavedView } from "../_chart/use-view-report.ts";
import type { ChartLook } from "../_lib/chart-keys.ts";
import type { ChartState, TimeView } from "../_lib/chart-link.ts";

const savedOf = ({ bars, prices, to }: SavedView): SavedView => ({ bars, prices, to });

/** What the chart draws and which part of it is in sight: first what the link says, then what is chosen. */
export function useChartView(link: ChartState) {
  const [interval, chooseInterval] = useState(link.interval);
  const [look, chooseLook] = useState<ChartLook>({ type: link.type, scale: link.scale, adjust: link.adjust });
  const [time, chooseTime] = useState(link.time);
  const [view, setView] = useState<ReportedView>({ ...savedOf(link), from: null });
  const [saved, setSaved] = useState<SavedView>(savedOf(link));
  // A new chart shows as many bars and ends where the old one did.
  const keep = useCallback(() => setSaved(savedOf(view)), [view]);
  const setInterval = useCallback(
    (next: Interval) => {
      keep();
      chooseInterval(next);
    },
    [keep],
  );
  const setLook = useCallback(
    (next: ChartLook) => {
      // Prices at the edges are of bars adjusted as before.
      if (next.adjust !== look.adjust) setSaved({ ...savedOf(view), prices: null });
      chooseLook(next);
    },
    [look.adjust, view],
  );
  const setTime = useCallback(
    (next: TimeView) => {
      keep();
      chooseTime(next);
    },
    [keep],
  );
  return { interval, setInterval, look, setLook, time, setTime, view, setView, saved };
}
