import type { Print } from "#lib/contracts/latest.ts";
import { mergePrints } from "../_lib/prints.ts";

export interface Tape {
  prints: readonly Print[];
  /** Prints that a line had no room for: they happened, and are in the bars. */
  skipped: number;
}

const EMPTY: Tape = { prints: [], skipped: 0 };

/** Time and sales of the one symbol that a page shows; a new symbol drops the old one's prints. */
export class PrintStore {
  #symbol = "";
  #tape = EMPTY;
  readonly #listeners = new Set<() => void>();

  merge(symbol: string, prints: readonly Print[], skipped: number): void {
    const held = symbol === this.#symbol ? this.#tape : EMPTY;
    const merged = mergePrints(held.prints, prints);
    if (merged === held.prints && skipped === 0 && symbol === this.#symbol) return;
    this.#symbol = symbol;
    this.#tape = { prints: merged, skipped: held.skipped + skipped };
    for (const listener of this.#listeners) listener();
  }

  tape(symbol: string): Tape {
    return symbol === this.#symbol ? this.#tape : EMPTY;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
