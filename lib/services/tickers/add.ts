import { z } from "zod";
import { sourceSchema, tickerSchema, type Ticker, type VersionedTicker } from "../../contracts/tickers.ts";
import type { TickerRow } from "../../contracts/views.ts";
import { calendarSchema, profileSchema } from "../../contracts/ticks.ts";
import { isSymbol } from "../../domain/symbol.ts";
import { errorCode, TapedeckError } from "../../errors.ts";
import type { Feed, SourceListing } from "../../feeds/feed.ts";
import type { OnRecord } from "../audit/record.ts";
import { detailedError } from "../error-details.ts";
import { askFirstHistory } from "./first-history.ts";
import { searchableFeed, searchSource } from "./lookup.ts";
import { readRowMaterial, tickerRow, type TickerNeeds } from "./ticker-row.ts";

/** How many alternatives a refusal names. */
const SUGGESTIONS = 5;

export const addTickerInput = z.object({
  source: sourceSchema,
  /** The source's own word for it: `btcusdt`, `BTC-USD`. */
  sourceSymbol: z.string().trim().min(1).max(64),
  name: tickerSchema.shape.name.optional(),
  sector: tickerSchema.shape.sector.optional(),
  /** Absent: that of its source. */
  calendar: calendarSchema.optional(),
  profile: profileSchema.optional(),
});

type Input = z.infer<typeof addTickerInput>;
type Needs = TickerNeeds & OnRecord;

/**
 * Adds a ticker that its source lists, or brings a removed one back with its history; then asks for its first history.
 * NOT_FOUND with what the source has instead; UNAVAILABLE when the source cannot be asked; CONFLICT when it is there already.
 */
export async function addTicker(services: Needs, input: Input): Promise<TickerRow> {
  const feed = searchableFeed(services.feeds, input.source);
  const listing = exactListing(feed, input.sourceSymbol, await searchSource(feed, input.sourceSymbol));
  const ticker = newTicker(feed, listing, input, services.now());
  const stored = await createOrRestore(services, ticker, input.calendar);
  services.directory.invalidate();
  await askFirstHistory(services, stored.ticker);
  return tickerRow(stored, await readRowMaterial(services, ticker.symbol), services.hub);
}

function exactListing(feed: Feed, sourceSymbol: string, listings: readonly SourceListing[]): SourceListing {
  const wanted = sourceSymbol.toLowerCase();
  const exact = listings.find((listing) => listing.sourceSymbol.toLowerCase() === wanted);
  if (exact) return exact;
  const suggestions = listings.slice(0, SUGGESTIONS);
  const instead = suggestions.map((listing) => `${listing.sourceSymbol} (${listing.name})`).join(", ");
  throw detailedError(
    "NOT_FOUND",
    `${feed.exchange} lists no ${sourceSymbol}.${instead === "" ? "" : ` It has ${instead}.`}`,
    { suggestions },
  );
}

function newTicker(
  feed: Feed,
  listing: SourceListing,
  { name, sector, calendar, profile }: Input,
  now: number,
): Ticker {
  const symbol = `${feed.exchange}:${listing.ticker}`;
  if (!isSymbol(symbol)) throw new TapedeckError("UNSUPPORTED", `${symbol} is not a symbol that Tapedeck can write.`);
  return {
    symbol,
    name: name ?? listing.name,
    sourceSymbol: listing.sourceSymbol,
    source: feed.source,
    sector: sector ?? null,
    formerTickers: [],
    aliases: [],
    calendar: calendar ?? feed.capabilities.calendar,
    profile: profile ?? "all",
    currency: listing.currency,
    actions: [],
    tickSize: listing.tickSize,
    marketValue: null,
    liquidity: 0,
    state: "enabled",
    addedAt: now,
    updatedAt: now,
  };
}

async function createOrRestore(services: Needs, ticker: Ticker, calendar: Input["calendar"]): Promise<VersionedTicker> {
  const { symbol } = ticker;
  const there = await services.tickers.get(symbol);
  if (there && there.ticker.state !== "removed") throw await isThere(services, there);
  const wanted = there ? restored(ticker, there.ticker, calendar) : ticker;
  const change = { action: "ticker-added", symbol, before: there?.ticker ?? null, after: wanted } as const;
  try {
    return await services.record(change, () =>
      there ? services.tickers.replace(wanted, there.version) : services.tickers.create(wanted),
    );
  } catch (error) {
    const newest = errorCode(error) === "CONFLICT" ? await services.tickers.get(symbol) : null;
    throw newest ? await isThere(services, newest) : error;
  }
}

async function isThere(services: TickerNeeds, versioned: VersionedTicker): Promise<TapedeckError> {
  const { symbol, state } = versioned.ticker;
  const newest = tickerRow(versioned, await readRowMaterial(services, symbol), services.hub);
  return detailedError("CONFLICT", `${symbol} is there already, ${state}.`, { newest });
}

function restored(
  ticker: Ticker,
  { formerTickers, aliases, marketValue, liquidity, addedAt, actions, calendar: before }: Ticker,
  calendar: Input["calendar"],
): Ticker {
  return { ...ticker, formerTickers, aliases, marketValue, liquidity, addedAt, actions, calendar: calendar ?? before };
}
