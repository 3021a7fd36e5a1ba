import { z } from "zod";
import { microsSchema, symbolSchema } from "../../contracts/ticks.ts";
import type { Measure, Verification } from "../../contracts/distribution-views.ts";
import { ExponentialHistogram } from "../../domain/sketches/exponential-histogram.ts";
import { VolumeProfile } from "../../domain/sketches/volume-profile.ts";
import { ExactPercentiles } from "./exact.ts";
import { type Merged, mergeRange, type MergeNeeds } from "./merge.ts";
import { percentilesOf, volumeOf } from "./range.ts";
import { inTurn, type LogNeeds, type ReadRange, type ReadTrade, readTrades } from "./range-trades.ts";

export const verifyInput = z
  .object({
    symbol: symbolSchema,
    from: microsSchema,
    to: microsSchema,
    measure: z.enum(["size", "notional", "price"] as const satisfies readonly Measure[]),
  })
  .refine(({ from, to }) => from < to, { message: "`from` must lie before `to`", path: ["to"] });

type VerifyInput = z.infer<typeof verifyInput>;
type VerifyNeeds = MergeNeeds & LogNeeds;

/**
 * Computes a distribution again from every trade of the range in the log, by the engine's rules and decisions on prints, and
 * compares: progress, then the difference, or since when the log still has it. Memory is bounded by the used buckets and
 * `ExactPercentiles`. NOT_FOUND; RATE_LIMITED while two others run.
 */
export function verifyRange(
  services: VerifyNeeds,
  input: VerifyInput,
  signal: AbortSignal,
): AsyncGenerator<Verification> {
  return inTurn(() => recompute(services, input, signal));
}

async function* recompute(
  services: VerifyNeeds,
  input: VerifyInput,
  signal: AbortSignal,
): AsyncGenerator<Verification> {
  const { ticker } = await services.directory.get(input.symbol);
  const merged = await mergeRange(services, { ...input, symbols: [input.symbol] });
  const again = new Recomputed(input.measure, merged);
  const read = yield* readTrades(services, { ticker, merged, signal, visit: (trade) => again.add(trade) });
  if (read) yield again.result(read);
}

/** The same sketch from single trades, and the exact percentiles beside it. */
class Recomputed {
  readonly #measure: VerifyInput["measure"];
  readonly #merged: Merged;
  readonly #percentiles: ExactPercentiles;
  readonly #histogram = new ExponentialHistogram();
  readonly #profile = new VolumeProfile();

  constructor(measure: VerifyInput["measure"], merged: Merged) {
    this.#measure = measure;
    this.#merged = merged;
    this.#percentiles = new ExactPercentiles(percentilesOf(merged, measure));
  }

  add({ price, size }: ReadTrade): void {
    if (this.#measure === "price") {
      this.#profile.add(price, size);
      this.#percentiles.add(price, size);
    } else {
      const value = this.#measure === "size" ? size : price * size;
      this.#histogram.add(value);
      this.#percentiles.add(value, 1);
    }
  }

  result({ counted, records }: ReadRange): Verification {
    const isPrice = this.#measure === "price";
    const { histogram, profile } = this.#merged;
    const [stored, exact] = isPrice ? [profile, this.#profile] : [histogram, this.#histogram];
    return {
      state: "done",
      stored: isPrice ? volumeOf(profile) : histogram.count,
      exact: isPrice ? volumeOf(this.#profile) : this.#histogram.count,
      records,
      duplicates: counted?.duplicates ?? 0,
      same: Buffer.from(stored.encode()).equals(exact.encode()),
      percentiles: this.#percentiles.result(isPrice ? 0 : 1),
    };
  }
}
