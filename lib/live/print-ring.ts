import type { Print } from "../contracts/latest.ts";

/** The most prints of one symbol that are held. */
export const PRINTS_HELD = 200;

interface Held {
  print: Print;
  changed: number;
  /** Prints of the symbol up to and with this one, those that were skipped included. */
  ordinal: number;
}

/** The newest prints of one symbol. Overflow: the oldest make room. */
export class PrintRing {
  readonly #held: Held[] = [];
  readonly #capacity: number;
  #next = 0;
  #total = 0;

  constructor(capacity = PRINTS_HELD) {
    this.#capacity = capacity;
  }

  /** Prints oldest first; `skipped` came before them and are only counted. */
  push(prints: readonly Print[], skipped: number, changed: number): void {
    this.#total += skipped;
    for (const print of prints) {
      this.#total += 1;
      this.#held[this.#next] = { print, changed, ordinal: this.#total };
      this.#next = (this.#next + 1) % this.#capacity;
    }
  }

  /** What came after `cursor`, oldest first, and how many prints between are not held. */
  since(cursor: number): { prints: Print[]; skipped: number } {
    const prints: Print[] = [];
    for (const { print, changed, ordinal } of this.#newestFirst()) {
      if (changed > cursor) prints.push(print);
      else return { prints: prints.toReversed(), skipped: this.#total - ordinal - prints.length };
    }
    // Without a print from before the cursor there is nothing to count from: this is a first frame, or one far behind.
    return { prints: prints.toReversed(), skipped: 0 };
  }

  *#newestFirst(): Generator<Held> {
    const { length } = this.#held;
    for (let back = 1; back <= length; back += 1) {
      const held = this.#held[(this.#next - back + this.#capacity) % this.#capacity];
      if (held) yield held;
    }
  }
}
