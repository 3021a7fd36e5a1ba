import type { LatestLine, Print } from "../contracts/latest.ts";
import type { BarUpdate, GoneBar, LiveFrame, LiveTopics, QuoteView } from "../contracts/views.ts";
import type { Interval, Micros } from "../domain/interval.ts";

import type { ActivityList, ActivityOrder } from "./activity.ts";

/** A frame with the id under which a page resumes. */
export interface LiveEvent {
  id: string;
  frame: LiveFrame;
}

/** A bar as the hub holds it, with the place in the log that it was computed from. */
export interface LiveBar {
  update: BarUpdate | GoneBar;
  complete: boolean;
  epoch: number;
  offset: number;
}

/** What of the live market is in memory: the newest of everything, served to any number of pages. */
export interface LiveHub {
  /** Whether the log is being read now. */
  readonly connected: boolean;
  /** When the log was last known to be read, microseconds; null before the first. */
  readonly lastRead: Micros | null;
  readonly statistics: LiveStatistics;
  quote(symbol: string): QuoteView | null;
  /** The line behind the quote. */
  latest(symbol: string): LatestLine | null;
  /** The newest bars held of a symbol and interval, oldest first. */
  bars(symbol: string, interval: Interval): LiveBar[];
  /** The newest prints held of a symbol, oldest first. */
  prints(symbol: string): Print[];
  /** The symbols that traded most in the last hour, as far as this process has read it. */
  active(order: ActivityOrder, most: number): ActivityList;
  /** Takes what was stored before this process began; older lines than those held change nothing. */
  warm(lines: readonly LatestLine[]): void;
  /** Says that what quotes are compared with has changed: pages get the quotes of these symbols again. */
  touch(symbols: Iterable<string>): void;
  /**
   * Sends again the quotes of symbols that are silent, but whose channels have proved more than `within` beyond what was last told:
   * nothing has happened there, which is not the same as nothing being known.
   */
  renew(symbols: Iterable<{ symbol: string; within: Micros }>): void;
  /**
   * One page's stream: first the newest value of each of its keys (after `lastEventId` of this process: only what changed since),
   * then what changes. Nothing is queued: a page that reads slowly gets the newest values at its own pace.
   * Rejects with UNAVAILABLE when the hub closes, so that the page comes back with its last id.
   */
  subscribe(
    topics: LiveTopics,
    options: { lastEventId?: string | undefined; signal: AbortSignal },
  ): AsyncIterable<LiveEvent>;
  /** Ends the stream of every page; what is held can still be asked for. */
  endStreams(): Promise<void>;
  /** Ends reading too. */
  close(): Promise<void>;
}

export interface LiveStatistics {
  subscribers: number;
  symbols: number;
  /** Pairs of symbol and interval. */
  series: number;
  frames: number;
  linesAccepted: number;
  linesDropped: number;
}
