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

/** As it may be stored: older versions knew no calendars, days were those of UTC, no profiles, every trade counted, and no actions. */
export type StoredTicker = Omit<Ticker, Later> & Partial<Pick<Ticker, Later>>;
type Later = "calendar" | "profile" | "actions";

export function fromTickerDocument(stored: StoredTicker): Ticker {
  return {
    ...stored,
    calendar: stored.calendar ?? "utc",
    profile: stored.profile ?? "all",
    actions: stored.actions ?? [],
  };
}

/** A former ticker may be written as a whole symbol: what of it stands behind the exchange. */
export const bareTicker = (former: string): string => former.slice(former.indexOf(":") + 1);

export function toTickerDocument(ticker: Ticker): TickerDocument {
  const { ticker: short } = splitSymbol(ticker.symbol);
  return {
    ...ticker,
    search: {
      ticker: fold(short),
      compact: compact(short),
      compactName: compact(ticker.name),
      formerTickers: [...new Set(ticker.formerTickers.flatMap((each) => [fold(each), fold(bareTicker(each))]))],
      name: fold(ticker.name),
      aliases: ticker.aliases.map(fold),
    },
  };
}
