import type { LatestLine } from "#lib/contracts/latest.ts";

/** What `latest` says of a symbol that has traded once, at time 0 and price 1, with what a test wants otherwise. */
export function latestLine(symbol: string, more: Partial<LatestLine> = {}): LatestLine {
  return {
    symbol,
    channel: "simulator-0",
    time: 0,
    receivedTime: 0,
    price: 1,
    size: 1,
    side: null,
    tradeTime: 0,
    bid: null,
    bidSize: null,
    ask: null,
    askSize: null,
    dayStart: null,
    dayOpen: null,
    dayHigh: null,
    dayLow: null,
    dayVolume: null,
    dayVwap: null,
    dayTrades: null,
    watermark: null,
    epoch: 1,
    offset: 0,
    line: 0,
    ...more,
  };
}
