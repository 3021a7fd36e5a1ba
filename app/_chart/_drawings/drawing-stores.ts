"use client";
import { toast } from "../../_ui/toasts.tsx";
import { DrawingStore, storedKey, type TextStorage } from "./drawing-store.ts";
import type { Waiting } from "./waiting.ts";

/** Stores of symbols that were looked at: beyond it those go that nobody uses, and with them what can be undone in them. */
const STORES_KEPT = 32;

const stores = new Map<string, DrawingStore>();

function storage(): TextStorage | null {
  try {
    return typeof window === "undefined" ? null : window.localStorage;
  } catch {
    // Storage may be forbidden.
    return null;
  }
}

/** Where drawings of a person wait for the server. Where that cannot be, they wait as long as the page lives. */
export function waitingIn(owner: string, symbol: string): Waiting {
  const key = `tapedeck-drawings-unsent|${owner}|${symbol}`;
  return {
    read: () => {
      try {
        return storage()?.getItem(key) ?? null;
      } catch {
        return null;
      }
    },
    write: (text) => {
      try {
        if (text === null) storage()?.removeItem(key);
        else storage()?.setItem(key, text);
      } catch {
        // There is no room, or storage is forbidden.
      }
    },
  };
}

/** Told later, for a store may be made while a page renders. */
const tell = (words: string): void => queueMicrotask(() => toast(words));

function onStorage(event: StorageEvent): void {
  // Without a key everything was taken away.
  for (const store of stores.values()) if (event.key === null || event.key === storedKey(store.symbol)) store.reread();
}

/** Ends what other people than `owner` had in symbols that were looked at before. */
export function endOthers(owner: string | null): void {
  for (const store of stores.values()) if (store.server && store.server.owner !== owner) store.keepAt(null);
}

/** The drawings of a symbol: one store for all charts of a page, kept in step with those of other tabs. */
export function drawingStore(symbol: string): DrawingStore {
  const held = stores.get(symbol);
  if (held) return held;
  const store = new DrawingStore(symbol, storage(), tell);
  if (typeof window === "undefined") return store;
  if (stores.size === 0) window.addEventListener("storage", onStorage);
  for (const [key, { isUsed }] of stores) if (stores.size >= STORES_KEPT && !isUsed) stores.delete(key);
  stores.set(symbol, store);
  return store;
}
