import type { MarketSnapshot } from "../../contracts/views.ts";
import { unknownQuote } from "../../live/quote-view.ts";
import { instrumentView } from "../instruments/instrument-view.ts";
import type { Services } from "../services.ts";
import { refreshDaily } from "./refresh-daily.ts";

/** Every enabled ticker with its newest quote, and the course of its day. */
export async function marketSnapshot(
  services: Pick<Services, "daily" | "directory" | "feeds" | "hub" | "now" | "sparklines">,
): Promise<MarketSnapshot> {
  const { directory, feeds, hub, now, sparklines } = services;
  const tickers = (await directory.list()).map(({ ticker }) => ticker).filter(({ state }) => state === "enabled");
  await sparklines.refresh(await refreshDaily(services, tickers));
  return {
    instruments: tickers.map((ticker) => instrumentView(ticker, feeds.get(ticker.source))),
    quotes: tickers.map(({ symbol }) => hub.quote(symbol) ?? unknownQuote(symbol)),
    sparklines: Object.fromEntries(tickers.map(({ symbol }) => [symbol, sparklines.of(symbol)])),
    serverTime: now(),
  };
}
