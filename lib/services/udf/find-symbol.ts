import { splitSymbol } from "../../domain/symbol.ts";
import { TapedeckError } from "../../errors.ts";
import { findInstrument, type Instrument } from "../composite/instrument.ts";
import type { Services } from "../services.ts";

/** What `EXCHANGE:TICKER` is, or two of them as a ratio or spread, or a bare ticker that only one exchange has. NOT_FOUND. */
export async function findSymbol({ directory }: Pick<Services, "directory">, symbol: string): Promise<Instrument> {
  const wanted = symbol.toUpperCase();
  if (wanted.includes(":")) return findInstrument({ directory }, wanted);
  const all = (await directory.list()).map(({ ticker }) => ticker);
  const [found, other] = all.filter((ticker) => {
    return ticker.state !== "removed" && splitSymbol(ticker.symbol).ticker === wanted;
  });
  if (!found || other) throw new TapedeckError("NOT_FOUND", `There is no one ticker ${wanted}; name its exchange.`);
  return { composite: null, ticker: found };
}
