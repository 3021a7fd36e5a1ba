"use client";
import { useMemo } from "react";
import type { BarView } from "#lib/contracts/views.ts";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import type { ChartLayout } from "../layout.ts";
import type { PriceScale } from "../_prepare/domains.ts";
import type { PlacedView } from "../_prepare/viewport.ts";
import type { ChartData } from "../use-chart-data.ts";
import { timePlaces } from "./places.ts";
import type { Plane } from "./plane.ts";

interface PlaneOptions {
  closed: readonly BarView[];
  calendar: CalendarName;
  view: PlacedView;
  scale: PriceScale;
  layout: ChartLayout;
  tickSize: number;
}

/** Where a chart draws: the same object until what is in sight moves. */
export function useDrawingPlane({ series, interval, regular }: ChartData, options: PlaneOptions): Plane {
  const { closed, calendar, view, scale, layout, tickSize } = options;
  const { axis } = view;
  const places = useMemo(
    () => timePlaces({ series, axis, interval, calendar: calendarOf(calendar), regular }),
    [series, axis, interval, calendar, regular],
  );
  return useMemo(
    () => ({ places, view, scale, layout, tickSize }),
    // `closed` stands for the series, which lives outside React.
    // oxlint-disable-next-line react/exhaustive-deps
    [places, view, scale, layout, tickSize, closed],
  );
}
