"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Source } from "#lib/contracts/tickers.ts";
import { useTRPC } from "../_live/trpc.tsx";

/** A source is asked this long after the last letter, milliseconds: it is somebody else's server. */
const PAUSE = 300;

/** What a source lists under the words typed. */
export function useLookup(source: Source, typed: string) {
  const trpc = useTRPC();
  const [words, setWords] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setWords(typed.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  return useQuery(
    trpc.tickers.lookup.queryOptions(
      { source, words },
      { enabled: words !== "", placeholderData: keepPreviousData, staleTime: 60_000, retry: false },
    ),
  );
}
