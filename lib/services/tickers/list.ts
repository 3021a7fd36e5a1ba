import type { TickerRow } from "../../contracts/views.ts";
import { readRowMaterial, tickerRow, type TickerNeeds } from "./ticker-row.ts";

/** Every ticker with what its channel says, removed ones last, each part by symbol. */
export async function listTickers(services: Omit<TickerNeeds, "directory" | "feeds">): Promise<TickerRow[]> {
  const [tickers, material] = await Promise.all([services.tickers.list(), readRowMaterial(services)]);
  return tickers
    .map((versioned) => tickerRow(versioned, material, services.hub))
    .toSorted((a, b) => {
      const removed = Number(a.ticker.state === "removed") - Number(b.ticker.state === "removed");
      return removed || a.ticker.symbol.localeCompare(b.ticker.symbol);
    });
}
