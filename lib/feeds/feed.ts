import type { BackfillInterval, ServerReport } from "../contracts/sources.ts";
import type { Source, Ticker } from "../contracts/tickers.ts";
import type { CalendarName } from "../domain/calendar/calendar.ts";
import type { Decision, GivenBar, NumberedTrade, Quote, Status } from "../contracts/ticks.ts";

/** A tick as a feed yields it: all but what only the collector knows. */
export type FeedTick = Omit<NumberedTrade, "channel" | "receivedTime"> | Omit<Quote, "channel" | "receivedTime">;

/** Whether a symbol trades, as a feed yields it. */
export type FeedStatus = Omit<Status, "type" | "channel" | "receivedTime">;

/** What a live stream yields. Batches keep the order in which the source sent. */
export type FeedEvent =
  | { type: "connected"; time: number }
  /** `receivedTime` is our clock when the frame arrived, microseconds. */
  | { type: "ticks"; receivedTime: number; ticks: FeedTick[] }
  /**
   * The source is alive: everything it sent up to source time `time` has been yielded before this event
   * (the send time of the ping just answered, or the source's own heartbeat, minus the source's delay).
   */
  | { type: "proof"; time: number }
  /** Source clock minus our steady clock (`steadyNow`), microseconds, when it could be measured: our wall clock may be set meanwhile. */
  | { type: "clock"; offset: number }
  /** The exchange takes a trade back that it has sent: it counts no more, wherever it is counted already. */
  | ({ type: "cancel" } & CancelledTrade)
  /**
   * Whether a symbol trades. A source that knows says it of every symbol of a connection once it is connected, for it may have changed
   * meanwhile, and then of each that changes, all by one clock; of every one again now and then, for a word may be lost.
   */
  | { type: "status"; receivedTime: number; status: FeedStatus }
  /** Something beside the stream could not be had, in words for a person; the stream goes on. */
  | { type: "failed"; reason: string }
  /** A frame that was not understood; the stream goes on. */
  | { type: "rejected"; reason: string; bytes: string };

/** Which trade it was; `time` is when it was taken back. */
export type CancelledTrade = Pick<Decision, "symbol" | "id" | "idSpace" | "tradeTime" | "time">;

export interface StreamOptions {
  symbols: readonly Ticker[];
  /** The place in `Feed.servers` of the one to connect to. */
  server: number;
  signal: AbortSignal;
}

export interface HistoryRequest {
  ticker: Ticker;
  interval: BackfillInterval;
  /** Event time, microseconds, from inclusive, to exclusive. */
  from: number;
  to: number;
  signal: AbortSignal;
}

export interface TradesRequest {
  ticker: Ticker;
  /** Everything after this trade id (exclusive), or from this time, before `to`; Infinity: all that the source has. */
  afterId: number | null;
  from: number;
  to: number;
  signal: AbortSignal;
}

export interface FeedCapabilities {
  live: boolean;
  /** Intervals that `history` gives; empty when the source has none. */
  history: readonly BackfillInterval[];
  /** How far back `trades` reaches, microseconds; 0 when it cannot fill gaps. */
  gapFill: number;
  symbolSearch: boolean;
  /** The calendar of its symbols, where nobody says otherwise. */
  calendar: CalendarName;
  /** By how much the source is late by design, microseconds. */
  delay: number;
  /** Silence longer than this is stale, microseconds. */
  silence: number;
  /** The most symbols one connection carries. */
  symbolsPerChannel: number;
}

/** What a source knows about one of its symbols: what validating a new ticker returns. */
export interface SourceListing {
  sourceSymbol: string;
  ticker: string;
  name: string;
  currency: string;
  tickSize: number;
}

/** What of a source's requests this process spends. */
export interface RequestUsage {
  /** Weight of the last minute, and what the source allows one address in one. */
  used: number;
  allowed: number;
  /** For how long the source wants none, microseconds. */
  heldFor: number;
  /** Those that answer, in their order of priority. */
  servers: ServerReport[];
}

/**
 * The code that speaks one source's protocol. A stream ends by throwing a TapedeckError (UNAVAILABLE, TIMEOUT, RATE_LIMITED, FORBIDDEN …)
 * or when its signal aborts; the collector reconnects, to another server where there is one, else with backoff. Overflow: at most `BUFFER_TICKS` wait between socket and
 * collector; beyond that the socket is paused (sources that disconnect slow readers then do, and the gap is filled after reconnecting).
 */
export interface Feed {
  readonly source: Source;
  /** `COINBASE`, `BINANCE`, `SIM`. */
  readonly exchange: string;
  readonly capabilities: FeedCapabilities;
  /** Addresses of the servers that stream, in their order of priority: the same market with the same trade ids at each. Empty: the source is none of a network. */
  readonly servers: readonly string[];
  stream(options: StreamOptions): AsyncIterable<FeedEvent>;
  /** Bars of a range, oldest first, in batches. */
  history(request: HistoryRequest): AsyncIterable<Omit<GivenBar, "channel" | "type">[]>;
  /** Trades of a gap, oldest first, in batches. */
  trades(request: TradesRequest): AsyncIterable<FeedTick[]>;
  /** Listings whose symbol or name begins with the words; an exact sourceSymbol comes first. */
  search(words: string, signal: AbortSignal): Promise<SourceListing[]>;
  /** Absent: the source counts no requests. */
  usage?: () => RequestUsage;
}

/** The most ticks that wait between a socket and the collector. */
export const BUFFER_TICKS = 50_000;
