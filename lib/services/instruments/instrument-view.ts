import type { Ticker } from "../../contracts/tickers.ts";
import type { InstrumentView } from "../../contracts/views.ts";
import { splitSymbol } from "../../domain/symbol.ts";
import type { Feed } from "../../feeds/feed.ts";

/** A source that nobody runs here, a recording among them, is never called silent. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** What of a ticker does not move with the market. */
export function instrumentView(ticker: Ticker, feed: Pick<Feed, "capabilities"> | undefined): InstrumentView {
  return {
    symbol: ticker.symbol,
    ...splitSymbol(ticker.symbol),
    name: ticker.name,
    sector: ticker.sector,
    source: ticker.source,
    calendar: ticker.calendar,
    currency: ticker.currency,
    tickSize: ticker.tickSize,
    marketValue: ticker.marketValue,
    simulated: ticker.source === "simulator",
    recorded: ticker.source === "recording",
    enabled: ticker.state === "enabled",
    silence: feed?.capabilities.silence ?? NEVER,
    delay: feed?.capabilities.delay ?? 0,
  };
}
