"use client";
import { useEffect, useMemo } from "react";
import type { InstrumentView } from "#lib/contracts/views.ts";
import type { LinkedList } from "../_lib/linked-list.ts";
import { movesWithMarket, sortInstruments, type Sort } from "../_lib/sort.ts";
import { thinned } from "../_lib/sparkline.ts";
import { useConnection, useQuotesVersion } from "../_live/hooks.ts";
import { useLive } from "../_live/live.tsx";
import type { NormalOf } from "./use-volume-normals.ts";

/** A list that is sorted by something that moves is sorted again this often, milliseconds. */
export const RESORT = 1_000;
const NO_CLOSES: readonly number[] = [];

export function useSparklines(sparklines: Record<string, number[]> | undefined) {
  return useMemo(() => {
    const all = Object.entries(sparklines ?? {});
    const slots = Math.max(1, ...all.map(([, closes]) => closes.length));
    const thin = new Map(
      all.map(([symbol, closes]) => [symbol, { closes: thinned(closes), filled: closes.length / slots }]),
    );
    return {
      closesOf: (symbol: string) => thin.get(symbol)?.closes ?? NO_CLOSES,
      filledOf: (symbol: string) => thin.get(symbol)?.filled ?? 1,
    };
  }, [sparklines]);
}

/** What is collected of a list, in its order; of no list all there is. */
export function useListed(
  instruments: readonly InstrumentView[],
  list: LinkedList | null,
  exchange: string | null,
): readonly InstrumentView[] {
  const bySymbol = useMemo(() => new Map(instruments.map((one) => [one.symbol, one])), [instruments]);
  return useMemo(() => {
    const all = list ? list.symbols.flatMap((symbol) => bySymbol.get(symbol) ?? []) : instruments;
    return exchange === null ? all : all.filter((one) => one.exchange === exchange);
  }, [instruments, bySymbol, list, exchange]);
}

export function useSorted(
  instruments: readonly InstrumentView[],
  sort: Sort | null,
  normalOf: NormalOf,
): readonly InstrumentView[] {
  const { quotes } = useLive();
  const version = useQuotesVersion(RESORT);
  const moving = movesWithMarket(sort) ? version : 0;
  return useMemo(
    () =>
      sortInstruments(instruments, sort, (instrument) => ({
        instrument,
        quote: quotes.quote(instrument.symbol),
        normal: normalOf(instrument.symbol),
      })),
    // `moving` stands for the quotes, which live outside React.
    // oxlint-disable-next-line react/exhaustive-deps
    [instruments, sort, quotes, normalOf, moving],
  );
}

/** What may have been missed while the stream was away is read again. */
export function useRefetchAfterReconnect(refetch: () => void): void {
  const { opened } = useConnection();
  useEffect(() => {
    if (opened > 1) refetch();
  }, [opened, refetch]);
}
