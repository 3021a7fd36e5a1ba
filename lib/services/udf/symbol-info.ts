import type { Ticker } from "../../contracts/tickers.ts";
import type { InstrumentView } from "../../contracts/views.ts";
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
  intraday_multipliers: readonly string[];
  has_seconds: true;
  seconds_multipliers: readonly string[];
  has_daily: true;
  has_weekly_and_monthly: false;
  supported_resolutions: readonly string[];
  /** Of what is not traded itself without volume. */
  visible_plots_set: "ohlcv" | "ohlc";
  volume_precision: number;
  data_status: "streaming" | "delayed_streaming" | "endofday";
  /** Seconds, where the source is late by design. */
  delay?: number;
}

/** The same bars are kept of everything. */
const INTERVALS = {
  has_intraday: true,
  intraday_multipliers: ["1", "5", "60"],
  has_seconds: true,
  seconds_multipliers: ["1"],
  has_daily: true,
  has_weekly_and_monthly: false,
  supported_resolutions: [...RESOLUTIONS],
} as const;

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
    ...INTERVALS,
    visible_plots_set: "ohlcv",
    volume_precision: type === "stock" ? 0 : 8,
    data_status: statusOf(isLive, delay),
    ...(delay > 0 ? { delay } : {}),
  };
}

/** The ratio or spread of two as the protocol describes symbols. */
export function compositeInfo(view: InstrumentView, tickers: readonly Ticker[]): SymbolInfo {
  const delay = view.delay / SECOND;
  const isLive = view.enabled && !view.recorded;
  const types = new Set(tickers.map(symbolType));
  const [type = "other"] = types;
  return {
    ticker: view.symbol,
    name: view.ticker,
    full_name: view.symbol,
    description: view.simulated ? `${view.name} (SIMULATED)` : view.name,
    type: types.size === 1 ? type : "other",
    exchange: view.exchange,
    listed_exchange: view.exchange,
    currency_code: view.currency,
    format: "price",
    ...priceScale(view.tickSize),
    ...tradingHours(view.calendar),
    ...INTERVALS,
    visible_plots_set: "ohlc",
    volume_precision: 0,
    data_status: statusOf(isLive, delay),
    ...(delay > 0 ? { delay } : {}),
  };
}

function statusOf(isLive: boolean, delay: number): SymbolInfo["data_status"] {
  if (!isLive) return "endofday";
  return delay > 0 ? "delayed_streaming" : "streaming";
}

/** Simulated data is labelled wherever it is shown. */
export function describe({ name, source }: Ticker): string {
  return source === "simulator" ? `${name} (SIMULATED)` : name;
}

export function symbolType({ source, calendar }: Ticker): SymbolInfo["type"] {
  if (source === "simulator" || calendar === "us-equities") return "stock";
  return source === "recording" ? "other" : "crypto";
}
