import type { Ticker } from "../../contracts/tickers.ts";
import { splitSymbol } from "../../domain/symbol.ts";
import { TapedeckError } from "../../errors.ts";
import type { Services } from "../services.ts";

/** The ticker of `EXCHANGE:TICKER`, or of a bare ticker that only one exchange has. NOT_FOUND. */
export async function findSymbol({ directory }: Pick<Services, "directory">, symbol: string): Promise<Ticker> {
  const wanted = symbol.toUpperCase();
  if (wanted.includes(":")) return (await directory.get(wanted)).ticker;
  const all = (await directory.list()).map(({ ticker }) => ticker);
  const [found, other] = all.filter((ticker) => {
    return ticker.state !== "removed" && splitSymbol(ticker.symbol).ticker === wanted;
  });
  if (!found || other) throw new TapedeckError("NOT_FOUND", `There is no one ticker ${wanted}; name its exchange.`);
  return found;
}
