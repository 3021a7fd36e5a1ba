"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Measure } from "#lib/contracts/distribution-views.ts";
import type { Micros } from "#lib/domain/interval.ts";
import { useTRPC } from "../_live/trpc.tsx";

/** A stretch of time: `from` inclusive, `to` exclusive. */
export interface TimeRange {
  from: Micros;
  to: Micros;
}

/** The distribution is merged again this often, milliseconds. */
const EVERY = 15_000;

/** How the trades of a range are distributed; null: nothing is asked yet. */
export function useDistribution(symbol: string, measure: Measure, range: TimeRange | null) {
  const trpc = useTRPC();
  return useQuery(
    trpc.distribution.range.queryOptions(
      { symbols: [symbol], measure, from: range?.from ?? 0, to: range?.to ?? 1 },
      { enabled: range !== null, refetchInterval: EVERY, placeholderData: keepPreviousData, retry: 1 },
    ),
  );
}
