import { z } from "zod";
import { microsSchema, symbolSchema } from "../../contracts/ticks.ts";
import {
  type Distribution,
  type Estimate,
  type Measure,
  MEASURES,
  type ProfileView,
} from "../../contracts/distribution-views.ts";
import { pointOfControl, profileRows, valueArea } from "../../domain/sketches/profile-rows.ts";
import { PRICE_SCALE, type VolumeProfile } from "../../domain/sketches/volume-profile.ts";
import { binsOf } from "./bins.ts";
import { readCoverage } from "./coverage.ts";
import { type Merged, mergeRange, type MergeNeeds } from "./merge.ts";

export const PERCENTILES = [25, 50, 90, 99, 99.9] as const;
const MOST_SYMBOLS = 50;
/** Rows of a drawn profile. */
const ROWS = 44;

export const distributionRangeInput = z
  .object({
    symbols: z.array(symbolSchema).min(1).max(MOST_SYMBOLS),
    from: microsSchema,
    to: microsSchema,
    measure: z.enum(MEASURES),
  })
  .refine(({ from, to }) => from < to, { message: "`from` must lie before `to`", path: ["to"] })
  .refine(({ symbols, measure }) => measure !== "price" || symbols.length === 1, {
    message: "prices of several symbols have no common axis",
    path: ["symbols"],
  });

/**
 * How something is distributed over a range, from the merged sketches of the fewest windows that cover it; `from` and `to` of the
 * answer are what those cover. The bounds are those of buckets: certain, not probable. NOT_FOUND, BAD_INPUT.
 */
export async function distributionRange(
  services: MergeNeeds,
  input: z.infer<typeof distributionRangeInput>,
): Promise<Distribution> {
  const [merged, coverage] = await Promise.all([
    mergeRange(services, input),
    input.measure === "return" ? null : readCoverage(services.bars, input),
  ]);
  const { from, to, documents, histogram, profile } = merged;
  const isPrice = input.measure === "price";
  return {
    symbols: input.symbols,
    measure: input.measure,
    from,
    to,
    count: isPrice ? volumeOf(profile) : histogram.count,
    documents,
    coverage,
    venues: venuesOf(merged),
    percentiles: percentilesOf(merged, input.measure),
    bins: isPrice ? [] : binsOf(histogram),
    profile: isPrice ? profileView(profile, documents) : null,
  };
}

function venuesOf({ venues, documents }: Merged): Estimate | null {
  const estimate = venues.estimate();
  if (estimate.value === 0) return null;
  const method = estimate.lower === estimate.upper ? "HyperLogLog, listed" : "HyperLogLog, 4096 registers";
  return { ...estimate, method, documents };
}

/** Percentiles with the bounds of their buckets; of prices, by volume. */
export function percentilesOf(
  { histogram, profile, documents }: Merged,
  measure: Measure,
): Distribution["percentiles"] {
  const isPrice = measure === "price";
  const buckets = isPrice ? profile.buckets() : [];
  const total = isPrice ? volumeOf(profile) : 0;
  return PERCENTILES.flatMap((percentile) => {
    const share = percentile / 100;
    const found = isPrice ? priceAt(buckets, share * total) : histogram.quantile(share);
    const scale = isPrice ? PRICE_SCALE : histogram.scale;
    const method = `exponential histogram, scale ${scale}`;
    return found ? [{ percentile, estimate: { ...found, confidence: 1, method, documents } }] : [];
  });
}

export function volumeOf(profile: VolumeProfile): number {
  return profile.buckets().reduce((sum, { volume }) => sum + volume, 0);
}

/** The price up to which this volume was traded. */
function priceAt(
  buckets: ReturnType<VolumeProfile["buckets"]>,
  volume: number,
): Pick<Estimate, "value" | "lower" | "upper"> | null {
  let held = 0;
  const found = buckets.find((bucket) => (held += bucket.volume) >= volume) ?? buckets.at(-1);
  return found ? between(found.lower, found.upper) : null;
}

function between(lower: number, upper: number): Pick<Estimate, "value" | "lower" | "upper"> {
  // Equal relative error towards both bounds.
  return { value: (2 * lower) / (1 + lower / upper), lower, upper };
}

function profileView(profile: VolumeProfile, documents: number): ProfileView | null {
  const rows = profileRows(profile, ROWS);
  const area = valueArea(rows);
  const control = pointOfControl(rows);
  const [point, first, last] = [rows[control], rows[area?.first ?? -1], rows[area?.last ?? -1]];
  if (!area || !point || !first || !last) return null;
  const method = `exponential histogram, scale ${PRICE_SCALE}, in ${rows.length} rows`;
  const of = (row: { lower: number; upper: number }): Estimate => ({
    ...between(row.lower, row.upper),
    confidence: 1,
    method,
    documents,
  });
  return { rows, control, ...area, pointOfControl: of(point), valueLow: of(first), valueHigh: of(last) };
}
