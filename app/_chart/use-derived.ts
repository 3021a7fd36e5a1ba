"use client";
import { useCallback, useMemo } from "react";
import type { BarView } from "#lib/contracts/views.ts";
import type { Calendar, CalendarName } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { useBarZone } from "../_live/zone.ts";
import { volumeProfile } from "./_prepare/profile.ts";
import { bySession, plusBar, sessionSums, vwapOf } from "./_prepare/session-vwap.ts";
import { timeTicks } from "./_prepare/ticks.ts";
import type { Viewport } from "./_prepare/viewport.ts";
import type { ChartData } from "./use-chart-data.ts";
import type { Scales, Visible } from "./use-series.ts";

/** Bins of the volume profile. */
const BINS = 44;
/** Pixels between labels of the time axis, at least. */
const LABEL_GAP = 90;

/** The session's VWAP after each bar in sight, and by position. */
function useVwap(data: ChartData, calendar: Calendar, closed: readonly BarView[], visible: Visible) {
  const { series, interval } = data;
  const sums = useMemo(() => (interval === "1d" ? null : sessionSums(calendar, closed)), [calendar, closed, interval]);
  const vwapAt = useCallback(
    (position: number) => {
      const forming = position === series.last ? series.forming() : null;
      if (forming) return vwapOf(plusBar(calendar, sums?.at(-1) ?? null, forming));
      return vwapOf(sums?.[position - series.first] ?? null);
    },
    [calendar, sums, series],
  );
  const vwap = useMemo(() => {
    const { bars, first } = visible;
    return bySession(
      calendar,
      bars,
      first,
      bars.map((_, i) => vwapAt(first + i)),
    );
  }, [calendar, visible, vwapAt]);
  return { vwap, vwapAt };
}

interface DerivedOptions {
  closed: readonly BarView[];
  visible: Visible;
  view: Viewport;
  scales: Scales;
  phone: boolean;
}

/** What is computed from the bars in sight: VWAP, labels of time, volume by price. */
export function useDerived(data: ChartData, calendar: CalendarName, options: DerivedOptions) {
  const { closed, visible, view, scales, phone } = options;
  const { vwap, vwapAt } = useVwap(data, calendarOf(calendar), closed, visible);
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
  return { vwap, vwapAt, ticks, profile };
}
