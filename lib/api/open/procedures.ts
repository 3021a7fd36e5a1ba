import type { z } from "zod";
import { OUTPUTS } from "./outputs.ts";

/** What the documentation says of a procedure; its parameters are the procedure's own. */
export interface Described {
  summary: string;
  description: string;
  output: z.ZodType | null;
  example: Readonly<Record<string, string>>;
}

const AAPL = { symbol: "SIM:AAPL" } as const;

/** Every query of the router that programs may ask. */
export const DESCRIBED: Readonly<Record<string, Described>> = {
  "bars.page": {
    summary: "The newest bars before a time",
    description:
      "The forming one too, of a symbol or of two as `A/B` or `A-B`. At most 2,000. `adjust`: raw, the default, as traded; split in shares of today, as charts show them; total with " +
      "dividends invested again. `adjustment` says which the answer is, and the factors. `more`: older ones are there. What is not held is asked of the " +
      "source; `backfill` then says how far that is: ask again in a second.",
    output: OUTPUTS.barsPage,
    example: { ...AAPL, interval: "1m", limit: "3" },
  },
  "bars.lineage": {
    summary: "Where a bar's numbers come from",
    description:
      "Topic, partition, offsets, revision and the version of the code; of a ratio or spread those of both legs. `start` is a bar's start.",
    output: null,
    example: { ...AAPL, interval: "1d", start: "yesterday" },
  },
  "symbol.snapshot": {
    summary: "A symbol's quote and last prints",
    description: "Null is «not known», never zero.",
    output: OUTPUTS.symbolSnapshot,
    example: AAPL,
  },
  "symbol.halts": {
    summary: "A symbol's trading halts",
    description: "The newest 64 that its source told of, oldest first; `to` is null while one lasts.",
    output: OUTPUTS.halts,
    example: AAPL,
  },
  "market.snapshot": {
    summary: "All symbols with their quotes",
    description: "With the closes of today's 5m bars.",
    output: OUTPUTS.marketSnapshot,
    example: {},
  },
  "market.active": {
    summary: "What traded most in the last hour",
    description: "Estimates, with the bounds between which the true amounts lie.",
    output: OUTPUTS.active,
    example: { order: "notional" },
  },
  "market.movers": {
    summary: "What gained and lost in a session of the present day",
    description:
      "`pre` and `regular` against the previous close, `post` against the day's own. Only symbols that traded in it, what gained most " +
      "first; of markets that never close the day is the regular session.",
    output: OUTPUTS.movers,
    example: { session: "regular" },
  },
  "market.volumeNormals": {
    summary: "Volume of the session so far against the same minute of the 20 sessions before",
    description:
      "A multiple of their median, and the mid-rank percentile among them. `sessions` it rests on; of fewer than five null, and `fetching` while " +
      "the source is asked for the minutes of more. From stored 1m bars, in whole minutes; at most 500 symbols.",
    output: OUTPUTS.volumeNormals,
    example: { symbols: "SIM:AAPL,SIM:MSFT" },
  },
  "search.tickers": {
    summary: "Tickers by name, prefix or typo",
    description: "The most liquid first; at most 100. `composite`: the ratio or spread that the words mean.",
    output: OUTPUTS.hits,
    example: { words: "apple", limit: "3" },
  },
  "correlation.matrix": {
    summary: "How symbols moved together from minute to minute",
    description: "Two to 20 symbols, 31 days at most. Pearson's correlation of the returns of minutes.",
    output: OUTPUTS.correlations,
    example: { symbols: "SIM:AAPL,SIM:MSFT", from: "yesterday", to: "today" },
  },
  "distribution.range": {
    summary: "How sizes, amounts, prices, spreads or moves of a range are distributed",
    description: "Percentiles with their bounds, from the sketches of the bars. At most 50 symbols; of prices one.",
    output: null,
    example: { symbols: "SIM:AAPL", from: "yesterday", to: "today", measure: "size" },
  },
  "indicators.values": {
    summary: "What the chart draws of indicators over a range",
    description: "The plotted numbers themselves, of at most 5,000 bars: `sma:20`, `bb:20:2`, `macd:12:26:9`.",
    output: OUTPUTS.indicators,
    example: { ...AAPL, interval: "1h", from: "yesterday", to: "today", indicators: "sma:20,rsi:14" },
  },
  "sources.view": {
    summary: "Sources, processes and history on its way",
    description: "As the status of the pages shows them.",
    output: null,
    example: {},
  },
  "tickers.list": {
    summary: "The tickers and what becomes of each",
    description: "Disabled and removed ones too.",
    output: null,
    example: {},
  },
  "tickers.lookup": {
    summary: "What a source lists under words",
    description: "At most 20; asks the source itself.",
    output: OUTPUTS.listings,
    example: { source: "simulator", words: "AAPL" },
  },
  "held.counted": {
    summary: "The prints of one second that count",
    description: "Read from the log; at most 200.",
    output: OUTPUTS.counted,
    example: { ...AAPL, time: "today" },
  },
  "held.list": {
    summary: "Prints that wait for an operator",
    description: "Each with the band outside of which it lay.",
    output: OUTPUTS.heldRows,
    example: {},
  },
  "alerts.list": {
    summary: "The alerts and what became of each",
    description:
      "The newest first; how often the present revision of each has fired, and when last. `unread`: those that are stored but cannot be read, and why.",
    output: OUTPUTS.alertList,
    example: {},
  },
  "alerts.fired": {
    summary: "What fired, with its tick and its delivery",
    description:
      "The newest first; at most 500. `partition`, `offset` and `line` are the tick's place in the log of ticks.",
    output: OUTPUTS.alertLog,
    example: { limit: "3" },
  },
};

/** Queries that are for our own pages alone. */
export const OF_PAGES: readonly string[] = [
  "session.current",
  "audit.page",
  "held.refusal",
  "alerts.preview",
  "lists.own",
  "desks.own",
  "drawings.own",
  "people.list",
];
