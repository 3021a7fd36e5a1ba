"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import type { Micros } from "#lib/domain/interval.ts";
import { useTRPC } from "../_live/trpc.tsx";

/** The distribution is merged again this often, milliseconds. */
const EVERY = 15_000;

/** Sizes of the trades of the session that begins at `today`. */
export function useSizes({ symbol, calendar }: InstrumentView, today: Micros | null) {
  const trpc = useTRPC();
  const from = today ?? 0;
  return useQuery(
    trpc.bars.sizes.queryOptions(
      { symbol, from, to: calendarOf(calendar).segmentOf(from).end },
      { enabled: today !== null, refetchInterval: EVERY, placeholderData: keepPreviousData, retry: 1 },
    ),
  );
}
