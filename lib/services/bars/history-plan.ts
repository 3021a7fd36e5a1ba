import type { BackfillDocument } from "../../contracts/sources.ts";
import type { BarView, BarsPage } from "../../contracts/views.ts";
import {
  CHUNK_LENGTH,
  chunksOf,
  chunkStart,
  type HistoryInterval,
  type TimeRange,
} from "../../domain/backfill-chunks.ts";
import { type Calendar, tradedWindows } from "../../domain/calendar/calendar.ts";
import { MINUTE, SECOND, type Micros } from "../../domain/interval.ts";

/** A source that failed is asked again after this, and one that answered is asked again for what has come since. */
export const ASK_AGAIN: Micros = 10 * MINUTE;

/** What waits for longer is asked for anew: requests of readers come before those that a first start made in bulk. */
export const ASK_SOONER: Micros = 5 * SECOND;

/** The most spans that one request asks for. */
const MAX_CHUNKS = 8;

/** Spans of a range in which at least one closed window is not held, or only in part; the newest first. */
export function missingChunks(
  calendar: Calendar,
  interval: HistoryInterval,
  range: TimeRange,
  bars: readonly BarView[],
  now: Micros,
): TimeRange[] {
  const whole = new Set(bars.filter(({ partial }) => !partial).map(({ start }) => start));
  const missing = chunksOf(calendar, interval, range, now).filter((chunk) => {
    const [from, to] = [Math.max(chunk.from, range.from), Math.min(chunk.to, range.to)];
    for (const { start } of tradedWindows(calendar, interval, from, to)) if (!whole.has(start)) return true;
    return false;
  });
  return missing.toReversed().slice(0, MAX_CHUNKS);
}

/**
 * What to ask of the source for a span, given what was asked before: null where it is on its way, was asked for just now, or has been answered.
 * A window without a trade has no bar, so a span that was answered is not asked again, but for what has come since.
 */
export function requestFor(
  chunk: TimeRange,
  before: BackfillDocument | undefined,
  now: Micros,
): "ask" | "again" | null {
  if (!before) return "ask";
  if (before.state === "fetching") return null;
  if (before.state === "wanted") return now - before.requested < ASK_SOONER ? null : "again";
  if (now - before.updated < ASK_AGAIN) return null;
  return before.state === "failed" || before.to < chunk.to ? "again" : null;
}

/** What was fetched passes the log and the engine, and is stored within this. */
export const STORED_WITHIN: Micros = 2 * MINUTE;

/** Whether of the spans that are not all held one was fetched just now: the rest of it will be stored in a moment, unless nothing was traded then. */
export function isBeingStored(
  requests: readonly BackfillDocument[],
  missing: readonly TimeRange[],
  now: Micros,
): boolean {
  return requests.some(({ bars, from, state, updated }) => {
    const isFresh = state === "done" && bars > 0 && now - updated < STORED_WITHIN;
    return isFresh && missing.some((chunk) => chunk.from === from);
  });
}

/** What the page says of requests that touch its range; null when none is open. */
export function backfillStatus(requests: readonly BackfillDocument[], range: TimeRange): BarsPage["backfill"] {
  const touching = requests.filter(({ from, to }) => from < range.to && to > range.from);
  const open = touching.filter(({ state }) => state !== "done");
  const [first] = open;
  if (!first) return null;
  const leading =
    open.find(({ state }) => state === "fetching") ?? open.find(({ state }) => state === "wanted") ?? first;
  const total = open.reduce((sum, { from, to }) => sum + to - from, 0);
  return {
    state: leading.state,
    progress: open.reduce((sum, { from, to, progress }) => sum + progress * (to - from), 0) / total,
    bars: open.reduce((sum, { bars }) => sum + bars, 0),
    reason: leading.reason,
    from: Math.min(...open.map(({ from }) => from)),
    to: Math.max(...open.map(({ to }) => to)),
  };
}

/** Whether the source has nothing before `oldest`: the whole span before that bar's was answered with nothing. */
export function isExhausted(interval: HistoryInterval, oldest: Micros, requests: readonly BackfillDocument[]): boolean {
  const before = chunkStart(interval, oldest) - CHUNK_LENGTH[interval];
  return (
    before < 0 ||
    requests.some((request) => {
      return request.interval === interval && request.from === before && request.state === "done" && request.bars === 0;
    })
  );
}
