import { z } from "zod";
import type { TickerStore } from "../../contracts/stores.ts";
import { sourceSchema } from "../../contracts/tickers.ts";
import type { SearchAnswer } from "../../contracts/views.ts";
import { compositeOf } from "../composite/search.ts";
import type { Services } from "../services.ts";

export const searchTickersInput = z.object({
  words: z.string().trim().max(100),
  sector: z.string().max(60).optional(),
  source: sourceSchema.optional(),
  limit: z.int().min(1).max(100).default(20),
});

type Needs = Pick<Services, "directory"> & { tickers: Pick<TickerStore, "search"> };

/**
 * Tickers by ticker, name, former ticker, prefix or typo, the most liquid first and removed ones last; no
 * words: the most liquid of all. And the ratio or spread of two.
 */
export async function searchTickers(services: Needs, input: z.infer<typeof searchTickersInput>): Promise<SearchAnswer> {
  const [hits, composite] = await Promise.all([
    services.tickers.search({ ...input, removed: input.words !== "" }),
    compositeOf(services, input.words),
  ]);
  return { ...hits, composite };
}
