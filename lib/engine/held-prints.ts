import type { Trade } from "../contracts/ticks.ts";
import { RecentMedian } from "../domain/guard/recent-median.ts";

/** The most prints that one symbol holds. So many far away are a market that has moved: the next one counts like any other. */
export const MAX_HELD = 64;
/** The most decisions that one symbol remembers; more are refused. */
export const MAX_DECIDED = 4096;

/** A print that waits for an operator. */
export interface HeldPrint {
  /** Its number in its id space, which is CONTENT_SPACE for trades without ids. */
  id: number;
  space: string;
  /** What its conditions allow it to do. */
  eligible: number;
  /** The band when it came. */
  low: number;
  high: number;
  trade: Trade;
}

/** Everything of HeldPrints, for `restore`. */
export interface HeldPrintsState {
  prints: number | null;
  prices: number[];
  held: HeldPrint[];
  rejected: string[];
  accepted: string[];
  admitted: [key: string, offset: number, line: number][];
}

/** The guard of one symbol: by what it judges prints, which it holds, and what an operator has said of them. */
export class HeldPrints {
  #recent: RecentMedian | null = null;
  readonly held: HeldPrint[] = [];
  /** Prints that never count, by key; those of which nothing was seen yet among them. */
  readonly rejected = new Set<string>();
  /** Prints that count whatever their price, and that did not come yet. */
  readonly accepted = new Set<string>();
  /** Prints that were held and then accepted, with the place of the decision in the log, where they were added. */
  readonly admitted = new Map<string, { offset: number; line: number }>();

  /** No room for another decision. */
  get isFull(): boolean {
    return this.rejected.size + this.accepted.size + this.admitted.size >= MAX_DECIDED;
  }

  /** The median of the last `prints` prices. */
  recent(prints: number): RecentMedian {
    if (this.#recent?.capacity !== prints) this.#recent = new RecentMedian(prints, this.#recent?.prices);
    return this.#recent;
  }

  state(): HeldPrintsState {
    return {
      prints: this.#recent?.capacity ?? null,
      prices: this.#recent?.prices ?? [],
      held: this.held,
      rejected: [...this.rejected],
      accepted: [...this.accepted],
      admitted: Array.from(this.admitted, ([key, { offset, line }]) => [key, offset, line]),
    };
  }

  static restore(state: HeldPrintsState): HeldPrints {
    const prints = new HeldPrints();
    if (state.prints !== null) prints.#recent = new RecentMedian(state.prints, state.prices);
    prints.held.push(...state.held);
    for (const key of state.rejected) prints.rejected.add(key);
    for (const key of state.accepted) prints.accepted.add(key);
    for (const [key, offset, line] of state.admitted) prints.admitted.set(key, { offset, line });
    return prints;
  }
}

/** How a print is called among decisions. */
export function printKey(space: string, id: number): string {
  return `${space}|${id}`;
}
