import type { Ticker, VersionedTicker } from "../../contracts/tickers.ts";
import type { TickerRow } from "../../contracts/views.ts";
import type { AuditAction } from "../../contracts/audit.ts";
import { errorCode, TapedeckError } from "../../errors.ts";
import type { OnRecord } from "../audit/record.ts";
import { detailedError } from "../error-details.ts";
import { readRowMaterial, tickerRow, type TickerNeeds } from "./ticker-row.ts";

export type ChangeNeeds = Omit<TickerNeeds, "feeds"> & OnRecord;

/** Replaces, on the record, a ticker that is still as its editor saw it. NOT_FOUND; CONFLICT with the newest row when somebody else was first. */
export async function changeTicker(
  services: ChangeNeeds,
  { symbol, version, action }: { symbol: string; version: string; action: AuditAction },
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
  const wanted = change(before.ticker);
  const changed = { ...wanted, updatedAt: services.now() };
  try {
    const after = await services.record({ action, symbol, before: before.ticker, after: wanted }, () =>
      services.tickers.replace(changed, version),
    );
    services.directory.invalidate();
    return await row(after);
  } catch (error) {
    const newest = errorCode(error) === "CONFLICT" ? await services.tickers.get(symbol) : null;
    throw newest ? await conflict(newest) : error;
  }
}
