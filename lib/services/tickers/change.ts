import type { Ticker, VersionedTicker } from "../../contracts/tickers.ts";
import type { TickerRow } from "../../contracts/views.ts";
import { errorCode, TapedeckError } from "../../errors.ts";
import { detailedError } from "../error-details.ts";
import { readRowMaterial, tickerRow, type TickerNeeds } from "./ticker-row.ts";

export type ChangeNeeds = Omit<TickerNeeds, "feeds">;

/** Replaces a ticker that is still as its editor saw it. NOT_FOUND; CONFLICT with the newest row when somebody else was first. */
export async function changeTicker(
  services: ChangeNeeds,
  { symbol, version }: { symbol: string; version: string },
  change: (ticker: Ticker) => Ticker,
): Promise<TickerRow> {
  const before = await services.tickers.get(symbol);
  if (!before) throw new TapedeckError("NOT_FOUND", `There is no ticker ${symbol}.`);
  const row = async (versioned: VersionedTicker) => {
    return tickerRow(versioned, await readRowMaterial(services, symbol), services.hub);
  };
  const conflict = async (newest: VersionedTicker) => {
    return detailedError("CONFLICT", `${symbol} was changed by somebody else meanwhile; this is how it is now.`, {
      newest: await row(newest),
    });
  };
  if (before.version !== version) throw await conflict(before);
  const changed = { ...change(before.ticker), updatedAt: services.now() };
  try {
    const after = await services.tickers.replace(changed, version);
    services.directory.invalidate();
    return await row(after);
  } catch (error) {
    const newest = errorCode(error) === "CONFLICT" ? await services.tickers.get(symbol) : null;
    throw newest ? await conflict(newest) : error;
  }
}
