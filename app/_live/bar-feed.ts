import type { BarUpdate, GoneBar } from "#lib/contracts/views.ts";

type Listener = (update: BarUpdate | GoneBar) => void;

/** Hands each bar update of the page's subscription to those that draw that symbol and interval. Keeps nothing. */
export class BarFeed {
  readonly #listeners = new Map<string, Set<Listener>>();

  publish(updates: readonly (BarUpdate | GoneBar)[]): void {
    for (const update of updates) {
      for (const listener of this.#listeners.get(`${update.symbol}|${update.interval}`) ?? []) listener(update);
    }
  }

  subscribe(symbol: string, interval: string, listener: Listener): () => void {
    const key = `${symbol}|${interval}`;
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(key);
    };
  }
}
