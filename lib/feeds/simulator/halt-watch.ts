import { HOUR, type Micros } from "../../domain/interval.ts";
import type { HaltedMinutes } from "../../domain/market/halts.ts";
import type { Listing, Market } from "../../domain/market/market.ts";
import type { FeedStatus } from "../feed.ts";

/** As the tapes call a pause of the Limit Up-Limit Down plan. */
const REASON = "Volatility pause (LUDP)";
/** How far ahead halts are looked for at once. */
const AHEAD = HOUR;

interface Watched {
  symbol: string;
  listing: Listing;
  /** The present halt. */
  halt: HaltedMinutes | null;
  /** The one that begins next, if it is known; and the time up to which it was looked for. */
  next: HaltedMinutes | null;
  until: Micros;
}

/** Tells of symbols of the simulated market when they are halted and when they trade again. */
export class HaltWatch {
  readonly #market: Market;
  readonly #watched: Watched[];
  readonly #from: Micros;
  /** Before this nothing changes. */
  #due = -Infinity;

  constructor(market: Market, symbols: readonly { symbol: string; listing: Listing }[], from: Micros) {
    this.#market = market;
    this.#from = from;
    this.#watched = symbols.map(({ symbol, listing }) => {
      const halt = market.haltAt(listing, from);
      return { symbol, listing, halt, next: null, until: halt?.to ?? from };
    });
  }

  /** Of every symbol, as it is at the beginning. */
  first(): FeedStatus[] {
    return this.#watched.map(({ symbol, halt }) => (halt ? halted(symbol, halt) : trading(symbol, this.#from)));
  }

  /** Every change with a time before `until` that was not given yet. */
  before(until: Micros): FeedStatus[] {
    if (until <= this.#due) return [];
    const changes = this.#watched.flatMap((watched) => [...this.#changes(watched, until)]);
    this.#due = this.#watched.reduce((due, watched) => Math.min(due, dueOf(watched)), Infinity);
    return changes;
  }

  *#changes(watched: Watched, until: Micros): Generator<FeedStatus> {
    const { symbol, listing } = watched;
    while (dueOf(watched) < until) {
      if (watched.halt) {
        yield trading(symbol, watched.halt.to);
        watched.halt = null;
      } else if (watched.next) {
        yield halted(symbol, watched.next);
        watched.halt = watched.next;
        watched.until = watched.next.to;
        watched.next = null;
      } else {
        watched.next = this.#market.nextHalt(listing, watched.until, watched.until + AHEAD);
        watched.until += AHEAD;
      }
    }
  }
}

function dueOf({ halt, next, until }: Watched): Micros {
  return halt?.to ?? next?.from ?? until;
}

function halted(symbol: string, { from }: HaltedMinutes): FeedStatus {
  return { symbol, time: from, state: "halted", reason: REASON };
}

function trading(symbol: string, time: Micros): FeedStatus {
  return { symbol, time, state: "trading", reason: null };
}
