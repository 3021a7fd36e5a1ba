import type { Trade } from "../contracts/ticks.ts";
import { RecentMedian } from "../domain/guard/recent-median.ts";
import { CONTENT_SPACE } from "./parse-frame.ts";

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
  /** Where it lies in the log. */
  offset: number;
  line: number;
  trade: Trade;
}

/** A print that was held and then accepted. */
export interface AdmittedPrint {
  /** Place of the decision in the log, where it was added. */
  offset: number;
  line: number;
  /** Its own place. */
  held: { offset: number; line: number };
  time: number;
  price: number;
  size: number;
}

/** Everything of HeldPrints, for `restore`. */
export interface HeldPrintsState {
  prints: number | null;
  prices: number[];
  held: HeldPrint[];
  rejected: string[];
  accepted: string[];
  admitted: [key: string, print: AdmittedPrint][];
}

/** The guard of one symbol: by what it judges prints, which it holds, and what an operator has said of them. */
export class HeldPrints {
  #recent: RecentMedian | null = null;
  readonly held: HeldPrint[] = [];
  /** Prints that do not count, by key: they were held, have counted, or were never seen yet. */
  readonly rejected = new Set<string>();
  /** Prints that count whatever their price, and that did not come yet. */
  readonly accepted = new Set<string>();
  /** Prints that were held and then accepted, and count, in the order of the decisions. */
  readonly admitted = new Map<string, AdmittedPrint>();

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
      admitted: [...this.admitted],
    };
  }

  static restore(state: HeldPrintsState): HeldPrints {
    const prints = new HeldPrints();
    if (state.prints !== null) prints.#recent = new RecentMedian(state.prints, state.prices);
    prints.held.push(...state.held);
    for (const key of state.rejected) prints.rejected.add(key);
    for (const key of state.accepted) prints.accepted.add(key);
    for (const [key, print] of state.admitted) prints.admitted.set(key, print);
    return prints;
  }
}

/** How a print is called among decisions. */
export function printKey(space: string, id: number): string {
  return `${space}|${id}`;
}

/** The number that a print without an id has in its key; −1 of one with an id. */
export function numberIn(key: string): number {
  return key.startsWith(CONTENT_SPACE) ? Number(key.slice(CONTENT_SPACE.length + 1)) : -1;
}
