import { z } from "zod";
import { names } from "../../contracts/topics.ts";
import { microsSchema, symbolSchema } from "../../contracts/ticks.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import type { Measure, Verification } from "../../contracts/views.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { eligibilityOf, VOLUME } from "../../domain/eligibility/eligibility.ts";
import type { Micros } from "../../domain/interval.ts";
import { partitionOf } from "../../domain/partition.ts";
import { ExponentialHistogram } from "../../domain/sketches/exponential-histogram.ts";
import { VolumeProfile } from "../../domain/sketches/volume-profile.ts";
import { TradeReader } from "../../engine/trade-reader.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";
import { ExactPercentiles } from "./exact.ts";
import { type Merged, mergeRange } from "./merge.ts";
import { percentilesOf, volumeOf } from "./range.ts";

/** Progress is told of this often, milliseconds. */
const EVERY = 250;
/** Verifications at a time in this process: each reads a partition as fast as it can. */
const MOST_AT_ONCE = 2;
let running = 0;

export const verifyInput = z
  .object({
    symbol: symbolSchema,
    from: microsSchema,
    to: microsSchema,
    measure: z.enum(["size", "notional", "price"] as const satisfies readonly Measure[]),
  })
  .refine(({ from, to }) => from < to, { message: "`from` must lie before `to`", path: ["to"] });

type VerifyInput = z.infer<typeof verifyInput>;
type VerifyNeeds = Pick<Services, "bars" | "directory" | "now" | "config" | "ticks">;

/**
 * Computes a distribution again from every trade of the range in the log, by the engine's rules for ids and sale conditions, and
 * compares: progress, then the difference, or since when the log still has it. Memory is bounded by the used buckets and
 * `ExactPercentiles`. NOT_FOUND; RATE_LIMITED while two others run.
 */
export async function* verifyRange(
  services: VerifyNeeds,
  input: VerifyInput,
  signal: AbortSignal,
): AsyncGenerator<Verification> {
  if (running >= MOST_AT_ONCE)
    throw new TapedeckError("RATE_LIMITED", "Two ranges are being verified: try again in a moment.");
  running += 1;
  try {
    const { ticker } = await services.directory.get(input.symbol);
    const merged = await mergeRange(services, { ...input, symbols: [input.symbol] });
    yield* recompute(services, ticker, input, merged, signal);
  } finally {
    running -= 1;
  }
}

async function* recompute(
  { config, ticks }: VerifyNeeds,
  ticker: Ticker,
  input: VerifyInput,
  merged: Merged,
  signal: AbortSignal,
): AsyncGenerator<Verification> {
  const topic = names(config.TAPEDECK_NAMESPACE).ticks;
  const partition = partitionOf(input.symbol, config.TAPEDECK_PARTITIONS);
  const range = (await ticks.topicEnds(topic)).find((each) => each.partition === partition);
  const first = Math.min(merged.firstOffset, merged.lastOffset + 1);
  const end = merged.lastOffset + 1;
  if (range && end > first && first < range.start) {
    yield { state: "gone", since: await oldestTime(ticks, topic, partition, range.start) };
    return;
  }
  const again = new Recomputed(ticker, input, merged);
  let records = 0;
  let told = performance.now();
  yield { state: "reading", done: 0, total: end - first };
  if (end > first) {
    for await (const batch of ticks.readRange(topic, partition, first, end)) {
      if (signal.aborted) return;
      for (const record of batch) again.read(record);
      records += batch.length;
      if (performance.now() - told < EVERY) continue;
      told = performance.now();
      yield { state: "reading", done: (batch.at(-1)?.offset ?? first) + 1 - first, total: end - first };
    }
  }
  yield again.result(records);
}

async function oldestTime(
  ticks: VerifyNeeds["ticks"],
  topic: string,
  partition: number,
  start: number,
): Promise<Micros | null> {
  for await (const [record] of ticks.readRange(topic, partition, start, start + 1)) {
    if (record) return record.timestamp * 1000;
  }
  return null;
}

/** The same sketch from single trades, and the exact percentiles beside it. */
class Recomputed {
  readonly #ticker: Ticker;
  readonly #input: VerifyInput;
  readonly #merged: Merged;
  readonly #reader: TradeReader;
  readonly #percentiles: ExactPercentiles;
  readonly #histogram = new ExponentialHistogram();
  readonly #profile = new VolumeProfile();

  constructor(ticker: Ticker, input: VerifyInput, merged: Merged) {
    this.#ticker = ticker;
    this.#input = input;
    this.#merged = merged;
    this.#reader = new TradeReader(input.symbol);
    this.#percentiles = new ExactPercentiles(percentilesOf(merged, input.measure));
  }

  read(record: Parameters<TradeReader["read"]>[0]): void {
    const { measure } = this.#input;
    for (const { time, price, size, conditions } of this.#reader.read(record)) {
      if (time < this.#merged.from || time >= this.#merged.to || !this.#counts(time, conditions)) continue;
      if (measure === "price") {
        this.#profile.add(price, size);
        this.#percentiles.add(price, size);
      } else {
        const value = measure === "size" ? size : price * size;
        this.#histogram.add(value);
        this.#percentiles.add(value, 1);
      }
    }
  }

  result(records: number): Verification {
    const isPrice = this.#input.measure === "price";
    const { histogram, profile } = this.#merged;
    const [stored, exact] = isPrice ? [profile, this.#profile] : [histogram, this.#histogram];
    return {
      state: "done",
      stored: isPrice ? volumeOf(profile) : histogram.count,
      exact: isPrice ? volumeOf(this.#profile) : this.#histogram.count,
      records,
      duplicates: this.#reader.duplicates,
      same: Buffer.from(stored.encode()).equals(exact.encode()),
      percentiles: this.#percentiles.result(isPrice ? 0 : 1),
    };
  }

  /** Whether the trade counts in the volume, as the engine decides. */
  #counts(time: Micros, conditions: readonly string[]): boolean {
    const { profile, calendar } = this.#ticker;
    if (profile === "all" || conditions.length === 0) return true;
    const isOutside = calendarOf(calendar).segmentOf(time).session !== "regular";
    return (eligibilityOf(profile, conditions, isOutside) & VOLUME) !== 0;
  }
}
