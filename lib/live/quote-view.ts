import type { LatestLine } from "../contracts/latest.ts";
import type { QuoteView } from "../contracts/views.ts";

/** What a quote is compared with. */
export interface QuoteReference {
  /** The day of the line is the symbol's present day: otherwise it has not traded today, and nothing of that day is shown. */
  current: boolean;
  previousClose: number | null;
}

/** The row of a watchlist. Without a trade today there is no change and no day's range: unknown, never zero. */
export function quoteView(line: LatestLine, { current, previousClose }: QuoteReference): QuoteView {
  const today = current && line.dayStart !== null;
  return {
    symbol: line.symbol,
    last: line.price,
    previousClose: today ? previousClose : null,
    bid: line.bid,
    bidSize: line.bidSize,
    ask: line.ask,
    askSize: line.askSize,
    dayOpen: today ? line.dayOpen : null,
    dayHigh: today ? line.dayHigh : null,
    dayLow: today ? line.dayLow : null,
    dayVolume: today ? line.dayVolume : null,
    dayVwap: today ? line.dayVwap : null,
    dayTrades: today ? line.dayTrades : null,
    time: line.time,
    tradeTime: line.tradeTime,
    watermark: line.watermark,
  };
}

/** A symbol of which nothing is known yet. */
export function unknownQuote(symbol: string): QuoteView {
  return {
    symbol,
    last: null,
    previousClose: null,
    bid: null,
    bidSize: null,
    ask: null,
    askSize: null,
    dayOpen: null,
    dayHigh: null,
    dayLow: null,
    dayVolume: null,
    dayVwap: null,
    dayTrades: null,
    time: null,
    tradeTime: null,
    watermark: null,
  };
}
