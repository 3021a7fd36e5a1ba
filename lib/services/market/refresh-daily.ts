import type { Ticker } from "../../contracts/tickers.ts";
import type { Services } from "../services.ts";
import { symbolDay } from "./symbol-day.ts";

type Needs = Pick<Services, "daily" | "hub" | "now">;

/** Brings previous closes (and sparklines) of tickers up to date, and has pages get the quotes that change by it. */
export async function refreshDaily(
  { daily, hub, now }: Needs,
  tickers: readonly Ticker[],
  { sparklines }: { sparklines: boolean },
): Promise<void> {
  const time = now();
  const wanted = tickers.map((ticker) => symbolDay(ticker, hub.latest(ticker.symbol), time));
  const [found] = await Promise.all([daily.refreshCloses(wanted), sparklines ? daily.refreshSparklines(wanted) : null]);
  hub.touch(found);
}
