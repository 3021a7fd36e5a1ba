import { useSyncExternalStore } from "react";

const onServer = (): null => null;

/** A short text that this browser remembers from page to page; where nothing can be stored, as long as the page lasts. */
export class Remembered {
  readonly #key: string;
  readonly #listeners = new Set<() => void>();
  #held: string | null | undefined;

  constructor(key: string) {
    this.#key = key;
  }

  /** null: nothing was remembered. */
  readonly get = (): string | null => {
    if (this.#held === undefined) {
      try {
        this.#held = localStorage.getItem(this.#key);
      } catch {
        this.#held = null;
      }
    }
    return this.#held;
  };

  set(text: string): void {
    if (text === this.get()) return;
    this.#held = text;
    try {
      localStorage.setItem(this.#key, text);
    } catch {
      // Storage may be forbidden or full.
    }
    for (const listener of this.#listeners) listener();
  }

  readonly #subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** null on the server, too. */
  readonly useText = (): string | null => useSyncExternalStore(this.#subscribe, this.get, onServer);
}
