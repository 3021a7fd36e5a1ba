import { z } from "zod";
import type { CompositeHit } from "../../contracts/views.ts";
import { shortName } from "../../domain/composite/name.ts";
import { splitSymbol } from "../../domain/symbol.ts";
import { compositeOf } from "../composite/search.ts";
import type { Services } from "../services.ts";
import { describe, symbolType } from "./symbol-info.ts";

/** Tickers that are looked through for those of one exchange or type. */
const MOST = 100;

export const udfSearchInput = z.object({
  query: z.string().trim().max(100).default(""),
  type: z.string().max(32).default(""),
  exchange: z.string().max(32).default(""),
  limit: z.int().min(1).max(MOST).default(30),
});

type Needs = Pick<Services, "directory"> & { tickers: Pick<Services["tickers"], "search"> };

/**
 * Tickers by what a person typed, the most liquid first; `EXCHANGE:WORDS` looks on that exchange alone. Before them the ratio or spread that
 * the words mean.
 */
export async function udfSearch(
  { directory, tickers }: Needs,
  { query, type, exchange, limit }: z.infer<typeof udfSearchInput>,
) {
  const colon = query.indexOf(":");
  const place = (colon < 0 ? exchange : query.slice(0, colon)).toUpperCase();
  const isAny = type === "" && exchange === "";
  const [{ hits }, composite] = await Promise.all([
    tickers.search({ words: query.slice(colon + 1), limit: MOST }),
    isAny ? compositeOf({ directory, tickers }, query) : null,
  ]);
  const found = hits
    .map(({ ticker }) => ticker)
    .filter((ticker) => (place === "" || splitSymbol(ticker.symbol).exchange === place) && isOfType(ticker, type))
    .slice(0, limit)
    .map((ticker) => {
      const { exchange: listed, ticker: symbol } = splitSymbol(ticker.symbol);
      return {
        symbol,
        full_name: ticker.symbol,
        description: describe(ticker),
        exchange: listed,
        ticker: ticker.symbol,
        type: symbolType(ticker),
      };
    });
  return composite ? [compositeFound(composite), ...found].slice(0, limit) : found;
}

function compositeFound({ symbol, name, simulated }: CompositeHit) {
  const { exchange, ticker } = shortName(symbol);
  return {
    symbol: ticker,
    full_name: symbol,
    description: simulated ? `${name} (SIMULATED)` : name,
    exchange,
    ticker: symbol,
    type: "other",
  };
}

function isOfType(ticker: Parameters<typeof symbolType>[0], type: string): boolean {
  return type === "" || symbolType(ticker) === type;
}
