import type { TickerStore } from "../../contracts/stores.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import type { CompositeHit } from "../../contracts/views.ts";
import { compositeSymbol } from "../../domain/composite/name.ts";
import { type TypedPair, typedPairs } from "../../domain/composite/typed.ts";
import { splitSymbol } from "../../domain/symbol.ts";
import type { Services } from "../services.ts";

interface Needs {
  directory: Pick<Services["directory"], "list">;
  tickers: Pick<TickerStore, "search">;
}

/**
 * The composite that words mean: `AAPL/MSFT`, `SIM:AAPL - SIM:MSFT`, `btc-usd/eth-usd`. Where a slash stands between words that are no tickers,
 * the best hit of either: `apple / micro`. null where they mean none, or a ticker themselves, as BTC-USD does.
 */
export async function compositeOf({ directory, tickers }: Needs, words: string): Promise<CompositeHit | null> {
  const pairs = typedPairs(words);
  if (pairs.length === 0) return null;
  const known = byName((await directory.list()).map(({ ticker }) => ticker));
  if (known(words)) return null;
  for (const pair of pairs) {
    const found = hitOf(pair.operation, known(pair.left, pair.right), known(pair.right, pair.left));
    if (found) return found;
  }
  const [pair] = pairs;
  return pair?.operation === "/" ? bestOf(tickers, pair) : null;
}

function hitOf(
  operation: TypedPair["operation"],
  left: Ticker | undefined,
  right: Ticker | undefined,
): CompositeHit | null {
  if (!left || !right || left.symbol === right.symbol) return null;
  return {
    symbol: compositeSymbol(left.symbol, operation, right.symbol),
    name: `${left.name} ${operation === "/" ? "/" : "−"} ${right.name}`,
    operation,
    legs: [left.symbol, right.symbol],
    simulated: left.source === "simulator" || right.source === "simulator",
  };
}

async function bestOf(tickers: Needs["tickers"], { left, operation, right }: TypedPair): Promise<CompositeHit | null> {
  const best = async (words: string): Promise<Ticker | undefined> =>
    (await tickers.search({ words: words.slice(words.indexOf(":") + 1), limit: 1 })).hits[0]?.ticker;
  const [first, second] = await Promise.all([best(left), best(right)]);
  return hitOf(operation, first, second);
}

type Known = (name: string, beside?: string) => Ticker | undefined;

/** Tickers by symbol or bare ticker; of a bare one on several exchanges that of the leg beside it, else the most liquid. */
function byName(all: readonly Ticker[]): Known {
  const listed = all.filter(({ state }) => state !== "removed");
  const bySymbol = new Map(listed.map((ticker) => [ticker.symbol, ticker]));
  const byTicker = Map.groupBy(listed, ({ symbol }) => splitSymbol(symbol).ticker);
  return (name, beside = "") => {
    const wanted = name.trim().toUpperCase();
    const exchange = beside.includes(":") ? splitSymbol(beside).exchange : "";
    const others = byTicker.get(wanted)?.toSorted((a, b) => b.liquidity - a.liquidity);
    return bySymbol.get(wanted) ?? bySymbol.get(`${exchange}:${wanted}`) ?? others?.[0];
  };
}
