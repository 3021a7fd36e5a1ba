import { newBackfill, type BackfillDocument } from "../../contracts/sources.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import type { BarsPage, BarView } from "../../contracts/views.ts";
import type { HistoryInterval, TimeRange } from "../../domain/backfill-chunks.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import type { Interval } from "../../domain/interval.ts";
import type { Services } from "../services.ts";
import { backfillStatus, isBeingStored, isExhausted, missingChunks, requestFor } from "./history-plan.ts";

export interface HistoryState {
  backfill: BarsPage["backfill"];
  settling: boolean;
  /** The source may have bars before the oldest of the page. */
  older: boolean;
}

type Needs = Pick<Services, "sources" | "feeds" | "now">;

/** The interval as one of which the ticker's source gives history, null where it gives none. */
export function historyInterval(
  { feeds }: Pick<Services, "feeds">,
  ticker: Ticker,
  interval: Interval,
): HistoryInterval | null {
  if (interval === "1s") return null;
  return feeds.get(ticker.source)?.capabilities.history.includes(interval) ? interval : null;
}

/** Asks the source for what a range lacks, unless that is among the requests `before`, and says what is on its way. */
export async function askForHistory(
  needs: Needs,
  ticker: Ticker,
  interval: HistoryInterval,
  range: TimeRange,
  bars: readonly BarView[],
  before: readonly BackfillDocument[],
): Promise<HistoryState> {
  const now = needs.now();
  const requests = new Map(
    before.filter((request) => request.interval === interval).map((request) => [request.from, request]),
  );
  // A disabled ticker has nobody who would fetch.
  const missing =
    ticker.state === "enabled" ? missingChunks(calendarOf(ticker.calendar), interval, range, bars, now) : [];
  const wanted = missing.map((chunk) => newBackfill(ticker.symbol, interval, chunk, now));
  for (const asked of await ask(needs, wanted, requests)) requests.set(asked.from, asked);
  const oldest = bars[0]?.start ?? range.from;
  const all = [...requests.values()];
  const settling = isBeingStored(all, missing, now);
  return { backfill: backfillStatus(all, range), settling, older: !isExhausted(interval, oldest, all) };
}

/** Makes the requests that nobody has made, and those again that failed; gives all that stand now. */
async function ask(
  { sources }: Needs,
  requests: readonly BackfillDocument[],
  before: ReadonlyMap<number, BackfillDocument>,
): Promise<BackfillDocument[]> {
  const of = (kind: ReturnType<typeof requestFor>): BackfillDocument[] =>
    requests.filter((request) => requestFor(request, before.get(request.from), request.requested) === kind);
  const repeated = of("again").map((request) =>
    sources.renewBackfill(request, before.get(request.from)?.state ?? request.state),
  );
  const answers = await Promise.all([sources.wantBackfills(of("ask")), ...repeated]);
  return answers.flat();
}
