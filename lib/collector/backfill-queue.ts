import { backfillId, type BackfillDocument } from "../contracts/sources.ts";
import type { Source } from "../contracts/tickers.ts";
import { INTERVAL_LENGTH, SECOND, type Micros } from "../domain/interval.ts";

/** So many requests of one source are fetched at a time. */
export const MAX_PARALLEL = 2;
/** Whoever fetches says so more often than this. */
const ORPHANED: Micros = 15 * SECOND;

export function idOf({ symbol, interval, from }: Pick<BackfillDocument, "symbol" | "interval" | "from">): string {
  return backfillId(symbol, interval, from);
}

export interface QueueInput {
  /** All that are wanted or being fetched, by whomever. */
  documents: readonly BackfillDocument[];
  /** The source of a symbol whose channel this worker holds, else null. */
  sourceOf: (symbol: string) => Source | null;
  /** Ids of those that this worker fetches now, and their source. */
  running: ReadonlyMap<string, Source>;
  now: Micros;
}

/**
 * Which requests to begin now: days before hours before minutes, for they are few and every page needs the previous close; then the
 * newest, for a reader waits for it, while those that the first start asked for in bulk are older.
 */
export function chooseBackfills({ documents, sourceOf, running, now }: QueueInput): BackfillDocument[] {
  const room = new Map<Source, number>();
  const left = (source: Source): number => {
    return room.get(source) ?? MAX_PARALLEL - [...running.values()].filter((each) => each === source).length;
  };
  return documents
    .filter((document) => !running.has(idOf(document)))
    .filter(({ state, updated }) => state === "wanted" || (state === "fetching" && now - updated > ORPHANED))
    .toSorted(
      (a, b) =>
        INTERVAL_LENGTH[b.interval] - INTERVAL_LENGTH[a.interval] || b.requested - a.requested || b.from - a.from,
    )
    .filter(({ symbol }) => {
      const source = sourceOf(symbol);
      if (source === null || left(source) <= 0) return false;
      room.set(source, left(source) - 1);
      return true;
    });
}
