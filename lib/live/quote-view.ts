import type { LatestLine } from "../contracts/latest.ts";
import type { QuoteView } from "../contracts/views.ts";
import type { TradedSession } from "../domain/calendar/day-sessions.ts";
import type { Micros } from "../domain/interval.ts";

/** The numbers of one day. */
export interface DayNumbers {
  open: number | null;
  high: number | null;
  low: number | null;
  /** Once the day has ended. */
  close: number | null;
  volume: number | null;
  vwap: number | null;
  trades: number | null;
}

/** What a quote is compared with. */
export interface QuoteReference {
  /** Start of the symbol's present day. */
  day: Micros;
  previousClose: number | null;
  /** That day's numbers, where the day has ended and no other has begun. */
  ended: DayNumbers | null;
  /** That of this day in which the last trade was; null: it is of an earlier day. */
  session: TradedSession | null;
}

const NO_DAY: DayNumbers = { open: null, high: null, low: null, close: null, volume: null, vwap: null, trades: null };

/**
 * The row of a watchlist. Without a trade on the present day there is no change and no day's range: unknown, never zero. A trade of
 * its pre-market changes the price, but not the day's range; one of its post-market is compared with the day's own close.
 * `proof`: event time up to which the symbol's channel has proved that nothing is missing.
 */
export function quoteView(line: LatestLine, reference: QuoteReference, proof: Micros | null): QuoteView {
  const day = line.dayStart === reference.day ? lineDay(line) : reference.ended;
  const { open, high, low, close, volume, vwap, trades } = day ?? NO_DAY;
  const { session } = reference;
  const previousClose = day || session === "pre" ? reference.previousClose : null;
  const hasTraded = session === "pre" || (trades ?? 0) > 0;
  return {
    symbol: line.symbol,
    last: line.price,
    previousClose,
    session,
    base: session === "post" ? close : hasTraded ? previousClose : null,
    bid: line.bid,
    bidSize: line.bidSize,
    ask: line.ask,
    askSize: line.askSize,
    dayOpen: open,
    dayHigh: high,
    dayLow: low,
    dayClose: close,
    dayVolume: volume,
    dayVwap: vwap,
    dayTrades: trades,
    time: line.time,
    tradeTime: line.tradeTime,
    watermark: line.watermark === null ? proof : Math.max(line.watermark, proof ?? 0),
    byContent: line.byContent ?? false,
    halted: line.halted ?? null,
    ...(line.held && { held: line.held }),
  };
}

function lineDay(line: LatestLine): DayNumbers {
  return {
    open: line.dayOpen,
    high: line.dayHigh,
    low: line.dayLow,
    close: null,
    volume: line.dayVolume,
    vwap: line.dayVwap,
    trades: line.dayTrades,
  };
}

/** A symbol of which nothing is known yet. */
export function unknownQuote(symbol: string): QuoteView {
  return {
    symbol,
    last: null,
    previousClose: null,
    session: null,
    base: null,
    bid: null,
    bidSize: null,
    ask: null,
    askSize: null,
    dayOpen: null,
    dayHigh: null,
    dayLow: null,
    dayClose: null,
    dayVolume: null,
    dayVwap: null,
    dayTrades: null,
    time: null,
    tradeTime: null,
    watermark: null,
    byContent: false,
    halted: null,
  };
}
