"use client";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import type { InstrumentView, QuoteView } from "#lib/contracts/views.ts";
import type { FreshnessState } from "#lib/domain/freshness.ts";
import type { Micros } from "#lib/domain/interval.ts";
import type { QuoteCell } from "../_lib/quotes.ts";
import type { ConnectionStatus } from "./connection.ts";
import { freshnessAmong } from "../_lib/freshness-badge.ts";
import { useLive, type Live } from "./live.tsx";
import type { Tape } from "./print-store.ts";

const nothing = (): undefined => undefined;

/** The newest quote of a symbol with its flash; re-renders for this symbol only. */
export function useQuoteCell(symbol: string): QuoteCell | undefined {
  const { quotes } = useLive();
  const subscribe = useCallback((listener: () => void) => quotes.subscribe(symbol, listener), [quotes, symbol]);
  return useSyncExternalStore(subscribe, () => quotes.cell(symbol), nothing);
}

export function useQuote(symbol: string): QuoteView | undefined {
  return useQuoteCell(symbol)?.quote;
}

/** A number that changes at most every `every` milliseconds while any quote changes: for what is computed of all of them. */
export function useQuotesVersion(every: number): number {
  const { quotes } = useLive();
  const throttled = useMemo(() => {
    let shown = quotes.version;
    const subscribe = (listener: () => void): (() => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const off = quotes.subscribeAny(() => {
        timer ??= setTimeout(() => {
          timer = undefined;
          shown = quotes.version;
          listener();
        }, every);
      });
      return () => {
        off();
        clearTimeout(timer);
      };
    };
    return { subscribe, read: () => shown };
  }, [quotes, every]);
  return useSyncExternalStore(throttled.subscribe, throttled.read, () => 0);
}

/** Server time, microseconds, once a second; 0 before the page is alive. */
export function useSecond(): Micros {
  const { clock } = useLive();
  return useSyncExternalStore(clock.subscribe, clock.second, () => 0);
}

export function useTape(symbol: string): Tape {
  const { prints } = useLive();
  const read = useCallback(() => prints.tape(symbol), [prints, symbol]);
  return useSyncExternalStore(prints.subscribe, read, read);
}

export function useConnection(): ConnectionStatus {
  const { connection } = useLive();
  return useSyncExternalStore(connection.subscribe, connection.status, connection.status);
}

/** Something that is judged by the clock and the quotes, once a second: re-renders only when it is another. */
export function useJudged<T extends string | number | boolean | null>(judge: (now: Micros, live: Live) => T): T | null {
  const live = useLive();
  const read = (): T | null => {
    const now = live.clock.second();
    return now === 0 ? null : judge(now, live);
  };
  return useSyncExternalStore(live.clock.subscribe, read, () => null);
}

/** How fresh the numbers of a symbol are; null before the page is alive. */
export function useFreshness(instrument: InstrumentView): FreshnessState | null {
  return useJudged((now, { quotes }) => freshnessAmong(instrument, (symbol) => quotes.quote(symbol), now).state);
}

/** Whether a symbol has been silent for longer than its source ever is. */
export function useStale(instrument: InstrumentView): boolean {
  return useFreshness(instrument) === "stale";
}
