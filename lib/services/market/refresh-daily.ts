import type { Ticker } from "../../contracts/tickers.ts";
import type { Services } from "../services.ts";
import { symbolDay, type SymbolDay } from "./symbol-day.ts";

/** Brings the previous closes of tickers up to date, and has pages get the quotes that change by it; the tickers' present days. */
export async function refreshDaily(
  { daily, hub, now }: Pick<Services, "daily" | "hub" | "now">,
  tickers: readonly Ticker[],
): Promise<SymbolDay[]> {
  const time = now();
  const days = tickers.map((ticker) => symbolDay(ticker, hub.latest(ticker.symbol), time));
  hub.touch(await daily.refreshCloses(days));
  return days;
}
