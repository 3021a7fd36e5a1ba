import { z } from "zod";
import { microsSchema, symbolSchema } from "../../contracts/ticks.ts";
import type { SizeDistribution } from "../../contracts/views.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { ExponentialHistogram } from "../../domain/sketches/exponential-histogram.ts";
import type { Services } from "../services.ts";
import { coverRange } from "./cover-range.ts";
import { sizeBins } from "./size-bins.ts";

const PERCENTILES = [25, 50, 90, 99, 99.9] as const;

export const sizeDistributionInput = z
  .object({ symbol: symbolSchema, from: microsSchema, to: microsSchema })
  .refine(({ from, to }) => from < to, { message: "`from` must lie before `to`", path: ["to"] });

/**
 * How large the trades of a range were, from the merged sketches of the fewest windows that cover it; `from` and `to` of the answer
 * are what those cover. The bounds of a percentile are those of its bucket: certain, not probable. NOT_FOUND.
 */
export async function sizeDistribution(
  { bars, directory, now }: Pick<Services, "bars" | "directory" | "now">,
  { symbol, from, to }: z.infer<typeof sizeDistributionInput>,
): Promise<SizeDistribution> {
  const { ticker } = await directory.get(symbol);
  const runs = coverRange(calendarOf(ticker.calendar), from, to, now());
  const merged = new ExponentialHistogram();
  let documents = 0;
  for (const run of runs) {
    for await (const windows of bars.sketches({ symbol, ...run })) {
      documents += windows.length;
      for (const { sketch } of windows) merged.merge(ExponentialHistogram.decode(Buffer.from(sketch, "base64")));
    }
  }
  return {
    symbol,
    from: runs[0]?.from ?? from,
    to: runs.at(-1)?.to ?? to,
    trades: merged.count,
    documents,
    percentiles: PERCENTILES.flatMap((percentile) => {
      const estimate = merged.quantile(percentile / 100);
      const method = `exponential histogram, scale ${merged.scale}`;
      return estimate ? [{ percentile, size: { ...estimate, confidence: 1, method } }] : [];
    }),
    bins: sizeBins(merged),
  };
}
