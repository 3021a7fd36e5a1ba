import { z } from "zod";
import { adjustmentModeSchema, adjustmentSchema } from "../../contracts/adjustments.ts";
import { alertRuleSchema, type AlertTrigger, alertTriggerSchema } from "../../contracts/alerts.ts";
import { haltedSchema, heldPrintSchema, printSchema } from "../../contracts/latest.ts";
import { tickerSchema } from "../../contracts/tickers.ts";
import type { AlertList } from "../../contracts/alert-views.ts";
import type {
  ActiveView,
  BarsPage,
  BarView,
  Correlations,
  CountedPrint,
  IndicatorValues,
  HaltsView,
  HeldRow,
  InstrumentView,
  MarketSnapshot,
  QuoteView,
  SearchAnswer,
  SymbolSnapshot,
} from "../../contracts/views.ts";
import { chartSymbolSchema } from "../../contracts/chart-symbol.ts";
import type { MoversView, VolumeNormalsView } from "../../contracts/overview-views.ts";
import { BACKFILL_STATES } from "../../contracts/sources.ts";
import { calendarSchema, intervalSchema, microsSchema, reasonSchema, symbolSchema } from "../../contracts/ticks.ts";
import { sourceSchema } from "../../contracts/tickers.ts";
import { SESSIONS } from "../../domain/calendar/calendar.ts";
import { TRADED_SESSIONS } from "../../domain/calendar/day-sessions.ts";
import type { SourceListing } from "../../feeds/feed.ts";

/** What reading procedures answer with, where that is described: each the same type as the procedure's own. */
const number = z.number().nullable();
const time = microsSchema.nullable();

const bar = z.object({
  start: microsSchema,
  open: z.number(),
  high: z.number(),
  low: z.number(),
  close: z.number(),
  volume: number,
  vwap: number,
  trades: number,
  final: z.boolean(),
  revision: z.int(),
  origin: z.enum(["built", "given"]),
  partial: z.boolean(),
}) satisfies z.ZodType<BarView>;

const ticker = z.object({
  symbol: chartSymbolSchema,
  exchange: z.string(),
  ticker: z.string(),
  name: z.string(),
  sector: z.string().nullable(),
  source: sourceSchema,
  calendar: calendarSchema,
  currency: z.string(),
  tickSize: z.number(),
  marketValue: number,
  simulated: z.boolean(),
  recorded: z.boolean(),
  enabled: z.boolean(),
  silence: z.int(),
  delay: z.number(),
});

const instrument = ticker.extend({
  legs: z.tuple([ticker, ticker]).exactOptional(),
}) satisfies z.ZodType<InstrumentView>;

const quote = z.object({
  symbol: chartSymbolSchema,
  last: number,
  previousClose: number,
  session: z.enum(TRADED_SESSIONS).nullable(),
  base: number,
  bid: number,
  bidSize: number,
  ask: number,
  askSize: number,
  dayOpen: number,
  dayHigh: number,
  dayLow: number,
  dayClose: number,
  dayVolume: number,
  dayVwap: number,
  dayTrades: number,
  time,
  tradeTime: time,
  watermark: time,
  byContent: z.boolean(),
  halted: haltedSchema.nullable(),
  held: z.array(heldPrintSchema).exactOptional(),
}) satisfies z.ZodType<QuoteView>;

const barsPage = z.object({
  symbol: chartSymbolSchema,
  interval: intervalSchema,
  bars: z.array(bar),
  adjustment: adjustmentSchema,
  more: z.boolean(),
  settling: z.boolean(),
  backfill: z
    .object({
      state: z.enum(BACKFILL_STATES),
      progress: z.number(),
      bars: z.int(),
      reason: z.string().nullable(),
      from: microsSchema,
      to: microsSchema,
    })
    .nullable(),
}) satisfies z.ZodType<BarsPage>;

const active = z.object({
  rows: z.array(z.object({ symbol: symbolSchema, lower: z.number(), upper: z.number(), rate: z.number() })),
  error: z.number(),
  total: z.number(),
  from: time,
  to: time,
  leftOut: z.int(),
  connected: z.boolean(),
  serverTime: microsSchema,
}) satisfies z.ZodType<ActiveView>;

const movers = z.object({
  session: z.enum(TRADED_SESSIONS),
  moves: z.array(
    z.object({
      symbol: symbolSchema,
      start: microsSchema,
      end: microsSchema,
      price: z.number(),
      base: z.number(),
      percent: z.number(),
    }),
  ),
  serverTime: microsSchema,
}) satisfies z.ZodType<MoversView>;

const volumeNormals = z.object({
  rows: z.array(
    z.object({
      symbol: symbolSchema,
      session: z.enum(SESSIONS),
      from: microsSchema,
      to: microsSchema,
      volume: number,
      sessions: z.int(),
      median: number,
      ratio: number,
      percentile: number,
      fetching: z.boolean(),
    }),
  ),
  serverTime: microsSchema,
}) satisfies z.ZodType<VolumeNormalsView>;

const correlations = z.object({
  symbols: z.array(symbolSchema),
  from: microsSchema,
  to: microsSchema,
  pairs: z.array(z.object({ a: z.int(), b: z.int(), minutes: z.int(), correlation: number })),
}) satisfies z.ZodType<Correlations>;

const hits = z.object({
  hits: z.array(z.object({ ticker: tickerSchema, matched: z.string().nullable() })),
  total: z.int(),
  sectors: z.array(z.object({ sector: z.string(), count: z.int() })),
  composite: z
    .object({
      symbol: chartSymbolSchema,
      name: z.string(),
      operation: z.enum(["/", "-"]),
      legs: z.tuple([symbolSchema, symbolSchema]),
      simulated: z.boolean(),
    })
    .nullable(),
}) satisfies z.ZodType<SearchAnswer>;

const listings = z.array(
  z.object({
    sourceSymbol: z.string(),
    ticker: z.string(),
    name: z.string(),
    currency: z.string(),
    tickSize: z.number(),
  }),
) satisfies z.ZodType<SourceListing[]>;

const heldRows = z.array(
  z.object({ symbol: symbolSchema, tickSize: z.number(), print: heldPrintSchema }),
) satisfies z.ZodType<HeldRow[]>;

const counted = z.array(
  z.object({
    id: z.int(),
    idSpace: z.string().exactOptional(),
    time: microsSchema,
    price: z.number(),
    size: z.number(),
    conditions: z.array(z.string()),
  }),
) satisfies z.ZodType<CountedPrint[]>;

const line = z.object({ name: z.string(), values: z.array(number) });
const indicators = z.object({
  symbol: chartSymbolSchema,
  interval: intervalSchema,
  adjust: adjustmentModeSchema,
  starts: z.array(microsSchema),
  forming: time,
  settled: z.boolean(),
  indicators: z.array(z.object({ indicator: z.string(), name: z.string(), lines: z.array(line) })),
}) satisfies z.ZodType<IndicatorValues>;

const marketSnapshot = z.object({
  instruments: z.array(instrument),
  quotes: z.array(quote),
  sparklines: z.record(z.string(), z.array(z.number())),
  serverTime: microsSchema,
}) satisfies z.ZodType<MarketSnapshot>;

const symbolSnapshot = z.object({
  instrument,
  quote,
  prints: z.array(printSchema),
  standing: z.object({ state: z.enum(["disabled", "removed"]), successor: z.string().nullable() }).nullable(),
  serverTime: microsSchema,
}) satisfies z.ZodType<SymbolSnapshot>;

const halts = z.object({
  halts: z.array(z.object({ symbol: symbolSchema, from: microsSchema, to: time, reason: reasonSchema.nullable() })),
}) satisfies z.ZodType<HaltsView>;

const alertList = z.object({
  rows: z.array(
    z.object({
      rule: alertRuleSchema,
      version: z.string(),
      status: z.enum(["watching", "paused", "expired", "done"]),
      firings: z.object({ count: z.int(), last: microsSchema }).nullable(),
    }),
  ),
  unread: z.array(z.object({ id: z.string(), why: z.string() })),
}) satisfies z.ZodType<AlertList>;

const alertLog = z.array(alertTriggerSchema) satisfies z.ZodType<AlertTrigger[]>;

/** Of reading procedures, where that is described. */
export const OUTPUTS = {
  barsPage,
  active,
  alertList,
  alertLog,
  correlations,
  counted,
  halts,
  indicators,
  hits,
  listings,
  heldRows,
  marketSnapshot,
  movers,
  symbolSnapshot,
  volumeNormals,
} as const;
