"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { SearchAnswer } from "#lib/contracts/views.ts";
import { useTRPC } from "../_live/trpc.tsx";

/** Pause in typing after which is searched, milliseconds. */
const PAUSE = 120;
/** For so long an answer is not asked for again, milliseconds. */
const FRESH = 10_000;

function useSettled(words: string): string {
  const [settled, setSettled] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words), PAUSE);
    return () => clearTimeout(timer);
  }, [words]);
  return settled;
}

/** Hits of what was typed; the last ones stay while the next are on their way. `ask` does not wait for a pause in typing. */
export function useTickerSearch(typed: string, sector: string | null, limit: number) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const words = useSettled(typed).trim();
  const asked = (text: string) => ({ words: text, ...(sector !== null && { sector }), limit });
  const query = useQuery(
    trpc.search.tickers.queryOptions(asked(words), { placeholderData: keepPreviousData, staleTime: FRESH }),
  );
  return {
    ...query,
    words,
    settled: words === typed.trim() && !query.isPlaceholderData,
    ask: (text: string): Promise<SearchAnswer> =>
      client.fetchQuery(trpc.search.tickers.queryOptions(asked(text), { staleTime: FRESH })),
  };
}
