import type { Ticker } from "#lib/contracts/tickers.ts";

/** A simulated ticker, with what a test wants otherwise. */
export function ticker(symbol: string, more: Partial<Ticker> = {}): Ticker {
  return {
    symbol,
    name: symbol,
    sourceSymbol: symbol.slice(symbol.indexOf(":") + 1),
    source: "simulator",
    sector: null,
    formerTickers: [],
    aliases: [],
    calendar: "utc",
    profile: "all",
    currency: "USD",
    actions: [],
    tickSize: 0.01,
    marketValue: null,
    liquidity: 0,
    state: "enabled",
    addedAt: 0,
    updatedAt: 0,
    ...more,
  };
}
