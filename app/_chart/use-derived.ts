"use client";
import { useMemo } from "react";
import type { BarView } from "#lib/contracts/views.ts";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { useBarZone } from "../_live/zone.ts";
import type { ChosenIndicator } from "../_lib/chosen-indicators.ts";
import type { Older } from "./bar-loader.ts";
import { useIndicators, useLead } from "./use-indicators.ts";
import { volumeProfile } from "./_prepare/profile.ts";
import { timeTicks } from "./_prepare/ticks.ts";
import type { Viewport } from "./_prepare/viewport.ts";
import type { ChartData } from "./use-chart-data.ts";
import type { Scales, Visible } from "./use-series.ts";

/** Bins of the volume profile. */
const BINS = 44;
/** Pixels between labels of the time axis, at least. */
const LABEL_GAP = 90;

interface DerivedOptions {
  chosen: readonly ChosenIndicator[];
  older: Older;
  closed: readonly BarView[];
  visible: Visible;
  view: Viewport;
  scales: Scales;
  phone: boolean;
}

/** What is computed from the bars in sight: indicators, labels of time, volume by price. */
export function useDerived(data: ChartData, calendar: CalendarName, options: DerivedOptions) {
  const { chosen, older, closed, visible, view, scales, phone } = options;
  const sessions = calendarOf(calendar);
  const indicators = useIndicators(data, sessions, chosen, closed, visible);
  useLead(data, sessions, chosen, visible, older);
  const { interval } = data;
  const zone = useBarZone(interval);
  const ticks = useMemo(
    () => timeTicks(visible.bars, visible.first, { zone, interval, step: view.step, gap: LABEL_GAP }),
    [visible, zone, interval, view.step],
  );
  const { low, high } = scales.price;
  const profile = useMemo(
    () => (phone ? null : volumeProfile(visible.bars, low, high, BINS)),
    [visible, low, high, phone],
  );
  return { indicators, ticks, profile };
}
