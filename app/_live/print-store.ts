import type { Print } from "#lib/contracts/latest.ts";
import { mergePrints, PRINTS_KEPT } from "../_lib/prints.ts";
import { printKey } from "../_lib/tape.ts";

export interface Tape {
  prints: readonly Print[];
  /** Prints that a line had no room for: they happened, and are in the bars. */
  skipped: number;
  /** How many of them came before a print, by its key. */
  gaps: ReadonlyMap<string, number>;
}

const EMPTY: Tape = { prints: [], skipped: 0, gaps: new Map() };

/** Prints come oldest first: what was skipped lies before the first of them. At most PRINTS_KEPT gaps, the oldest go first. */
function gapsOf(held: Tape["gaps"], prints: readonly Print[], skipped: number): Tape["gaps"] {
  const oldest = prints[0];
  if (skipped === 0 || !oldest) return held;
  const all = [...held, [printKey(oldest), skipped] as const];
  return new Map(all.slice(-PRINTS_KEPT));
}

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
    this.#tape = { prints: merged, skipped: held.skipped + skipped, gaps: gapsOf(held.gaps, prints, skipped) };
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
