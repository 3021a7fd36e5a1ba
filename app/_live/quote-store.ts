import type { QuoteView } from "#lib/contracts/views.ts";
import { nextCell, type QuoteCell } from "../_lib/quotes.ts";

/**
 * The newest quote of every symbol a page has seen. Each symbol notifies alone, so one row re-renders alone.
 * Bounded by the number of tickers of the installation.
 */
export class QuoteStore {
  readonly #cells = new Map<string, QuoteCell>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #anyListeners = new Set<() => void>();
  #version = 0;

  /** Takes what is newer than what it holds and notifies those symbols only. */
  merge(quotes: readonly QuoteView[], millis: number): void {
    let changed = false;
    for (const quote of quotes) {
      const before = this.#cells.get(quote.symbol);
      const after = nextCell(before, quote, millis);
      if (after === before) continue;
      this.#cells.set(quote.symbol, after);
      changed = true;
      for (const listener of this.#listeners.get(quote.symbol) ?? []) listener();
    }
    if (!changed) return;
    this.#version++;
    for (const listener of this.#anyListeners) listener();
  }

  cell(symbol: string): QuoteCell | undefined {
    return this.#cells.get(symbol);
  }

  quote(symbol: string): QuoteView | undefined {
    return this.#cells.get(symbol)?.quote;
  }

  /** Event time of the newest tick of all; null before the first. */
  get newest(): number | null {
    let newest: number | null = null;
    for (const { quote } of this.#cells.values()) {
      if (quote.time !== null && (newest === null || quote.time > newest)) newest = quote.time;
    }
    return newest;
  }

  /** Rises with every change of any symbol. */
  get version(): number {
    return this.#version;
  }

  subscribe(symbol: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(symbol) ?? new Set();
    this.#listeners.set(symbol, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(symbol);
    };
  }

  subscribeAny(listener: () => void): () => void {
    this.#anyListeners.add(listener);
    return () => this.#anyListeners.delete(listener);
  }
}
