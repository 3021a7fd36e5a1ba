"use client";
import { useEffect, useSyncExternalStore } from "react";

/** What the search does with a symbol on a page that shows it itself. */
export interface SymbolChooser {
  /** Of the chosen symbol. */
  choose: (symbol: string) => void;
  /** Where it goes, after "Enter": `show it in the chart`. */
  words: string;
}

let current: SymbolChooser | null = null;
const listeners = new Set<() => void>();

function set(chooser: SymbolChooser | null): void {
  current = chooser;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const read = (): SymbolChooser | null => current;
const onServer = (): null => null;

/** While mounted, symbols that are found by the search go to this page instead of opening theirs. */
export function useChooserOfPage(chooser: SymbolChooser): void {
  useEffect(() => {
    set(chooser);
    return () => set(null);
  }, [chooser]);
}

/** null: a symbol that is found opens its page. */
export function useSymbolChooser(): SymbolChooser | null {
  return useSyncExternalStore(subscribe, read, onServer);
}
