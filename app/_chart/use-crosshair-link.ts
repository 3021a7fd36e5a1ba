"use client";
import { useContext, useEffect } from "react";
import type { BarSeries } from "./bar-series.ts";
import { ChartLinksContext } from "./chart-links.ts";
import type { CrosshairStore } from "./crosshair-store.ts";
import { positionOfTime } from "./_prepare/shared-range.ts";

/** The crosshairs of all charts of the page stand at the same time, each on its own bar. */
export function useCrosshairLink(crosshair: CrosshairStore, series: BarSeries): void {
  const { pointed } = useContext(ChartLinksContext);
  useEffect(() => {
    if (!pointed) return undefined;
    const offOwn = crosshair.subscribe(() => {
      const at = crosshair.get();
      if (at?.echo !== true) pointed.set((at && series.at(at.position)?.start) ?? null, crosshair);
    });
    const offShared = pointed.subscribe((time, by) => {
      if (by === crosshair) return;
      const position = time === null ? null : positionOfTime(series, time);
      crosshair.set(position === null ? null : { position, y: null, echo: true });
    });
    return () => {
      offOwn();
      offShared();
    };
  }, [pointed, crosshair, series]);
}
