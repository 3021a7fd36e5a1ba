import type { Ticker } from "../../contracts/tickers.ts";
import { SECOND } from "../../domain/interval.ts";
import { splitSymbol } from "../../domain/symbol.ts";
import type { Feed } from "../../feeds/feed.ts";
import { priceScale } from "./price-scale.ts";
import { RESOLUTIONS } from "./resolution.ts";
import { tradingHours, type TradingHours } from "./trading-hours.ts";

/** What kinds of symbols there are; the empty one is "all" in clients. */
export const SYMBOL_TYPES = ["stock", "crypto", "other"] as const;

export interface SymbolInfo extends TradingHours {
  /** What history is asked by. */
  ticker: string;
  name: string;
  full_name: string;
  description: string;
  type: (typeof SYMBOL_TYPES)[number];
  exchange: string;
  listed_exchange: string;
  currency_code: string;
  format: "price";
  minmov: number;
  pricescale: number;
  has_intraday: true;
  intraday_multipliers: string[];
  has_seconds: true;
  seconds_multipliers: string[];
  has_daily: true;
  has_weekly_and_monthly: false;
  supported_resolutions: string[];
  visible_plots_set: "ohlcv";
  volume_precision: number;
  data_status: "streaming" | "delayed_streaming" | "endofday";
  /** Seconds, where the source is late by design. */
  delay?: number;
}

/** A ticker as the protocol describes symbols. */
export function symbolInfo(ticker: Ticker, feed: Pick<Feed, "capabilities"> | undefined): SymbolInfo {
  const { exchange, ticker: name } = splitSymbol(ticker.symbol);
  const delay = (feed?.capabilities.delay ?? 0) / SECOND;
  const isLive = ticker.state === "enabled" && ticker.source !== "recording";
  const type = symbolType(ticker);
  return {
    ticker: ticker.symbol,
    name,
    full_name: ticker.symbol,
    description: describe(ticker),
    type,
    exchange,
    listed_exchange: exchange,
    currency_code: ticker.currency,
    format: "price",
    ...priceScale(ticker.tickSize),
    ...tradingHours(ticker.calendar),
    has_intraday: true,
    intraday_multipliers: ["1", "5", "60"],
    has_seconds: true,
    seconds_multipliers: ["1"],
    has_daily: true,
    has_weekly_and_monthly: false,
    supported_resolutions: [...RESOLUTIONS],
    visible_plots_set: "ohlcv",
    volume_precision: type === "stock" ? 0 : 8,
    data_status: !isLive ? "endofday" : delay > 0 ? "delayed_streaming" : "streaming",
    ...(delay > 0 ? { delay } : {}),
  };
}

/** Simulated data is labelled wherever it is shown. */
export function describe({ name, source }: Ticker): string {
  return source === "simulator" ? `${name} (SIMULATED)` : name;
}

export function symbolType({ source, calendar }: Ticker): SymbolInfo["type"] {
  if (source === "simulator" || calendar === "us-equities") return "stock";
  return source === "recording" ? "other" : "crypto";
}
