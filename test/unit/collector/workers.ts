import { runCollector } from "#lib/collector/collector.ts";
import type { LatestLine } from "#lib/contracts/latest.ts";
import type { ChannelDocument } from "#lib/contracts/sources.ts";
import type { Source, Ticker } from "#lib/contracts/tickers.ts";
import type { Feed } from "#lib/feeds/feed.ts";
import { SECOND } from "#lib/domain/interval.ts";
import { FakeFeed, type FakeStream } from "./fake-feed.ts";
import { FakeSources } from "./fake-sources.ts";
import { FakeLog, SILENT_LOG } from "./fixtures.ts";
import { ManualClock } from "./manual-clock.ts";

/** An ingest process in memory. */
export interface Worker {
  feed: FakeFeed;
  log: FakeLog;
  /** Ends it as SIGTERM would. */
  stop: () => void;
  /** Ends it as SIGKILL would: it says and writes nothing more. */
  kill: () => void;
  ended: Promise<unknown>;
}

/** What ingest processes share: a store and a clock. */
export class Installation {
  readonly clock = new ManualClock(1_700_000_000_000_000);
  readonly sources = new FakeSources();
  tickers: Ticker[] = [];
  latest: LatestLine[] = [];
  /** The store does not say what the log has. */
  latestFault: Error | null = null;
  readonly warnings: string[] = [];

  start(id: string, feed = new FakeFeed(), more: readonly (readonly [Source, Feed])[] = []): Worker {
    const log = new FakeLog();
    const ending = new AbortController();
    const network = { cut: false };
    const ended = runCollector({
      worker: { id, pid: 1, host: "host", version: "0" },
      feeds: new Map<Source, Feed>([[feed.source, feed], ...more]),
      producer: log,
      topic: "ticks",
      partitions: 2,
      tickers: {
        list: async () => {
          if (this.sources.unavailable) throw new Error("The store does not answer");
          return this.tickers.map((ticker) => ({ ticker, version: "1" }));
        },
      },
      sources: this.sources.seenBy(network),
      latest: {
        latest: async (symbols) => {
          if (this.latestFault) throw this.latestFault;
          return this.latest.filter(({ symbol }) => symbols.includes(symbol));
        },
      },
      clock: this.clock,
      log: { ...SILENT_LOG, warn: (...words: unknown[]) => this.warnings.push(String(words.at(-1))) },
      memory: () => 1,
      signal: ending.signal,
    }).catch((error: unknown) => error);
    return {
      feed,
      log,
      ended,
      stop: () => ending.abort(),
      kill: () => {
        network.cut = true;
        log.hold = true;
        ending.abort();
      },
    };
  }

  channel(name = "simulator-0"): ChannelDocument {
    const found = this.sources.documents.get(name);
    if (!found) throw new Error(`no channel ${name}`);
    return found.document;
  }

  /** Who holds which channel. */
  holders(): Record<string, string | null> {
    const all = [...this.sources.documents.values()].map(({ document }) => document);
    return Object.fromEntries(
      all.map(({ channel, holder, leaseUntil }) => [channel, leaseUntil > this.clock.now() ? holder : null]),
    );
  }
}

/** Ends a worker, and rejects with its fault where it had one. */
export async function stopped({ clock }: Installation, worker: Worker): Promise<void> {
  worker.stop();
  await clock.advance(10 * SECOND);
  const fault = await worker.ended;
  if (fault !== undefined) throw fault;
}

/** The newest stream of a feed, told that it is connected. */
export function connected(feed: FakeFeed): FakeStream {
  const stream = feed.streams.at(-1);
  if (!stream) throw new Error("no stream was opened");
  stream.push({ type: "connected", time: 0 }, { type: "clock", offset: 0 });
  return stream;
}
