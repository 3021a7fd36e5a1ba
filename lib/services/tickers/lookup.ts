import { z } from "zod";
import { sourceSchema } from "../../contracts/tickers.ts";
import { TapedeckError } from "../../errors.ts";
import type { SourceListing } from "../../feeds/feed.ts";
import type { Services } from "../services.ts";

export const lookupTickerInput = z.object({ source: sourceSchema, words: z.string().trim().min(1).max(64) });

export function lookupTicker(_services: Services, _input: z.infer<typeof lookupTickerInput>): Promise<SourceListing[]> {
  return Promise.reject(new TapedeckError("UNSUPPORTED", "Not yet."));
}
