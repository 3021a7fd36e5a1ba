import type { Ticker } from "../../contracts/tickers.ts";
import { splitSymbol } from "../../domain/symbol.ts";

/**
 * What a symbol is called now: the one other ticker that names it among its former tickers, whole, or bare where the exchange is the same.
 * One that is still there goes before one that is removed; null where none names it, or several do.
 */
export function successorOf(symbol: string, tickers: Iterable<Ticker>): string | null {
  const { exchange, ticker: bare } = splitSymbol(symbol);
  const named = [...tickers].filter((other) => {
    const names = new Set(other.formerTickers.map((name) => name.trim().toUpperCase()));
    const isSame = names.has(symbol) || (names.has(bare) && splitSymbol(other.symbol).exchange === exchange);
    return isSame && other.symbol !== symbol;
  });
  const kept = named.filter(({ state }) => state !== "removed");
  const [found, another] = kept.length > 0 ? kept : named;
  return found && !another ? found.symbol : null;
}
