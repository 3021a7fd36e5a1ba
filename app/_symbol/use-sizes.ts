"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { DAY, type Micros } from "#lib/domain/interval.ts";
import { useTRPC } from "../_live/trpc.tsx";

/** The distribution is merged again this often, milliseconds. */
const EVERY = 15_000;

/** Sizes of the trades of one UTC day. */
export function useSizes(symbol: string, today: Micros | null) {
  const trpc = useTRPC();
  const from = today ?? 0;
  return useQuery(
    trpc.bars.sizes.queryOptions(
      { symbol, from, to: from + DAY },
      { enabled: today !== null, refetchInterval: EVERY, placeholderData: keepPreviousData, retry: 1 },
    ),
  );
}
