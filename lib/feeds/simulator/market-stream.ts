import { MINUTE } from "../../domain/interval.ts";
import type { Listing, Market, MarketTrade } from "../../domain/market/market.ts";
import type { FeedTick } from "../feed.ts";

/** One symbol's place in the stream. */
interface Cursor {
  symbol: string;
  listing: Listing;
  minute: number;
  trades: Generator<MarketTrade>;
  next: MarketTrade | null;
  quoted: boolean;
}

const VENUES = ["XNAS", "XNYS", "ARCX", "BATS", "IEXG"];
const ODD_LOT = ["odd"];
const LOT = 100;

/** Trades and quotes of several symbols from an instant on, in the order of time for each symbol. */
export class MarketStream {
  readonly #market: Market;
  readonly #cursors: Cursor[];

  constructor(market: Market, symbols: readonly { symbol: string; listing: Listing }[], from: number) {
    this.#market = market;
    const minute = Math.floor(from / MINUTE) * MINUTE;
    this.#cursors = symbols.map(({ symbol, listing }) => {
      const cursor: Cursor = {
        symbol,
        listing,
        minute,
        trades: market.trades(listing, minute),
        next: null,
        quoted: false,
      };
      this.#pull(cursor, minute + MINUTE);
      while (cursor.next !== null && cursor.next.time < from) this.#pull(cursor, minute + MINUTE);
      return cursor;
    });
  }

  /** The next trade, of later minutes too as far as they begin before `until`. */
  #pull(cursor: Cursor, until: number): void {
    cursor.quoted = false;
    for (;;) {
      const step = cursor.trades.next();
      if (step.done !== true) {
        cursor.next = step.value;
        return;
      }
      if (cursor.minute + MINUTE >= until) {
        cursor.next = null;
        return;
      }
      cursor.minute += MINUTE;
      cursor.trades = this.#market.trades(cursor.listing, cursor.minute);
    }
  }

  /** Everything with event time before `until` that was not given yet. */
  before(until: number): FeedTick[] {
    const ticks: FeedTick[] = [];
    for (const cursor of this.#cursors) {
      if (cursor.next === null) this.#pull(cursor, until);
      while (cursor.next !== null) {
        const trade = cursor.next;
        if (!cursor.quoted) {
          if (trade.quoteTime >= until) break;
          cursor.quoted = true;
          ticks.push(quoteTick(cursor.symbol, trade));
        }
        if (trade.time >= until) break;
        ticks.push(tradeTick(cursor.symbol, trade, this.#market.idSpace));
        this.#pull(cursor, until);
      }
    }
    return ticks;
  }
}

export function tradeTick(
  symbol: string,
  { time, price, size, id, side }: MarketTrade,
  idSpace: string | null,
): FeedTick {
  const venue = VENUES[(id + size) % VENUES.length] ?? "XNAS";
  const tick: FeedTick = { type: "trade", symbol, time, price, size, id, side, venue };
  if (idSpace !== null) tick.idSpace = idSpace;
  if (size < LOT) tick.conditions = ODD_LOT;
  return tick;
}

function quoteTick(symbol: string, { quoteTime, bid, bidSize, ask, askSize }: MarketTrade): FeedTick {
  return { type: "quote", symbol, time: quoteTime, bid, bidSize, ask, askSize };
}
