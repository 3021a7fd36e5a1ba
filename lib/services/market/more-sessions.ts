import { newBackfill, type BackfillDocument } from "../../contracts/sources.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import { chunksOf, type TimeRange } from "../../domain/backfill-chunks.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import type { Micros } from "../../domain/interval.ts";
import { STORED_WITHIN } from "../bars/history-plan.ts";
import type { Services } from "../services.ts";

/**
 * Asks the sources of tickers for the minutes of a range that nobody has asked for yet, day by day; the symbols of which some are on their way.
 * Of a source without minutes, and of a ticker that nobody collects, there will be none.
 */
export async function askForMinutes(
  { feeds, now, sources }: Pick<Services, "feeds" | "now" | "sources">,
  tickers: readonly Ticker[],
  range: TimeRange,
): Promise<ReadonlySet<string>> {
  const time = now();
  const wanted = tickers
    .filter(({ source, state }) => state === "enabled" && feeds.get(source)?.capabilities.history.includes("1m"))
    .flatMap(({ symbol, calendar }) =>
      chunksOf(calendarOf(calendar), "1m", range, time).map((chunk) => newBackfill(symbol, "1m", chunk, time)),
    );
  const asked = wanted.length === 0 ? [] : await sources.wantBackfills(wanted);
  return new Set(asked.filter((request) => isOnItsWay(request, time)).map(({ symbol }) => symbol));
}

/** Waiting, being fetched, or fetched just now and passing the log. */
function isOnItsWay({ bars, state, updated }: BackfillDocument, now: Micros): boolean {
  return state === "wanted" || state === "fetching" || (state === "done" && bars > 0 && now - updated < STORED_WITHIN);
}
