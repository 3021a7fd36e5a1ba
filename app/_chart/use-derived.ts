"use client";
import { useMemo } from "react";
import type { BarView } from "#lib/contracts/views.ts";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { useBarZone } from "../_live/zone.ts";
import type { ChosenIndicator } from "../_lib/chosen-indicators.ts";
import type { Older } from "./bar-loader.ts";
import { useIndicators, useLead } from "./use-indicators.ts";
import type { ChartLayout } from "./layout.ts";
import { timeTicks } from "./_prepare/ticks.ts";
import { SIDE_BY_SIDE, slotTimes } from "./_prepare/time-axis.ts";
import { type PlacedView, rightOf } from "./_prepare/viewport.ts";
import type { ChartData } from "./use-chart-data.ts";
import type { Scales, Visible } from "./use-series.ts";
import { useVisibleProfile } from "./use-visible-profile.ts";

/** Pixels between labels of the time axis, at least. */
const LABEL_GAP = 90;

interface DerivedOptions {
  chosen: readonly ChosenIndicator[];
  older: Older;
  closed: readonly BarView[];
  visible: Visible;
  view: PlacedView;
  layout: ChartLayout;
  scales: Scales;
}

/** What is computed from the bars in sight: indicators, labels of time, volume by price. */
export function useDerived(data: ChartData, calendar: CalendarName, options: DerivedOptions) {
  const { chosen, older, closed, visible, view, layout, scales } = options;
  const sessions = calendarOf(calendar);
  const indicators = useIndicators(data, sessions, chosen, closed, visible);
  useLead(data, sessions, chosen, visible, older);
  const { interval } = data;
  const zone = useBarZone(interval);
  const { axis, step } = view;
  const [from, to] = [Math.floor(view.left) - 1, Math.ceil(rightOf(view, layout.plotWidth)) + 1];
  const ticks = useMemo(() => {
    const labels = { zone, interval, step, gap: LABEL_GAP };
    return axis === SIDE_BY_SIDE
      ? timeTicks(visible.bars, visible.first, labels)
      : timeTicks(slotTimes(axis, from, to), from, labels);
  }, [visible, zone, interval, axis, step, from, to]);
  const profile = useVisibleProfile(data, calendar, { visible, view, layout, scales });
  return { indicators, ticks, profile };
}
