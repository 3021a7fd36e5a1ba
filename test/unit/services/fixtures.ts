import type { BackfillDocument, ChannelDocument, WorkerDocument } from "#lib/contracts/sources.ts";
import type { StoredBar } from "#lib/contracts/stores.ts";
import type { Ticker } from "#lib/contracts/tickers.ts";
import type { Bar } from "#lib/contracts/bars.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import { barLine, TODAY } from "../live/lines.ts";
import { ticker as tickerOf } from "#test/support/ticker.ts";

export { TODAY } from "../live/lines.ts";

type Built = Extract<StoredBar, { given: false }>;
type Given = Extract<StoredBar, { given: true }>;

/** A stored bar of minute `minute` of the fixtures' day, its numbers telling who computed it. */
export function builtBar(minute: number, over: Partial<Built> = {}): StoredBar {
  const { firing: _firing, offset: _offset, line: _line, ...bar } = barLine(10, { start: TODAY + minute * MINUTE });
  const prices = { open: bar.open ?? 1, high: bar.high ?? 1, low: bar.low ?? 1, close: 1 };
  return { ...(bar satisfies Bar & { epoch: number }), given: false, position: 11, ...prices, ...over };
}

export function givenBar(minute: number, over: Partial<Given> = {}): StoredBar {
  return {
    given: true,
    symbol: "SIM:AAPL",
    interval: "1m",
    start: TODAY + minute * MINUTE,
    open: 100,
    high: 110,
    low: 90,
    close: 2,
    volume: 20,
    channel: "simulator-0",
    epoch: 1,
    position: 3,
    partition: 0,
    offset: 2,
    line: 5,
    ...over,
  };
}

export function ticker(over: Partial<Ticker> = {}): Ticker {
  const apple = { name: "Apple", sector: "Technology", addedAt: TODAY, updatedAt: TODAY };
  return tickerOf("SIM:AAPL", { ...apple, ...over });
}

export function channel(over: Partial<ChannelDocument> = {}): ChannelDocument {
  return {
    kind: "channel",
    channel: "simulator-0",
    source: "simulator",
    holder: "ingest-1",
    leaseUntil: TODAY + MINUTE,
    config: 1,
    state: "live",
    reason: null,
    since: TODAY,
    symbols: 60,
    rate: 10,
    lag: 1_000,
    clockOffset: 0,
    lastTickTime: TODAY,
    lastError: null,
    attempts: 0,
    nextAttempt: null,
    ticks: 1,
    duplicates: 0,
    gapsFound: 0,
    gapsFilled: 0,
    rejected: 0,
    updated: TODAY,
    ...over,
  };
}

export function worker(over: Partial<WorkerDocument> = {}): WorkerDocument {
  return {
    kind: "worker",
    id: "aggregate-1",
    role: "aggregate",
    pid: 1,
    host: "here",
    version: "0.1.0",
    started: TODAY,
    updated: TODAY,
    rss: 1e8,
    partitions: [],
    counters: {},
    ...over,
  };
}

export function backfill(over: Partial<BackfillDocument> = {}): BackfillDocument {
  return {
    kind: "backfill",
    symbol: "SIM:AAPL",
    interval: "1m",
    from: TODAY,
    to: TODAY + MINUTE,
    state: "wanted",
    bars: 0,
    progress: 0,
    reason: null,
    requested: TODAY,
    updated: TODAY,
    ...over,
  };
}
