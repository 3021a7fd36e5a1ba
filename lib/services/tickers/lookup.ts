import { z } from "zod";
import { sourceSchema, type Source } from "../../contracts/tickers.ts";
import { errorCode, errorMessage, TapedeckError } from "../../errors.ts";
import type { Feed, SourceListing } from "../../feeds/feed.ts";
import type { Services } from "../services.ts";

/** How long a source may take to answer, milliseconds. */
const SEARCH_LIMIT = 8_000;
const MAX_LISTINGS = 20;

export const lookupTickerInput = z.object({ source: sourceSchema, words: z.string().trim().min(1).max(64) });

/** What a source lists under words, an exact symbol first. UNSUPPORTED, UNAVAILABLE. */
export async function lookupTicker(
  { feeds }: Pick<Services, "feeds">,
  { source, words }: z.infer<typeof lookupTickerInput>,
): Promise<SourceListing[]> {
  const listings = await searchSource(searchableFeed(feeds, source), words);
  return listings.slice(0, MAX_LISTINGS);
}

/** The feed of a source that can be asked for symbols. UNSUPPORTED. */
export function searchableFeed(feeds: ReadonlyMap<Source, Feed>, source: Source): Feed {
  const feed = feeds.get(source);
  if (source === "recording") {
    throw new TapedeckError("UNSUPPORTED", "Recorded tickers are made by playing a recording: npm run replay.");
  }
  if (!feed) {
    throw new TapedeckError(
      "UNSUPPORTED",
      `The source ${source} is switched off; add it to TAPEDECK_SOURCES and restart.`,
    );
  }
  if (!feed.capabilities.symbolSearch) {
    throw new TapedeckError("UNSUPPORTED", `The source ${source} cannot be searched.`);
  }
  return feed;
}

/** Asks a source for its symbols. UNAVAILABLE, in words for the admin, when it cannot be reached. */
export async function searchSource(feed: Feed, words: string): Promise<SourceListing[]> {
  try {
    return await feed.search(words, AbortSignal.timeout(SEARCH_LIMIT));
  } catch (error) {
    if (errorCode(error) === "RATE_LIMITED" || errorCode(error) === "FORBIDDEN") throw error;
    throw new TapedeckError(
      "UNAVAILABLE",
      `The source ${feed.source} cannot be reached, so nothing can be checked against it: ${errorMessage(error)}. Try again later.`,
      { cause: error },
    );
  }
}
