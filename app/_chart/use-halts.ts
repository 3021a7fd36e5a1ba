"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import type { Halted } from "#lib/contracts/latest.ts";
import { useJudged } from "../_live/hooks.ts";
import { useTRPC } from "../_live/trpc.tsx";
import { barEnd } from "../_lib/bars.ts";
import { ASK_SOON, askAgainIn, knownHalts, placedHalts, type PlacedHalt, type ShownHalt } from "./_prepare/halts.ts";
import type { ChartData } from "./use-chart-data.ts";
import { useClosed } from "./use-series.ts";

const NONE: ShownHalt[] = [];

/** The halts of a symbol, the present one by the second. */
function useHalts(symbol: string): readonly ShownHalt[] {
  const trpc = useTRPC();
  const told = useJudged((_, { quotes }) => JSON.stringify(quotes.quote(symbol)?.halted ?? null));
  const present = useMemo(() => (told === null ? null : (JSON.parse(told) as Halted | null)), [told]);
  const [last, setLast] = useState<number | null>(null);
  if (present && present.since !== last) setLast(present.since);
  const { data } = useQuery(
    trpc.symbol.halts.queryOptions(
      { symbol },
      {
        retry: 1,
        refetchInterval: ({ state }) =>
          state.data ? (askAgainIn(state.data.halts, symbol, present, last) ?? false) : ASK_SOON,
      },
    ),
  );
  const stored = data?.halts ?? NONE;
  return useMemo(() => knownHalts(stored, symbol, present), [stored, symbol, present]);
}

/** The same among the bars of a chart. */
export function usePlacedHalts({ symbol, series, interval }: ChartData, calendar: CalendarName): readonly PlacedHalt[] {
  const halts = useHalts(symbol);
  const closed = useClosed(series);
  return useMemo(() => {
    // With another newest bar there are other closed ones.
    const newest = series.at(series.last);
    const bars = newest ? [...closed, newest] : closed;
    return placedHalts(halts, bars, series.first, ({ start }) => barEnd(calendar, interval, start));
  }, [halts, closed, series, calendar, interval]);
}
