import type { InstrumentView, QuoteView } from "#lib/contracts/views.ts";

export function instrument(symbol: string, change: Partial<InstrumentView> = {}): InstrumentView {
  const [exchange = "", ticker = ""] = symbol.split(":");
  return {
    symbol,
    exchange,
    ticker,
    name: ticker,
    sector: "Technology",
    source: "simulator",
    calendar: "utc",
    currency: "USD",
    tickSize: 0.01,
    marketValue: null,
    simulated: true,
    recorded: false,
    enabled: true,
    silence: 30_000_000,
    delay: 0,
    ...change,
  };
}

export function quote(symbol: string, change: Partial<QuoteView> = {}): QuoteView {
  return {
    symbol,
    last: 100,
    previousClose: 100,
    session: "regular",
    base: 100,
    bid: 99.99,
    bidSize: 1,
    ask: 100.01,
    askSize: 1,
    dayOpen: 100,
    dayHigh: 101,
    dayLow: 99,
    dayClose: null,
    dayVolume: 10,
    dayVwap: 100,
    dayTrades: 3,
    time: 1_000,
    tradeTime: 1_000,
    watermark: 1_000,
    byContent: false,
    halted: null,
    ...change,
  };
}
