import type { Ticker } from "../contracts/tickers.ts";
import { splitSymbol } from "../domain/symbol.ts";
import { compact, fold } from "./fold.ts";

/** A ticker as stored: with what is searched beside it. */
export interface TickerDocument extends Ticker {
  search: {
    ticker: string;
    compact: string;
    compactName: string;
    formerTickers: string[];
    name: string;
    aliases: string[];
  };
}

/** As it may be stored: older versions knew no calendars, days were those of UTC, and no profiles, every trade counted. */
export type StoredTicker = Omit<Ticker, "calendar" | "profile"> & Partial<Pick<Ticker, "calendar" | "profile">>;

export function fromTickerDocument(stored: StoredTicker): Ticker {
  return { ...stored, calendar: stored.calendar ?? "utc", profile: stored.profile ?? "all" };
}

export function toTickerDocument(ticker: Ticker): TickerDocument {
  const { ticker: short } = splitSymbol(ticker.symbol);
  return {
    ...ticker,
    search: {
      ticker: fold(short),
      compact: compact(short),
      compactName: compact(ticker.name),
      formerTickers: ticker.formerTickers.map(fold),
      name: fold(ticker.name),
      aliases: ticker.aliases.map(fold),
    },
  };
}
