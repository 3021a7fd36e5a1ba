import { newBackfill, type BackfillDocument } from "../../contracts/sources.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import { chunksOf, type TimeRange } from "../../domain/backfill-chunks.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import type { Micros } from "../../domain/interval.ts";
import { requestFor, STORED_WITHIN } from "../bars/history-plan.ts";
import type { Services } from "../services.ts";

/** So many symbols' days are asked for at a time, the first of a list: the others' when these have theirs. */
const ASKED_AT_ONCE = 100;

/**
 * Asks the sources of tickers for the minutes of a range that nobody has asked for yet, that failed, or that went on since; day by day. Gives the
 * symbols of which some are on their way. Of a source without minutes, and of a ticker that nobody collects, there will be none.
 */
export async function askForMinutes(
  { feeds, now, sources }: Pick<Services, "feeds" | "now" | "sources">,
  tickers: readonly Ticker[],
  range: TimeRange,
): Promise<ReadonlySet<string>> {
  const time = now();
  const wanted = tickers
    .filter(({ source, state }) => state === "enabled" && feeds.get(source)?.capabilities.history.includes("1m"))
    .slice(0, ASKED_AT_ONCE)
    .flatMap(({ symbol, calendar }) =>
      chunksOf(calendarOf(calendar), "1m", range, time).map((chunk) => newBackfill(symbol, "1m", chunk, time)),
    );
  const stored = wanted.length === 0 ? [] : await sources.wantBackfills(wanted);
  const asked = await Promise.all(
    stored.map(async (before, place) => {
      const request = wanted[place];
      // What waits need not come sooner: charts that are looked at come first.
      if (!request || before.state === "wanted" || requestFor(request, before, time) !== "again") return before;
      return await sources.renewBackfill(request, before.state);
    }),
  );
  return new Set(asked.filter((request) => isOnItsWay(request, time)).map(({ symbol }) => symbol));
}

/** Waiting, being fetched, or fetched just now and passing the log. */
function isOnItsWay({ bars, state, updated }: BackfillDocument, now: Micros): boolean {
  return state === "wanted" || state === "fetching" || (state === "done" && bars > 0 && now - updated < STORED_WITHIN);
}
