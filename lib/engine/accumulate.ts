import { PRICE_BITS, VOLUME as VOLUME_BIT } from "../domain/eligibility/eligibility.ts";
import {
  ASK,
  BID,
  BUY_VOLUME,
  CHANNEL,
  CLOSE,
  CLOSE_ID,
  CLOSE_TIME,
  FIRST_LINE,
  FIRST_OFFSET,
  HIGH,
  LAST_LINE,
  LAST_OFFSET,
  LOW,
  MAX_ID,
  MIN_ID,
  NOTIONAL,
  OPEN,
  OPEN_ID,
  OPEN_TIME,
  QUOTE_TIME,
  SPACE,
  SPREAD_MAX,
  SPREAD_MIN,
  TRADES,
  VOLUME,
  WIDTH,
  WORDS,
} from "./window-arena.ts";

/** A trade as the windows see it; one object is filled again for each. */
export interface TradeFacts {
  time: number;
  id: number;
  price: number;
  size: number;
  buy: boolean;
  offset: number;
  line: number;
  channel: number;
  /** What its conditions allow it to do, as the bits of `lib/domain/eligibility`. */
  eligible: number;
  /** Its id is the next after the highest that was seen: no window has a higher one. */
  isNext: boolean;
}

/** Adds a trade to a window that has one. Sums grow in the order of the log: a restored window goes on to the same bits. */
export function addTrade(values: Float64Array, words: Int32Array, window: number, trade: TradeFacts): void {
  const at = window * WIDTH;
  const word = window * WORDS;
  const { time, id, price, size } = trade;
  const closeTime = values[at + CLOSE_TIME] ?? 0;
  if (time > closeTime || (time === closeTime && id > (values[at + CLOSE_ID] ?? 0))) {
    values[at + CLOSE_TIME] = time;
    values[at + CLOSE_ID] = id;
    values[at + CLOSE] = price;
  }
  const openTime = values[at + OPEN_TIME] ?? 0;
  if (time <= openTime && (time < openTime || id < (values[at + OPEN_ID] ?? 0))) {
    values[at + OPEN_TIME] = time;
    values[at + OPEN_ID] = id;
    values[at + OPEN] = price;
  }
  if (price > (values[at + HIGH] ?? 0)) values[at + HIGH] = price;
  if (price < (values[at + LOW] ?? 0)) values[at + LOW] = price;
  if (trade.isNext) values[at + MAX_ID] = id;
  else {
    if (id > (values[at + MAX_ID] ?? 0)) values[at + MAX_ID] = id;
    if (id < (values[at + MIN_ID] ?? 0)) values[at + MIN_ID] = id;
  }
  values[at + VOLUME] = (values[at + VOLUME] ?? 0) + size;
  values[at + NOTIONAL] = (values[at + NOTIONAL] ?? 0) + price * size;
  values[at + TRADES] = (values[at + TRADES] ?? 0) + 1;
  if (trade.buy) values[at + BUY_VOLUME] = (values[at + BUY_VOLUME] ?? 0) + size;
  values[at + LAST_OFFSET] = trade.offset;
  words[word + LAST_LINE] = trade.line;
  words[word + CHANNEL] = trade.channel;
}

/**
 * Adds a trade that may do less than others to a bar, or one to a bar that was priced by less. `rank`: LAST, SUBSTITUTE or 0, by which
 * trades the bar is priced so far; gives by which it is now. The times of open and close are those of the trades that price it; of all, where
 * none does. What comes out is the same in whatever order the trades come.
 */
export function addPartly(
  values: Float64Array,
  words: Int32Array,
  window: number,
  trade: TradeFacts,
  rank: number,
): number {
  const at = window * WIDTH;
  const { time, id, size } = trade;
  const own = trade.eligible & PRICE_BITS;
  const price = own > 0 ? trade.price : 0;
  const closeTime = values[at + CLOSE_TIME] ?? 0;
  const openTime = values[at + OPEN_TIME] ?? 0;
  const isBetter = own > rank;
  if (isBetter || (own === rank && (time > closeTime || (time === closeTime && id > (values[at + CLOSE_ID] ?? 0))))) {
    values[at + CLOSE_TIME] = time;
    values[at + CLOSE_ID] = id;
    values[at + CLOSE] = price;
  }
  if (isBetter || (own === rank && (time < openTime || (time === openTime && id < (values[at + OPEN_ID] ?? 0))))) {
    values[at + OPEN_TIME] = time;
    values[at + OPEN_ID] = id;
    values[at + OPEN] = price;
  }
  if (own > 0) {
    if (rank === 0 || price > (values[at + HIGH] ?? 0)) values[at + HIGH] = price;
    if (rank === 0 || price < (values[at + LOW] ?? 0)) values[at + LOW] = price;
  }
  if (id > (values[at + MAX_ID] ?? 0)) values[at + MAX_ID] = id;
  if (id < (values[at + MIN_ID] ?? 0)) values[at + MIN_ID] = id;
  if ((trade.eligible & VOLUME_BIT) !== 0) {
    values[at + VOLUME] = (values[at + VOLUME] ?? 0) + size;
    values[at + NOTIONAL] = (values[at + NOTIONAL] ?? 0) + trade.price * size;
    values[at + TRADES] = (values[at + TRADES] ?? 0) + 1;
    if (trade.buy) values[at + BUY_VOLUME] = (values[at + BUY_VOLUME] ?? 0) + size;
  }
  values[at + LAST_OFFSET] = trade.offset;
  words[window * WORDS + LAST_LINE] = trade.line;
  words[window * WORDS + CHANNEL] = trade.channel;
  return Math.max(rank, own);
}

/** Makes a window a bar, of a trade that may do less than others; gives by which trades it is priced. */
export function addFirstPartly(
  values: Float64Array,
  words: Int32Array,
  window: number,
  trade: TradeFacts,
  space: number,
): number {
  const at = window * WIDTH;
  const { time, id, offset, line } = trade;
  values[at + OPEN_TIME] = values[at + CLOSE_TIME] = time;
  values[at + OPEN_ID] = values[at + CLOSE_ID] = values[at + MIN_ID] = values[at + MAX_ID] = id;
  values[at + FIRST_OFFSET] = offset;
  words[window * WORDS + FIRST_LINE] = line;
  words[window * WORDS + SPACE] = space;
  return addPartly(values, words, window, trade, 0);
}

/** Makes a window a bar. */
export function addFirstTrade(
  values: Float64Array,
  words: Int32Array,
  window: number,
  trade: TradeFacts,
  space: number,
): void {
  const at = window * WIDTH;
  const word = window * WORDS;
  const { time, id, price, size, offset, line } = trade;
  values[at + OPEN_TIME] = values[at + CLOSE_TIME] = time;
  values[at + OPEN_ID] = values[at + CLOSE_ID] = values[at + MIN_ID] = values[at + MAX_ID] = id;
  values[at + OPEN] = values[at + CLOSE] = values[at + HIGH] = values[at + LOW] = price;
  values[at + VOLUME] = size;
  values[at + NOTIONAL] = price * size;
  values[at + TRADES] = 1;
  if (trade.buy) values[at + BUY_VOLUME] = size;
  values[at + FIRST_OFFSET] = values[at + LAST_OFFSET] = offset;
  words[word + FIRST_LINE] = words[word + LAST_LINE] = line;
  words[word + CHANNEL] = trade.channel;
  words[word + SPACE] = space;
}

/**
 * Takes a quote into the window at `window`; says whether anything became different. The newest by event time gives bid and ask, the
 * later line among equals; repeating a quote changes nothing.
 */
export function addQuote(values: Float64Array, window: number, time: number, bid: number, ask: number): boolean {
  const at = window * WIDTH;
  const spread = ask - bid;
  const quoteTime = values[at + QUOTE_TIME] ?? -1;
  if (quoteTime < 0) {
    values[at + SPREAD_MIN] = values[at + SPREAD_MAX] = spread;
  } else {
    const isNewest = time >= quoteTime;
    const least = values[at + SPREAD_MIN] ?? 0;
    const most = values[at + SPREAD_MAX] ?? 0;
    const repeats = time === quoteTime && bid === values[at + BID] && ask === values[at + ASK];
    if (spread >= least && spread <= most && (!isNewest || repeats)) return false;
    if (spread < least) values[at + SPREAD_MIN] = spread;
    if (spread > most) values[at + SPREAD_MAX] = spread;
    if (!isNewest) return true;
  }
  values[at + QUOTE_TIME] = time;
  values[at + BID] = bid;
  values[at + ASK] = ask;
  return true;
}
