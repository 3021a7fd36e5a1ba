import type { AlertTrigger } from "./alerts.ts";
import type { Bar, BarLine, PricedBar } from "./bars.ts";
import type { GivenBarDocument, WindowDocument } from "./engine-store.ts";
import type { LatestLine } from "./latest.ts";
import type { Owned, Versioned } from "./kept.ts";
import type { BackfillDocument, ChannelDocument, WorkerDocument } from "./sources.ts";
import type { Session } from "../domain/calendar/calendar.ts";
import type { TimeRange } from "../domain/calendar/day-sessions.ts";
import type { Ticker, VersionedTicker } from "./tickers.ts";

/** Ports to Elasticsearch for collectors and services; `lib/elasticsearch` implements them. Each rejects with UNAVAILABLE or TIMEOUT when the server does not answer. */

export interface TickerStore {
  /** All of them, removed ones too, by symbol. */
  list(): Promise<VersionedTicker[]>;
  get(symbol: string): Promise<VersionedTicker | null>;
  /** CONFLICT when it exists. */
  create(ticker: Ticker): Promise<VersionedTicker>;
  /** CONFLICT when `version` is not the newest. */
  replace(ticker: Ticker, version: string): Promise<VersionedTicker>;
  /** Creates those that do not exist yet; says how many. */
  seed(tickers: readonly Ticker[]): Promise<number>;
  search(query: TickerQuery): Promise<TickerHits>;
}

export interface TickerQuery {
  /** Words as typed: ticker, name, former ticker, prefix or typo. Empty: the most liquid. */
  words: string;
  sector?: string | undefined;
  source?: string | undefined;
  /** Whether removed ones are found too, behind all others. */
  removed?: boolean | undefined;
  limit: number;
}

export interface TickerHits {
  hits: { ticker: Ticker; /** What was hit, for the reader: `former ticker FB`. */ matched: string | null }[];
  total: number;
  sectors: { sector: string; count: number }[];
}

export interface SourceStore {
  channels(): Promise<ChannelDocument[]>;
  /** Takes, renews or gives back a lease and stores the report with it: CONFLICT when somebody else wrote since `version` (null: must not exist). */
  putChannel(document: ChannelDocument, version: string | null): Promise<string>;
  getChannel(channel: string): Promise<{ document: ChannelDocument; version: string } | null>;
  workers(): Promise<WorkerDocument[]>;
  putWorker(document: WorkerDocument): Promise<void>;
  removeWorker(id: string): Promise<void>;
  /** Removes the reports that are older: those of processes that died without a word. */
  forgetWorkers(before: number): Promise<void>;
  /** Asks for history, ranges that were asked for already excepted; what is stored of each afterwards. */
  wantBackfills(documents: readonly BackfillDocument[]): Promise<BackfillDocument[]>;
  putBackfill(document: BackfillDocument): Promise<void>;
  /** Asks for a range anew unless it is in another state than `seen` by now; what is stored of it afterwards. */
  renewBackfill(document: BackfillDocument, seen: BackfillDocument["state"]): Promise<BackfillDocument>;
  backfills(query: { symbol?: string; states?: readonly BackfillDocument["state"][] }): Promise<BackfillDocument[]>;
}

export interface KeptStore<T> {
  /** What one person keeps, of one subject where a kind has several; none and no version where nothing is stored. */
  get(owner: string, of?: string): Promise<Versioned<T>>;
  /** CONFLICT when `version` is not the newest (null: must not exist). The new version. */
  put(document: Owned<T>, version: string | null): Promise<string>;
}

export interface BarQuery {
  symbol: string;
  interval: Bar["interval"];
  /** Bars of this session alone; those that a source gave count as regular ones. Absent: of all. */
  session?: Session;
  /** Start of the oldest window, inclusive; start of the newest, exclusive. Microseconds. */
  from?: number;
  to?: number;
  limit: number;
  order: "ascending" | "descending";
}

/** A stored bar as readers see it: built ones that have a price and given ones, neither raw accumulators nor sketches. */
export type StoredBar =
  | ({ given: false; epoch: number; position: number } & PricedBar)
  | Omit<GivenBarDocument, "written">;

type Drawn =
  | "start"
  | "open"
  | "high"
  | "low"
  | "close"
  | "volume"
  | "vwap"
  | "trades"
  | "given"
  | "epoch"
  | "position";

/** What of a stored bar a chart draws. */
export type ChartBar =
  | Pick<Extract<StoredBar, { given: false }>, Drawn | "final" | "complete" | "revision">
  | Pick<Extract<StoredBar, { given: true }>, Drawn>;

export interface SketchQuery {
  symbol: string;
  interval: Bar["interval"];
  from: number;
  to: number;
  part: "sketch" | "profile";
}

export interface StoredSketch {
  start: number;
  /** Base64. */
  encoded: string;
  firstOffset: number;
  lastOffset: number;
}

/** What of a stored bar alert rules look at. */
export interface WatchedBar {
  start: number;
  end: number;
  session: string;
  high: number;
  low: number;
  close: number;
  volume: number;
  trades: number;
  final: boolean;
}

/** The close of one window. */
export interface Close {
  start: number;
  close: number;
}

/** What changes of a stretch of `every` microseconds when any of its stored bars does. */
export interface Stretch {
  start: number;
  documents: number;
  /** When the newest of them was written. */
  written: number;
}

export interface BarReader {
  /** As `read`, but only what charts draw: a third of the cost. */
  readChart(query: BarQuery): Promise<ChartBar[]>;
  /** At most 10,000; both the built and the given bar of a window where both exist, next to each other. */
  read(query: BarQuery): Promise<StoredBar[]>;
  /** Any length, oldest first, in pages. */
  scan(query: Omit<BarQuery, "limit" | "order">): AsyncIterable<StoredBar[]>;
  /** As `scan`, one bar a window and only what alert rules look at: nothing but columns is read. */
  watched(query: Omit<BarQuery, "limit" | "order">): AsyncIterable<WatchedBar[]>;
  /** What is stored by now is found by every read after this; otherwise by those of a second later. */
  refresh(): Promise<void>;
  /** Real-time get of one built bar with everything stored of it, and the name of its index. */
  get(
    symbol: string,
    interval: Bar["interval"],
    start: number,
  ): Promise<{ document: WindowDocument; index: string } | null>;
  /** Encoded sketches of the built windows of a range, or their volume profiles, and where in the log their trades lie. */
  sketches(query: SketchQuery): AsyncIterable<StoredSketch[]>;
  /** The closes of one symbol from `from` to before `to`, any length, oldest first, in pages. */
  course(query: Omit<BarQuery, "limit" | "order">): AsyncIterable<Close[]>;
  /** The stretches from `from` to before `to` that hold any bar: multiples of `every`, oldest first. */
  stretches(query: Omit<BarQuery, "limit" | "order">, every: number): Promise<Stretch[]>;
  /** The closes of each symbol's windows that start at `from` or later, or at exactly those times; oldest first. */
  closes(
    symbols: readonly string[],
    interval: Bar["interval"],
    from: number | readonly number[],
  ): Promise<Map<string, Close[]>>;
  /** The volume of each symbol in each range, summed over its windows; null where there is none. At most 500 symbols and 32 ranges. */
  volumes(
    symbols: readonly string[],
    interval: Bar["interval"],
    ranges: readonly TimeRange[],
  ): Promise<Map<string, (number | null)[]>>;
}

export interface LatestReader {
  /** Newest line of each symbol that has one, by real-time get. */
  latest(symbols: readonly string[]): Promise<LatestLine[]>;
}

/**
 * What the hub reads of the log: every partition of `bars`, `latest` and `alerts`, from now on; after an outage it goes on where it was.
 * It yields at least once a second while the brokers answer, also an empty batch: silence means that they do not.
 */
export interface LiveReader {
  read(signal: AbortSignal): AsyncIterable<{ bars: BarLine[]; latest: LatestLine[]; alerts: AlertTrigger[] }>;
}
