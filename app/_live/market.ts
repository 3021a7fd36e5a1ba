"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { useLive } from "./live.tsx";
import { useTRPC } from "./trpc.tsx";

/** All instruments with their quotes, which go into the page's store; `every` milliseconds again, where a page is not subscribed to all. */
export function useMarket(options: { every?: number; enabled?: boolean } = {}) {
  const trpc = useTRPC();
  const { quotes, clock } = useLive();
  const query = useQuery(
    trpc.market.snapshot.queryOptions(undefined, {
      refetchInterval: options.every ?? false,
      enabled: options.enabled ?? true,
    }),
  );
  const { data } = query;
  useEffect(() => {
    if (!data) return;
    clock.hear(data.serverTime);
    quotes.merge(data.quotes, Date.now());
  }, [data, quotes, clock]);
  const instruments = useMemo(
    () => new Map<string, InstrumentView>(data?.instruments.map((instrument) => [instrument.symbol, instrument])),
    [data],
  );
  return { ...query, instruments };
}
