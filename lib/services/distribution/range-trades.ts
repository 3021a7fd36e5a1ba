import { names } from "../../contracts/topics.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { eligibilityOf, VOLUME } from "../../domain/eligibility/eligibility.ts";
import type { Micros } from "../../domain/interval.ts";
import { partitionOf } from "../../domain/partition.ts";
import { type ReadTrade, TradeReader } from "../../engine/trade-reader.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";
import type { Merged } from "./merge.ts";

/** Progress is told of this often, milliseconds. */
const EVERY = 250;
/** Ranges read at a time in this process: each reads a partition as fast as it can. */
const MOST_AT_ONCE = 2;
let running = 0;

type LogNeeds = Pick<Services, "config" | "ticks">;

/** How far the log has been read, or that it does not hold all of a range any more: from `since` on it does. */
export type Reading = { state: "reading"; done: number; total: number } | { state: "gone"; since: Micros | null };

export interface TradeQuery {
  ticker: Ticker;
  /** The range, and where in the log it lies. */
  merged: Merged;
  visit: (trade: ReadTrade) => void;
  signal: AbortSignal;
}

/** What was read, when all was. */
export interface ReadRange {
  reader: TradeReader;
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
 * Visits every trade of a range that counts in the volume, in the order of the log, by the engine's rules for ids and sale conditions:
 * progress, and at the end what was read; null where the log does not hold it any more or the caller went away.
 */
export async function* readTrades(
  { config, ticks }: LogNeeds,
  { ticker, merged, visit, signal }: TradeQuery,
): AsyncGenerator<Reading, ReadRange | null> {
  const topic = names(config.TAPEDECK_NAMESPACE).ticks;
  const partition = partitionOf(ticker.symbol, config.TAPEDECK_PARTITIONS);
  const range = (await ticks.topicEnds(topic)).find((each) => each.partition === partition);
  const first = Math.min(merged.firstOffset, merged.lastOffset + 1);
  const end = merged.lastOffset + 1;
  if (range && end > first && first < range.start) {
    yield { state: "gone", since: await oldestTime(ticks, topic, partition, range.start) };
    return null;
  }
  const reader = new TradeReader(ticker.symbol);
  let records = 0;
  let told = performance.now();
  yield { state: "reading", done: 0, total: end - first };
  if (end > first) {
    for await (const batch of ticks.readRange(topic, partition, first, end)) {
      if (signal.aborted) return null;
      for (const record of batch) {
        for (const trade of reader.read(record)) if (isOf(ticker, merged, trade)) visit(trade);
      }
      records += batch.length;
      if (performance.now() - told < EVERY) continue;
      told = performance.now();
      yield { state: "reading", done: (batch.at(-1)?.offset ?? first) + 1 - first, total: end - first };
    }
  }
  return { reader, records };
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

/** Whether a trade lies in the range and counts in the volume, as the engine decides. */
function isOf({ profile, calendar }: Ticker, { from, to }: Merged, { time, conditions }: ReadTrade): boolean {
  if (time < from || time >= to) return false;
  if (profile === "all" || conditions.length === 0) return true;
  const isOutside = calendarOf(calendar).segmentOf(time).session !== "regular";
  return (eligibilityOf(profile, conditions, isOutside) & VOLUME) !== 0;
}
