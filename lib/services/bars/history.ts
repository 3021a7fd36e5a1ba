import type { BackfillDocument } from "../../contracts/sources.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import type { BarsPage, BarView } from "../../contracts/views.ts";
import type { HistoryInterval, TimeRange } from "../../domain/backfill-chunks.ts";
import type { Interval } from "../../domain/interval.ts";
import type { Services } from "../services.ts";
import { backfillStatus, isExhausted, missingChunks, requestFor } from "./history-plan.ts";

export interface HistoryState {
  backfill: BarsPage["backfill"];
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
  const missing = ticker.state === "enabled" ? missingChunks(interval, range, bars, now) : [];
  for (const chunk of missing) {
    const asked = await ask(needs, newRequest(ticker.symbol, interval, chunk, now), requests.get(chunk.from));
    if (asked) requests.set(asked.from, asked);
  }
  const oldest = bars[0]?.start ?? range.from;
  const all = [...requests.values()];
  return { backfill: backfillStatus(all, range), older: !isExhausted(interval, oldest, all) };
}

/** A request of which nobody has taken notice yet. */
export function newRequest(symbol: string, interval: HistoryInterval, chunk: TimeRange, now: number): BackfillDocument {
  return {
    kind: "backfill",
    symbol,
    interval,
    ...chunk,
    state: "wanted",
    bars: 0,
    progress: 0,
    reason: null,
    requested: now,
    updated: now,
  };
}

async function ask(
  { sources }: Needs,
  request: BackfillDocument,
  before: BackfillDocument | undefined,
): Promise<BackfillDocument | null> {
  const kind = requestFor(request, before, request.requested);
  if (kind === null) return null;
  if (kind === "ask") return await sources.wantBackfill(request);
  await sources.putBackfill(request);
  return request;
}
