"use client";
import { useCallback, useMemo } from "react";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { USUAL_COLUMNS } from "../_lib/columns.ts";
import type { ListView } from "../_lib/market-link.ts";
import { ownOrder } from "../_lib/sort.ts";
import { useLists } from "../_lists/use-lists.ts";
import { useMarket } from "../_live/market.ts";
import { useListed, useRefetchAfterReconnect, useSorted, useSparklines } from "./use-market-list.ts";
import { useVolumeNormals } from "./use-volume-normals.ts";

/** Sparklines and new tickers are read again this often, milliseconds; prices come by the stream. */
const EVERY = 30_000;
const NONE: readonly InstrumentView[] = [];

/** The rows of a watchlist, and what its panel needs besides. `normals`: somebody else looks at what of their volumes is normal. */
export function useListRows(view: ListView, normals: boolean) {
  const { data, error, refetch } = useMarket({ every: EVERY });
  const instruments = useMemo(() => (data ? ownOrder(data.instruments) : NONE), [data]);
  const again = useCallback(() => void refetch(), [refetch]);
  useRefetchAfterReconnect(again);
  const lists = useLists();
  const list = useMemo(() => lists.lists?.find(({ id }) => id === view.list) ?? null, [lists.lists, view.list]);
  const listed = useListed(instruments, list ?? view.linked, view.exchange);
  const columns = view.columns ?? list?.columns ?? USUAL_COLUMNS;
  const seen = normals || columns.includes("normal") || view.sort?.key === "normal";
  const volumes = useVolumeNormals(listed, seen);
  const sorted = useSorted(listed, view.sort, volumes.normalOf);
  const sparklines = useSparklines(data?.sparklines);
  return {
    instruments,
    listed,
    sorted,
    normals: volumes,
    panel: {
      ...sparklines,
      lists,
      list,
      instruments: data ? instruments : null,
      shown: sorted,
      error: error && !data ? error : view.list !== null ? lists.error : null,
      onAgain: () => {
        again();
        lists.again();
      },
      normalOf: volumes.normalOf,
    },
  };
}
