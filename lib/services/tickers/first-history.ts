import type { Ticker } from "../../contracts/tickers.ts";
import { chunksOf } from "../../domain/backfill-chunks.ts";
import { DAY, type Micros } from "../../domain/interval.ts";
import { historyInterval, newRequest } from "../bars/history.ts";
import type { Services } from "../services.ts";

/** What a chart of a new ticker shows first: two days of minutes, a year of days. */
const FIRST_HISTORY: readonly { interval: "1m" | "1d"; reach: Micros }[] = [
  { interval: "1m", reach: 2 * DAY },
  { interval: "1d", reach: 366 * DAY },
];

/** Asks the ticker's source for its first history, so that no chart of it is empty. */
export async function askFirstHistory(
  { feeds, now, sources }: Pick<Services, "feeds" | "now" | "sources">,
  ticker: Ticker,
): Promise<void> {
  const time = now();
  for (const { interval, reach } of FIRST_HISTORY) {
    const history = historyInterval({ feeds }, ticker, interval);
    if (history === null) continue;
    for (const chunk of chunksOf(history, { from: time - reach, to: time }, time).toReversed()) {
      await sources.wantBackfill(newRequest(ticker.symbol, history, chunk, time));
    }
  }
}
