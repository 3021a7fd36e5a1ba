"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTRPC } from "../_live/trpc.tsx";

/** Pause in typing after which is searched, milliseconds. */
const PAUSE = 120;

function useSettled(words: string): string {
  const [settled, setSettled] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words), PAUSE);
    return () => clearTimeout(timer);
  }, [words]);
  return settled;
}

/** Hits of what was typed; the last ones stay while the next are on their way. */
export function useTickerSearch(typed: string, sector: string | null, limit: number) {
  const trpc = useTRPC();
  const words = useSettled(typed).trim();
  const query = useQuery(
    trpc.search.tickers.queryOptions(
      { words, ...(sector !== null && { sector }), limit },
      { placeholderData: keepPreviousData, staleTime: 10_000 },
    ),
  );
  return { ...query, words, settled: words === typed.trim() && !query.isPlaceholderData };
}
