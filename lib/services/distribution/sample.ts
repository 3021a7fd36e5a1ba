import { z } from "zod";
import { microsSchema, symbolSchema } from "../../contracts/ticks.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import type { Sampling } from "../../contracts/distribution-views.ts";
import { Reservoir } from "../../domain/sketches/reservoir.ts";
import { mergeRange, type MergeNeeds } from "./merge.ts";
import {
  inTurn,
  type LoggedWindows,
  type LogNeeds,
  type ReadRange,
  type ReadTrade,
  readTrades,
} from "./range-trades.ts";

/** Trades of a sample. */
export const SAMPLE_SIZE = 200;
const SIDES = [null, "buy", "sell"] as const;

export const sampleInput = z
  .object({
    symbol: symbolSchema,
    from: microsSchema,
    to: microsSchema,
    /** The same seed draws the same trades of the same range. */
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1),
  })
  .refine(({ from, to }) => from < to, { message: "`from` must lie before `to`", path: ["to"] });

type SampleInput = z.infer<typeof sampleInput>;
type SampleNeeds = MergeNeeds & LogNeeds;

/**
 * A uniform sample of the trades of a range, read from the log as `verifyRange` reads it: progress, then 200 of them by time, or all
 * where there are fewer; or since when the log still has them. NOT_FOUND; RATE_LIMITED while two others read.
 */
export function sampleRange(services: SampleNeeds, input: SampleInput, signal: AbortSignal): AsyncGenerator<Sampling> {
  return inTurn(() => draw(services, input, signal));
}

async function* draw(services: SampleNeeds, input: SampleInput, signal: AbortSignal): AsyncGenerator<Sampling> {
  const { symbol, seed } = input;
  const { ticker } = await services.directory.get(symbol);
  const merged = await mergeRange(services, { ...input, symbols: [symbol], measure: "size" });
  yield* drawTrades(services, { ticker, merged, seed, signal });
}

interface DrawQuery {
  ticker: Ticker;
  merged: LoggedWindows;
  seed: number;
  signal: AbortSignal;
}

/** The sample of some windows' trades, as `sampleRange` gives it. */
export async function* drawTrades(
  services: LogNeeds,
  { ticker, merged, seed, signal }: DrawQuery,
): AsyncGenerator<Sampling> {
  const reservoir = new Reservoir<ReadTrade>(seed, SAMPLE_SIZE);
  const read = yield* readTrades(services, { ticker, merged, signal, visit: (trade) => reservoir.add(trade) });
  if (read) yield sampled(reservoir, read);
}

function sampled(reservoir: Reservoir<ReadTrade>, { counted, records }: ReadRange): Sampling {
  const inOrder = reservoir.items.toSorted((a, b) => a.time - b.time || a.offset - b.offset || a.line - b.line);
  return {
    state: "done",
    of: reservoir.count,
    records,
    trades: inOrder.map((trade) => {
      const { time, price, size, conditions, offset, line } = trade;
      const venue = counted?.venueOf(trade) ?? null;
      return { time, price, size, side: SIDES[trade.side] ?? null, venue, conditions: [...conditions], offset, line };
    }),
  };
}
