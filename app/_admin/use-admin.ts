"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import type { TickerRow } from "#lib/contracts/views.ts";
import { describeError } from "../_lib/errors.ts";
import { useLive } from "../_live/live.tsx";
import { useTRPC } from "../_live/trpc.tsx";
import { useSession } from "../_people/use-session.ts";
import { toast } from "../_ui/toasts.tsx";

/** States and history are read again this often, milliseconds. */
const EVERY = 2_000;

export function useTickers() {
  const trpc = useTRPC();
  return useQuery(trpc.tickers.list.queryOptions(undefined, { refetchInterval: EVERY }));
}

export function useSources() {
  const trpc = useTRPC();
  const { clock } = useLive();
  const query = useQuery(trpc.sources.view.queryOptions(undefined, { refetchInterval: EVERY }));
  const { data } = query;
  useEffect(() => {
    if (data) clock.hear(data.serverTime);
  }, [data, clock]);
  return query;
}

/** Puts one row as it now is into the list, before the next reading brings all of them. */
export function usePutRow(): (row: TickerRow) => void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { queryKey } = trpc.tickers.list.queryOptions();
  const market = trpc.market.snapshot.queryOptions().queryKey;
  return useCallback(
    (row) => {
      queries.setQueryData(queryKey, (rows) => [
        ...(rows ?? []).filter((one) => one.ticker.symbol !== row.ticker.symbol),
        row,
      ]);
      void queries.invalidateQueries({ queryKey: market });
    },
    [queries, queryKey, market],
  );
}

/** Enables, disables, removes and brings back. A change that somebody else overtook shows the newest row and says so. */
export function useSetState() {
  const trpc = useTRPC();
  const put = usePutRow();
  const { forget } = useSession();
  const { mutateAsync } = useMutation(trpc.tickers.setState.mutationOptions());
  return useCallback(
    async (row: TickerRow, state: TickerRow["ticker"]["state"]): Promise<TickerRow | null> => {
      try {
        const after = await mutateAsync({ symbol: row.ticker.symbol, version: row.version, state });
        put(after);
        return after;
      } catch (error) {
        const { message, code, details } = describeError(error);
        if (details?.newest) put(details.newest);
        if (code === "UNAUTHORIZED") forget();
        toast(message);
        return null;
      }
    },
    [mutateAsync, put, forget],
  );
}
