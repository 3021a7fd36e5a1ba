import { newBackfill } from "../../contracts/sources.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import { firstHistory } from "../../domain/first-history.ts";
import type { Services } from "../services.ts";

/** Asks the ticker's source for its first history now rather than when its channel is live, so that its progress can be shown at once. */
export async function askFirstHistory(
  { feeds, now, sources }: Pick<Services, "feeds" | "now" | "sources">,
  ticker: Ticker,
): Promise<void> {
  const time = now();
  const spans = firstHistory(calendarOf(ticker.calendar), feeds.get(ticker.source)?.capabilities.history ?? [], time);
  await sources.wantBackfills(spans.map((span) => newBackfill(ticker.symbol, span.interval, span, time)));
}
