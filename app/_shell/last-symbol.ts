import { useSyncExternalStore } from "react";

const KEY = "tapedeck-symbol";
const listeners = new Set<() => void>();
let held: string | null | undefined;

/** Remembers the symbol that was looked at last, for the way back to it. */
export function rememberSymbol(symbol: string): void {
  held = symbol;
  try {
    localStorage.setItem(KEY, symbol);
  } catch {
    // Storage may be forbidden; then it is remembered for this page only.
  }
  for (const listener of listeners) listener();
}

export function lastSymbol(): string | null {
  if (held === undefined) {
    try {
      held = localStorage.getItem(KEY);
    } catch {
      held = null;
    }
  }
  return held;
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const onServer = (): null => null;

export function useLastSymbol(): string | null {
  return useSyncExternalStore(subscribe, lastSymbol, onServer);
}
