import { z } from "zod";
import { corporateActionsSchema } from "./adjustments.ts";
import { calendarSchema, microsSchema, profileSchema, symbolSchema } from "./ticks.ts";

export const SOURCES = ["simulator", "coinbase", "binance", "recording"] as const;
export const sourceSchema = z.enum(SOURCES);
export type Source = (typeof SOURCES)[number];

/** `enabled`: collected. `disabled`: kept, not collected. `removed`: hidden from lists, its history kept. */
export const TICKER_STATES = ["enabled", "disabled", "removed"] as const;

/** A document of the index `tickers`, `_id` = symbol. Changed only through the API, with optimistic concurrency. */
export const tickerSchema = z.strictObject({
  symbol: symbolSchema,
  name: z.string().trim().min(1).max(120),
  /** The source's own word for it: `btcusdt`, `BTC-USD`. */
  sourceSymbol: z.string().min(1).max(64),
  source: sourceSchema,
  sector: z.string().trim().min(1).max(60).nullable(),
  formerTickers: z.array(z.string().min(1).max(32)).max(16),
  /** Other names under which it is searched. */
  aliases: z.array(z.string().min(1).max(120)).max(32),
  /** The sessions of its exchange: they cut its time into windows and its days. */
  calendar: calendarSchema.default("utc"),
  /** What the conditions of its trades allow them to do to a bar. */
  profile: profileSchema.default("all"),
  currency: z.string().min(1).max(10),
  /** Its splits and dividends, oldest first. */
  actions: corporateActionsSchema.default([]),
  /** Smallest price step; decides the decimals on the screen. */
  tickSize: z.number().positive(),
  /** For the area of the heat map, in the currency; null where unknown. */
  marketValue: z.number().positive().nullable(),
  /** Rank of search results; traded value a day. */
  liquidity: z.number().nonnegative(),
  state: z.enum(TICKER_STATES),
  addedAt: microsSchema,
  updatedAt: microsSchema,
});

export type Ticker = z.infer<typeof tickerSchema>;
export type TickerState = (typeof TICKER_STATES)[number];

/** A stored ticker with the token that a change must present. */
export interface VersionedTicker {
  ticker: Ticker;
  version: string;
}
