import { z } from "zod";
import { intervalSchema, microsSchema, symbolSchema } from "../../contracts/ticks.ts";
import type { BarsPage } from "../../contracts/views.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";

/** The most bars of one page. */
export const MAX_PAGE_BARS = 2_000;

export const barsPageInput = z.object({
  symbol: symbolSchema,
  interval: intervalSchema,
  /** Only bars that start before; absent: up to now. */
  to: microsSchema.optional(),
  limit: z.int().min(1).max(MAX_PAGE_BARS).default(500),
});

export function barsPage(_services: Services, _input: z.infer<typeof barsPageInput>): Promise<BarsPage> {
  return Promise.reject(new TapedeckError("UNSUPPORTED", "Not yet."));
}
