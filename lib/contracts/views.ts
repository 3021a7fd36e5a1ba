import type { AlertTrigger } from "./alerts.ts";
import type { AuditRow } from "./audit.ts";
import type { Firing, Lineage } from "./bars.ts";
import type { Halted, HeldPrint, Print } from "./latest.ts";
import type { BackfillDocument, ChannelDocument, WorkerDocument } from "./sources.ts";
import type { TickerHits } from "./stores.ts";
import type { CalendarName } from "../domain/calendar/calendar.ts";
import type { TradedSession } from "../domain/calendar/day-sessions.ts";
import type { CompositeOperation } from "../domain/composite/name.ts";
import type { Source, Ticker } from "./tickers.ts";
import type { Adjustment } from "./adjustments.ts";
import type { Interval } from "../domain/interval.ts";

/** What pages get. Times are integer microseconds; the screen turns them into a zone's wall clock. */

/** One row of a watchlist. null is "not known": shown as a dash, never as zero. */
export interface QuoteView {
  symbol: string;
  last: number | null;
  previousClose: number | null;
  /** That of the present day in which the last trade was; null: it is of an earlier day. */
  session: TradedSession | null;
  /** What the last price is compared with: the previous close, in the post-market the day's own. null while unknown, and without a trade today. */
  base: number | null;
  bid: number | null;
  bidSize: number | null;
  ask: number | null;
  askSize: number | null;
  dayOpen: number | null;
  dayHigh: number | null;
  dayLow: number | null;
  /** Of the regular session, once it has ended. */
  dayClose: number | null;
  dayVolume: number | null;
  dayVwap: number | null;
  dayTrades: number | null;
  /** Event time of the newest tick and of the newest trade. */
  time: number | null;
  tradeTime: number | null;
  watermark: number | null;
  /** Its source numbers no trades: duplicates are found by what they say. */
  byContent: boolean;
  /** A trading halt, as far as the source tells of any; null while it trades. */
  halted: Halted | null;
  /** Prints that wait for an operator; absent where there is none. */
  held?: HeldPrint[];
}

/** A print that waits for an operator, in the queue of all. */
export interface HeldRow {
  symbol: string;
  tickSize: number;
  print: HeldPrint;
}

/** A print that counts, and can be taken out of its bars. */
export interface CountedPrint {
  id: number;
  idSpace?: string;
  time: number;
  price: number;
  size: number;
  conditions: string[];
}

/** What does not move with the market. */
export interface InstrumentView {
  symbol: string;
  exchange: string;
  ticker: string;
  name: string;
  sector: string | null;
  source: Source;
  /** What its days and sessions are. */
  calendar: CalendarName;
  currency: string;
  tickSize: number;
  marketValue: number | null;
  simulated: boolean;
  recorded: boolean;
  enabled: boolean;
  /** Silence beyond this many microseconds is STALE. */
  silence: number;
  /** The source is late by design by this many microseconds. */
  delay: number;
  /** Of the ratio or spread of two what its legs are; absent of a ticker. */
  legs?: [InstrumentView, InstrumentView];
}

/** A bar as the chart draws it. */
export interface BarView {
  start: number;
  open: number;
  high: number;
  low: number;
  close: number;
  /** null of a composite: nothing of it is traded. */
  volume: number | null;
  vwap: number | null;
  trades: number | null;
  final: boolean;
  revision: number;
  /** `built` from ticks, or `given` by the source as a bar. */
  origin: "built" | "given";
  /** A built bar that began before its symbol was complete, with no given bar to stand in. */
  partial: boolean;
}

export interface BarsPage {
  symbol: string;
  interval: Interval;
  bars: BarView[];
  /** As the bars are. */
  adjustment: Adjustment;
  /** Older bars are stored, or can be asked of the source. */
  more: boolean;
  /** History was fetched just now, and not all of it may be stored yet: ask again in a moment. */
  settling: boolean;
  /** History is on its way: ask again in a second. */
  backfill: Pick<BackfillDocument, "state" | "progress" | "bars" | "reason" | "from" | "to"> | null;
}

export interface BarUpdate extends BarView {
  symbol: string;
  interval: Interval;
  firing: Firing;
}

/** A window has no bar any more: every trade that gave it a price was taken back. */
export interface GoneBar {
  symbol: string;
  interval: Interval;
  start: number;
  gone: true;
}

/** Where a bar's numbers come from. */
export interface BarLineageView {
  symbol: string;
  interval: Interval;
  start: number;
  origin: "built" | "given";
  source: Source;
  lineage: Lineage | { channel: string; partition: number; offset: number; line: number };
  topic: string;
  index: string;
  version: number;
  epoch: number;
  revision: number;
  final: boolean;
  complete: boolean;
  trades: number | null;
  /** As it is stored: as traded, whatever adjustment a reader asks for. */
  raw: Pick<BarView, "open" | "high" | "low" | "close" | "volume">;
  codeVersion: string;
}

/** Where the numbers of a composite's bar come from: the bars of its legs. */
export interface CompositeLineageView {
  symbol: string;
  interval: Interval;
  start: number;
  operation: CompositeOperation;
  legs: [BarLineageView, BarLineageView];
}

/** The ratio or spread that words mean. */
export interface CompositeHit {
  symbol: string;
  name: string;
  operation: CompositeOperation;
  /** The symbols that it is made of. */
  legs: [string, string];
  /** Either of them is. */
  simulated: boolean;
}

/** What a search finds. */
export interface SearchAnswer extends TickerHits {
  composite: CompositeHit | null;
}

export interface MarketSnapshot {
  instruments: InstrumentView[];
  quotes: QuoteView[];
  /** Closes of today's 5m bars, oldest first. */
  sparklines: Record<string, number[]>;
  serverTime: number;
}

/** The symbols that traded most of late, most active first. */
export interface ActiveView {
  /** `lower` ≤ what was traded ≤ `upper`; `rate`: trades a second of late. */
  rows: { symbol: string; lower: number; upper: number; rate: number }[];
  /** By how much any of it can be off at most; 0: exact. */
  error: number;
  total: number;
  /** Event time that is counted, null while nothing is: from the start of a window of 5m to the newest trade. */
  from: number | null;
  to: number | null;
  /** Bars that could not be counted. */
  leftOut: number;
  /** Whether the log is being read. */
  connected: boolean;
  serverTime: number;
}

/** How symbols moved together from minute to minute. */
export interface Correlations {
  symbols: string[];
  from: number;
  to: number;
  /** Each pair once, `a` and `b` their places in `symbols`. Pearson's, −1 to 1; null where there is none. */
  pairs: { a: number; b: number; minutes: number; correlation: number | null }[];
}

export interface SymbolSnapshot {
  instrument: InstrumentView;
  quote: QuoteView;
  prints: Print[];
  /** Of a ticker that is not collected: why, and the symbol under which it goes on; null otherwise. */
  standing: { state: "disabled" | "removed"; successor: string | null } | null;
  serverTime: number;
}

/** Halts of a symbol, oldest first; of a composite those of both legs. `to` is null while one lasts. */
export interface HaltsView {
  halts: { symbol: string; from: number; to: number | null; reason: string | null }[];
}

export interface ChannelView extends ChannelDocument {
  /** Its lease ran out: nobody collects it. */
  orphaned: boolean;
}

export interface SourcesView {
  channels: ChannelView[];
  workers: WorkerDocument[];
  backfills: BackfillDocument[];
  serverTime: number;
}

export interface TickerRow {
  ticker: Ticker;
  version: string;
  /** What its channel says, `disabled`, or `recorded`. */
  status: "live" | "connecting" | "filling" | "stale" | "failed" | "idle" | "disabled" | "recorded" | "removed";
  reason: string | null;
  lastTickTime: number | null;
  backfill: BarsPage["backfill"];
}

/** One frame of the page's only subscription, at most every 30 ms; the newest value of each key, so a slow tab loses only freshness. */
export interface LiveFrame {
  serverTime: number;
  quotes: QuoteView[];
  bars: (BarUpdate | GoneBar)[];
  prints: { symbol: string; prints: Print[]; skipped: number }[];
  /** Alerts that fired since the frame before; to a page that has just come those of late. */
  alerts: AlertTrigger[];
  /** Whether the hub itself reads the log; false: everything on the page is ageing. */
  connected: boolean;
}

/** What a page subscribes to. */
export interface LiveTopics {
  /** Quotes of these symbols; "all" for the market page. */
  quotes: string[] | "all";
  /** Composites of which it wants the quotes beside "all", for they are not among those of all symbols. */
  composites?: string[] | undefined;
  bars: { symbol: string; interval: Interval }[];
  prints: string[];
}

/** A page of the audit log, newest first. */
export interface AuditPage {
  rows: AuditRow[];
  /** Where the next page begins; null: there is nothing older. */
  next: string | null;
}

/** What indicators draw over a range: as many values a line as there are bars, null where there are too few bars before. */
export interface IndicatorValues {
  symbol: string;
  interval: Interval;
  /** As the bars were from which they were computed. */
  adjust: Adjustment["mode"];
  /** The bars' starts, oldest first. */
  starts: number[];
  /** Start of the bar that still forms, if it is the last of them: its values are not final. */
  forming: number | null;
  /** All the bars before the range were there that its values depend on; without them the first ones follow the beginning of history. */
  settled: boolean;
  indicators: { indicator: string; name: string; lines: { name: string; values: (number | null)[] }[] }[];
}
