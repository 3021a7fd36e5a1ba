import { z } from "zod";
import { symbolSchema } from "../../contracts/ticks.ts";
import type { SymbolSnapshot } from "../../contracts/views.ts";
import { unknownQuote } from "../../live/quote-view.ts";
import { instrumentView } from "../instruments/instrument-view.ts";
import { refreshDaily } from "../market/refresh-daily.ts";
import type { Services } from "../services.ts";

export const symbolSnapshotInput = z.object({ symbol: symbolSchema });

/** One ticker with its newest quote and prints; a removed one still has its history. NOT_FOUND. */
export async function symbolSnapshot(
  services: Pick<Services, "daily" | "directory" | "feeds" | "hub" | "now">,
  { symbol }: z.infer<typeof symbolSnapshotInput>,
): Promise<SymbolSnapshot> {
  const { directory, feeds, hub, now } = services;
  const { ticker } = await directory.get(symbol);
  await refreshDaily(services, [ticker]);
  return {
    instrument: instrumentView(ticker, feeds.get(ticker.source)),
    quote: hub.quote(symbol) ?? unknownQuote(symbol),
    prints: hub.prints(symbol),
    serverTime: now(),
  };
}
