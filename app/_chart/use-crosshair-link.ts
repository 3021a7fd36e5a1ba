"use client";
import { useContext, useEffect } from "react";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import { barEnd } from "../_lib/bars.ts";
import { ChartLinksContext } from "./chart-links.ts";
import type { CrosshairStore } from "./crosshair-store.ts";
import { positionOfTime } from "./_prepare/shared-range.ts";
import type { ChartData } from "./use-chart-data.ts";

/** The crosshairs of all charts of the page stand at the same time, each on the bar that holds it; nowhere where there is none. */
export function useCrosshairLink(
  crosshair: CrosshairStore,
  { series, interval }: ChartData,
  calendar: CalendarName,
): void {
  const { pointed } = useContext(ChartLinksContext);
  useEffect(() => {
    if (!pointed) return undefined;
    const holder = (time: number): number | null => {
      const position = positionOfTime(series, time);
      const bar = position === null ? undefined : series.at(position);
      return bar && time < barEnd(calendar, interval, bar.start) ? position : null;
    };
    const offOwn = crosshair.subscribe(() => {
      const at = crosshair.get();
      if (at?.echo !== true) pointed.set((at && series.at(at.position)?.start) ?? null, crosshair);
    });
    const offShared = pointed.subscribe((time, by) => {
      if (by === crosshair) return;
      // Of a pointer that goes from one chart to another the first may tell that it has left after the second has taken it.
      if (time === null && crosshair.get()?.echo !== true) return;
      const position = time === null ? null : holder(time);
      crosshair.set(position === null ? null : { position, y: null, echo: true });
    });
    return () => {
      offOwn();
      offShared();
    };
  }, [pointed, crosshair, series, interval, calendar]);
}
