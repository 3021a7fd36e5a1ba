"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { describeError } from "../_lib/errors.ts";
import { useConnection } from "../_live/hooks.ts";
import { useLive } from "../_live/live.tsx";
import { useTRPC } from "../_live/trpc.tsx";

/** One instrument with its quote and prints, which go into the page's stores; read again after a reconnect. */
export function useSymbol(symbol: string) {
  const trpc = useTRPC();
  const { quotes, prints, clock } = useLive();
  const { opened } = useConnection();
  const query = useQuery(trpc.symbol.snapshot.queryOptions({ symbol }, { retry: 1 }));
  const { data, error, refetch } = query;
  // A page that says so follows less than a chart does, so the stream opens again: read again then, it would be a chart again.
  const isUnknown = error !== null && describeError(error).code === "NOT_FOUND";
  useEffect(() => {
    if (!data) return;
    clock.hear(data.serverTime);
    quotes.merge([data.quote], Date.now());
    prints.merge(symbol, data.prints, 0);
  }, [data, symbol, quotes, prints, clock]);
  useEffect(() => {
    if (opened > 1 && !isUnknown) void refetch();
  }, [opened, isUnknown, refetch]);
  return query;
}
