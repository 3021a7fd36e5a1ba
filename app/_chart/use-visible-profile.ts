"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type CalendarName, isWithin } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { parseComposite } from "#lib/domain/composite/name.ts";
import { barEnd } from "../_lib/bars.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { useSettled } from "../_ui/use-settled.ts";
import { inSight } from "./_prepare/in-sight.ts";
import { countedProfile, isOfAll, type Profile, volumeProfile } from "./_prepare/profile.ts";
import type { PlacedView } from "./_prepare/viewport.ts";
import type { ChartLayout } from "./layout.ts";
import type { ChartData } from "./use-chart-data.ts";
import type { Scales, Visible } from "./use-series.ts";

/** Bins of the profile that is estimated from bars. */
const BINS = 44;
/** The sketches of a range are asked for when it has been in sight this long, milliseconds. */
const AT_REST = 400;
/** And again this often while it stays. */
const EVERY = 15_000;

interface Seen {
  visible: Visible;
  view: PlacedView;
  layout: ChartLayout;
  scales: Scales;
}

/** `from|to` of the bars in sight, where sketches can tell of exactly these: they are of whole minutes, and of all sessions. */
function sketchedRange(data: ChartData, calendar: CalendarName, view: PlacedView, width: number): string {
  const { symbol, series, interval, regular } = data;
  const seen = inSight(series, view, width);
  const [from, last] = seen ? [series.at(seen.first)?.start, series.at(seen.last)?.start] : [];
  if (from === undefined || last === undefined || interval === "1s" || parseComposite(symbol)) return "";
  // They are of prices as traded; the newest bar in sight has the prices of all only where nothing was done to the oldest.
  if (series.factorsAt(from).price !== 1) return "";
  const to = barEnd(calendar, interval, last);
  // Days are those of the regular session.
  const isRegular = regular || interval === "1d";
  return isRegular && !isWithin(calendarOf(calendar), "regular", from, to) ? "" : `${from}|${to}`;
}

/**
 * Volume by price of exactly the bars in sight: by the sketches, which counted every trade, once the view rests; until they answer the last
 * answer stays. Before the first, and where they know too little of the range, it is estimated from the bars.
 */
export function useVisibleProfile(
  data: ChartData,
  calendar: CalendarName,
  { visible, view, layout, scales }: Seen,
): Profile | null {
  const trpc = useTRPC();
  const hasRoom = layout.profile > 0;
  const range = useSettled(hasRoom ? sketchedRange(data, calendar, view, layout.plotWidth) : "", AT_REST);
  const [from = 0, to = 1] = range === "" ? [] : range.split("|").map(Number);
  const { data: answer, isPlaceholderData } = useQuery(
    trpc.distribution.range.queryOptions(
      { symbols: [data.symbol], measure: "price", from, to },
      { enabled: range !== "", refetchInterval: EVERY, placeholderData: keepPreviousData, retry: 1 },
    ),
  );
  const told = range === "" ? null : (answer ?? null);
  // An answer to the range before is shown as it was until this one's is here.
  const isKnown = told !== null && (isPlaceholderData || isOfAll(told, visible.bars));
  const counted = useMemo(() => (told && isKnown ? countedProfile(told) : null), [told, isKnown]);
  const { low, high } = scales.price;
  const estimated = useMemo(
    () => (!hasRoom || counted ? null : volumeProfile(visible.bars, { low, high }, BINS)),
    [visible, low, high, hasRoom, counted],
  );
  const coverage = told?.coverage ?? null;
  return useMemo(
    () => counted ?? (estimated && { ...estimated, counted: null, coverage }),
    [counted, estimated, coverage],
  );
}
