import { z } from "zod";
import type { TickerHits, TickerStore } from "../../contracts/stores.ts";
import { sourceSchema } from "../../contracts/tickers.ts";

export const searchTickersInput = z.object({
  words: z.string().trim().max(100),
  sector: z.string().max(60).optional(),
  source: sourceSchema.optional(),
  limit: z.int().min(1).max(100).default(20),
});

/** Tickers by ticker, name, former ticker, prefix or typo, the most liquid first; no words: the most liquid of all. */
export function searchTickers(
  { tickers }: { tickers: Pick<TickerStore, "search"> },
  input: z.infer<typeof searchTickersInput>,
): Promise<TickerHits> {
  return tickers.search(input);
}
