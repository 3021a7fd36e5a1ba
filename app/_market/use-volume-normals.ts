"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { LIST_LIMITS } from "#lib/contracts/lists.ts";
import type { VolumeNormalView } from "#lib/contracts/overview-views.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { isCounted } from "../_lib/breadth.ts";
import { useTRPC } from "../_live/trpc.tsx";

export type NormalOf = (symbol: string) => VolumeNormalView | undefined;

/** There is a new answer each minute; it is asked for so often, milliseconds. */
const EVERY = 20_000;

/** What of the volumes of a list is normal; asked for only while somebody looks. In the order of symbols, so that sorting asks nothing anew. */
export function useVolumeNormals(listed: readonly InstrumentView[], enabled: boolean) {
  const trpc = useTRPC();
  const symbols = useMemo(
    () =>
      listed
        .filter(isCounted)
        .slice(0, LIST_LIMITS.symbols)
        .map(({ symbol }) => symbol)
        .toSorted(),
    [listed],
  );
  const query = useQuery(
    trpc.market.volumeNormals.queryOptions(
      { symbols },
      { enabled: enabled && symbols.length > 0, refetchInterval: EVERY, placeholderData: keepPreviousData, retry: 1 },
    ),
  );
  const { data } = query;
  const bySymbol = useMemo(() => new Map(data?.rows.map((row) => [row.symbol, row])), [data]);
  const normalOf = useCallback((symbol: string) => bySymbol.get(symbol), [bySymbol]);
  return { ...query, normalOf };
}

export type VolumeNormalsQuery = ReturnType<typeof useVolumeNormals>;
