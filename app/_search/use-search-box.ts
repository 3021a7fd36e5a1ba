"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { symbolHref } from "../_lib/links.ts";
import { hitsOf, stepped } from "../_lib/search.ts";
import { inOrder } from "./results.tsx";
import { useSymbolChooser } from "./symbol-chooser.ts";
import { useTickerSearch } from "./use-ticker-search.ts";

interface SearchBoxOptions {
  words: string;
  sector: string | null;
  /** Most hits to show. */
  limit: number;
  /** Enter was answered: with the symbol that was gone to, or with null when nothing matches what was typed. */
  onEntered?: (symbol: string | null, typed: string) => void;
}

/**
 * What was typed, its hits, and the keys that choose among them. Enter opens the chosen hit of what was *typed*: pressed before its
 * hits are here, it waits for them, unless the box changes or closes first.
 */
export function useSearchBox({ words: initial, sector: initialSector, limit, onEntered }: SearchBoxOptions) {
  const router = useRouter();
  const chooser = useSymbolChooser();
  const [typed, setTyped] = useState(initial);
  const [sector, setSector] = useState(initialSector);
  const [selected, setSelected] = useState(0);
  const { ask, ...search } = useTickerSearch(typed, sector, limit);
  const hits = search.data ? inOrder(hitsOf(search.data), search.words) : [];
  const at = Math.min(selected, Math.max(0, hits.length - 1));
  /** Counts the changes of the box; an answer to an older Enter opens nothing. */
  const changes = useRef(0);
  useEffect(() => () => void (changes.current += 1), []);

  const open = (symbol: string | null): void => {
    if (symbol !== null && chooser) chooser.choose(symbol);
    else if (symbol !== null) router.push(symbolHref(symbol));
    onEntered?.(symbol, typed);
  };
  const enter = async (): Promise<void> => {
    if (search.settled) return open(hits[at]?.ticker.symbol ?? null);
    const asked = ++changes.current;
    const answer = await ask(typed.trim()).catch(() => null);
    if (changes.current !== asked) return;
    open(answer ? (inOrder(hitsOf(answer), typed.trim())[0]?.ticker.symbol ?? null) : null);
  };
  const change = (): void => {
    changes.current += 1;
    setSelected(0);
  };

  return {
    ...search,
    typed,
    sector,
    hits,
    at,
    type: (text: string): void => {
      setTyped(text);
      change();
    },
    choose: (next: string | null): void => {
      setSector(next);
      change();
    },
    onKey: (event: KeyboardEvent): void => {
      if (event.key === "Enter") {
        event.preventDefault();
        void enter();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        setSelected(stepped(at, event.key, hits.length));
      }
    },
  };
}

export type SearchBox = ReturnType<typeof useSearchBox>;
