import type { Elastic } from "./client.ts";
import { type Found, type Stamp, versionOf } from "./documents.ts";

export interface ScanQuery {
  index: string;
  query: Readonly<Record<string, unknown>>;
  /** Fields that together tell every document apart, ascending or descending: the scan goes on after them. */
  sort: readonly Readonly<Record<string, "asc" | "desc">>[];
  /** Documents a page. */
  size: number;
  /** What of the documents is read; or `columns`, without opening the documents: a hit's `source` is then a list of values for each. */
  source?: boolean | readonly string[] | { excludes: readonly string[] };
  columns?: readonly string[];
  /** Whether the hits' `version` is wanted; it means nothing otherwise. */
  versions?: boolean;
}

/** A hit's source where columns are read; a column without a value is absent. */
export type Columns = Readonly<Record<string, readonly (string | number | boolean)[] | undefined>>;

/** A document of a scan, and where to go on after it. */
export interface Hit<T> extends Found<T> {
  sort: unknown[];
}

interface RawHit<T> extends Stamp {
  _source?: T;
  fields?: T;
  sort: unknown[];
}

interface SearchAnswer<T> {
  pit_id?: string;
  hits?: { hits?: RawHit<T>[] };
}

const KEEP_ALIVE = "1m";
const TIMEOUT = 30_000;
const HIT_FIELDS = ["_source", "fields", "sort", "_seq_no", "_primary_term"];
const FIELDS = ["pit_id", ...HIT_FIELDS.map((field) => `hits.hits.${field}`)].join(",");

/**
 * Every document of a query as it was at one moment, in pages. Fails when any shard does: a part would pass for the whole.
 * `after` continues behind the sort values of a hit. Nothing is found in an index that does not exist.
 */
export async function* scan<T>(elastic: Elastic, wanted: ScanQuery, after?: unknown[]): AsyncGenerator<Hit<T>[]> {
  const opened = await elastic.find<{ id: string }>(`Opening ${wanted.index}`, {
    method: "POST",
    path: `/${wanted.index}/_pit`,
    query: { keep_alive: KEEP_ALIVE, ignore_unavailable: true },
    timeout: TIMEOUT,
  });
  if (!opened) return;
  let { id } = opened;
  let last = after;
  try {
    for (;;) {
      const answer: SearchAnswer<T> = await elastic.request(`Reading ${wanted.index}`, {
        method: "POST",
        path: "/_search",
        query: {
          allow_partial_search_results: false,
          filter_path: FIELDS,
        },
        body: {
          pit: { id, keep_alive: KEEP_ALIVE },
          query: wanted.query,
          sort: wanted.sort,
          size: wanted.size,
          track_total_hits: false,
          ...(wanted.columns
            ? { stored_fields: "_none_", docvalue_fields: wanted.columns }
            : { _source: wanted.source ?? true, seq_no_primary_term: wanted.versions ?? false }),
          ...(last ? { search_after: last } : {}),
        },
        timeout: TIMEOUT,
      });
      id = answer.pit_id ?? id;
      // An answer without a hit loses its list to the filter.
      const hits = answer.hits?.hits ?? [];
      if (hits.length > 0) yield hits.map(toHit);
      if (hits.length < wanted.size) return;
      last = hits.at(-1)?.sort;
    }
  } finally {
    // One that is not closed ends by itself.
    await elastic.find("Closing a scan", { method: "DELETE", path: "/_pit", body: { id } }).catch(() => undefined);
  }
}

function toHit<T>(hit: RawHit<T>): Hit<T> {
  const { _source: document, fields, sort } = hit;
  // A hit of which none of the columns has a value comes without a list of them.
  return { source: document ?? fields ?? ({} as T), sort, version: versionOf(hit) };
}
