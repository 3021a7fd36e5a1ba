import { z } from "zod";
import { microsSchema, symbolSchema } from "../../contracts/ticks.ts";
import type { SizeDistribution } from "../../contracts/views.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";

export const sizeDistributionInput = z
  .object({ symbol: symbolSchema, from: microsSchema, to: microsSchema })
  .refine(({ from, to }) => from < to, { message: "`from` must lie before `to`", path: ["to"] });

export function sizeDistribution(
  _services: Services,
  _input: z.infer<typeof sizeDistributionInput>,
): Promise<SizeDistribution> {
  return Promise.reject(new TapedeckError("UNSUPPORTED", "Not yet."));
}
