"use client";
import { useCallback, useEffect } from "react";
import { isTyping } from "../_lib/keys.ts";
import { stepped } from "../_lib/search.ts";
import type { WatchlistProps } from "./watchlist.tsx";

const MOVES: ReadonlySet<string> = new Set(["ArrowDown", "ArrowUp", "Home", "End", "PageDown", "PageUp"]);

type ListKeysProps = Pick<
  WatchlistProps,
  "instruments" | "selected" | "onSelect" | "onOpen" | "onStep" | "onTake" | "everywhere"
>;

/** Keys of the list. `reveal` scrolls to a row. */
export function useListKeys(props: ListKeysProps, reveal: (index: number) => void) {
  const { instruments, selected, onSelect, onOpen, onStep, onTake, everywhere } = props;
  const handle = useCallback(
    (event: Pick<globalThis.KeyboardEvent, "key" | "preventDefault" | "ctrlKey" | "metaKey" | "altKey">) => {
      if (event.ctrlKey || event.metaKey) return;
      const at = instruments.findIndex((instrument) => instrument.symbol === selected);
      if (event.altKey) {
        if (selected === null || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
        event.preventDefault();
        const by = event.key === "ArrowDown" ? 1 : -1;
        reveal(Math.max(0, Math.min(instruments.length - 1, at + by)));
        onStep(selected, by);
        return;
      }
      if (event.key === "Delete" && at >= 0 && selected !== null) {
        // The one that moves up is the next to be looked at.
        const next = instruments[at + 1] ?? instruments[at - 1];
        if (next) onSelect(next.symbol);
        onTake(selected);
      }
      if (event.key === "Enter" && at >= 0 && selected !== null) onOpen(selected);
      if (!MOVES.has(event.key)) return;
      event.preventDefault();
      const to = at < 0 ? 0 : stepped(at, event.key, instruments.length);
      const next = instruments[to];
      if (next) onSelect(next.symbol);
      reveal(to);
    },
    [instruments, selected, onSelect, onStep, onTake, onOpen, reveal],
  );
  useEffect(() => {
    if (!everywhere) return undefined;
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.target === document.body && !event.defaultPrevented && !isTyping(event.target)) handle(event);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [handle, everywhere]);
  return handle;
}
