import type { LogRecord } from "../../contracts/log.ts";
import { names } from "../../contracts/topics.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import { VOLUME } from "../../domain/eligibility/eligibility.ts";
import type { Interval, Micros } from "../../domain/interval.ts";
import { partitionOf } from "../../domain/partition.ts";
import type { CountedTrades } from "../../engine/counted-trades.ts";
import { intervalIndex } from "../../engine/intervals.ts";
import { countFrom, remember, type Remembered } from "../../engine/remembered.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";

/** Progress is told of this often, milliseconds. */
const EVERY = 250;
/** Ranges read at a time in this process: each reads a partition as fast as it can. */
const MOST_AT_ONCE = 2;
let running = 0;

export type LogNeeds = Pick<Services, "config" | "ticks" | "memory" | "bars">;

/** How far the log has been read, or that it does not hold all of a range any more: from `since` on it does. */
export type Reading = { state: "reading"; done: number; total: number } | { state: "gone"; since: Micros | null };

/** Windows whose trades are asked for, and where in the log these lie. */
export interface LoggedWindows {
  runs: readonly { interval: Interval; from: Micros; to: Micros }[];
  /** The window whose trades begin first in the log, null where there is none; and the offset of the last trade of any. */
  first: { interval: Interval; start: Micros; offset: number } | null;
  lastOffset: number;
}

export interface TradeQuery {
  ticker: Ticker;
  merged: LoggedWindows;
  visit: (trade: ReadTrade) => void;
  signal: AbortSignal;
}

/** A trade that counts. */
export interface ReadTrade {
  time: number;
  price: number;
  size: number;
  /** 1: a buyer was the aggressor, 2: a seller; 0: not known. */
  side: number;
  /** For `CountedTrades.venueOf`. */
  venue: number;
  conditions: readonly string[];
  /** Its frame, and its line in that; of one that was held, those of the decision. */
  offset: number;
  line: number;
}

interface Begun {
  counted: CountedTrades;
  from: number;
  remembered: Remembered;
}

/** What was read, when all was; by whom, where there was anything. */
export interface ReadRange {
  counted: CountedTrades | null;
  /** Records of the log. */
  records: number;
}

/** One of few that read the log at a time. RATE_LIMITED while two others do. */
export async function* inTurn<T>(work: () => AsyncGenerator<T>): AsyncGenerator<T> {
  if (running >= MOST_AT_ONCE)
    throw new TapedeckError("RATE_LIMITED", "Two ranges are being read from the log: try again in a moment.");
  running += 1;
  try {
    yield* work();
  } finally {
    running -= 1;
  }
}

/**
 * Visits every trade of a range that counts in the volume, in the order of the log, by the engine's rules and what it remembers: ids,
 * sale conditions, decisions on prints, the beginning of its epoch. Gives progress, and at the end what was read; null where the log
 * does not hold it any more or the caller went away. UNAVAILABLE while the range is being written anew.
 */
export async function* readTrades(
  services: LogNeeds,
  { ticker, merged, visit, signal }: TradeQuery,
): AsyncGenerator<Reading, ReadRange | null> {
  const { config, ticks } = services;
  const topic = names(config.TAPEDECK_NAMESPACE).ticks;
  const partition = partitionOf(ticker.symbol, config.TAPEDECK_PARTITIONS);
  const begun = merged.first && (await begin(services, topic, partition, ticker.symbol, merged.first));
  if (begun && "since" in begun) {
    yield { state: "gone", since: begun.since };
    return null;
  }
  const end = begun ? merged.lastOffset + 1 : 0;
  const first = begun ? Math.min(begun.from, end) : 0;
  const range = (await ticks.topicEnds(topic)).find((each) => each.partition === partition);
  if (range && end > first && first < range.start) {
    yield { state: "gone", since: await oldestTime(ticks, topic, partition, range.start) };
    return null;
  }
  let records = 0;
  let told = performance.now();
  yield { state: "reading", done: 0, total: end - first };
  if (begun && end > first) {
    for await (const batch of ticks.readRange(topic, partition, first, end)) {
      if (signal.aborted) return null;
      for (const record of batch) visitRecord(begun, merged, record, visit);
      records += batch.length;
      if (performance.now() - told < EVERY) continue;
      told = performance.now();
      yield { state: "reading", done: (batch.at(-1)?.offset ?? first) + 1 - first, total: end - first };
    }
  }
  return { counted: begun?.counted ?? null, records };
}

/**
 * Begins to count by what the engine remembers after the windows were read: nothing in them is newer to it. `since`: the range has
 * windows of an epoch before, of which it remembers nothing.
 */
async function begin(
  { bars, memory }: LogNeeds,
  topic: string,
  partition: number,
  symbol: string,
  first: NonNullable<LoggedWindows["first"]>,
): Promise<Begun | { since: Micros }> {
  const [window, stored] = await Promise.all([
    bars.get(symbol, first.interval, first.start),
    memory.memory(topic, partition, symbol),
  ]);
  if (!window || !stored) {
    throw new TapedeckError("UNAVAILABLE", "The range is being written anew: ask for it again in a moment.");
  }
  if (window.document.epoch !== stored.checkpoint.epoch) return { since: stored.checkpoint.from };
  const remembered = remember(stored);
  return { ...countFrom(remembered, window.document), remembered };
}

function visitRecord(
  { counted, remembered }: Begun,
  merged: LoggedWindows,
  record: LogRecord,
  visit: TradeQuery["visit"],
): void {
  for (const { time, price, size, venue, eligible, offset, line } of counted.read(record)) {
    if ((eligible & VOLUME) === 0 || !isMerged(remembered, merged, time)) continue;
    const conditions = counted.conditions === undefined ? [] : (JSON.parse(counted.conditions) as string[]);
    visit({ time, price, size, side: counted.side, venue, conditions, offset, line });
  }
}

/** Whether the window of a trade is one of those that were merged: an epoch writes none that starts before it. */
function isMerged({ state, slot }: Remembered, { runs }: LoggedWindows, time: Micros): boolean {
  const run = runs.find(({ from, to }) => time >= from && time < to);
  if (!run) return false;
  const { from } = state.identity;
  return from === 0 || slot.calendar.windowOf(intervalIndex(run.interval), time).start >= from;
}

async function oldestTime(
  ticks: LogNeeds["ticks"],
  topic: string,
  partition: number,
  start: number,
): Promise<Micros | null> {
  for await (const [record] of ticks.readRange(topic, partition, start, start + 1)) {
    if (record) return record.timestamp * 1000;
  }
  return null;
}
