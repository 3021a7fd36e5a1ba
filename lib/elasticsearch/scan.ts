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
 * `after` continues behind the sort values of a hit. Nothing is found in an index that does not exist. What fits into a page costs one
 * request; for more a moment is held open, and the first page is read again as of it.
 */
export async function* scan<T>(elastic: Elastic, wanted: ScanQuery, after?: unknown[]): AsyncGenerator<Hit<T>[]> {
  const path = `/${wanted.index}/_search`;
  const { hits } = await page<T>(elastic, wanted, { path, query: { ignore_unavailable: true }, after });
  if (hits.length < wanted.size) {
    if (hits.length > 0) yield hits;
    return;
  }
  yield* scanMoment<T>(elastic, wanted, after);
}

async function* scanMoment<T>(elastic: Elastic, wanted: ScanQuery, after?: unknown[]): AsyncGenerator<Hit<T>[]> {
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
      const answer = await page<T>(elastic, wanted, {
        path: "/_search",
        body: { pit: { id, keep_alive: KEEP_ALIVE } },
        after: last,
      });
      id = answer.moment ?? id;
      const { hits } = answer;
      if (hits.length > 0) yield hits;
      if (hits.length < wanted.size) return;
      last = hits.at(-1)?.sort;
    }
  } finally {
    // One that is not closed ends by itself.
    await elastic.find("Closing a scan", { method: "DELETE", path: "/_pit", body: { id } }).catch(() => undefined);
  }
}

interface PageRequest {
  path: string;
  query?: Readonly<Record<string, boolean>>;
  body?: Readonly<Record<string, unknown>>;
  after: unknown[] | undefined;
}

async function page<T>(
  elastic: Elastic,
  { columns, index, query, size, sort, source, versions }: ScanQuery,
  { path, query: parameters, body, after }: PageRequest,
): Promise<{ moment: string | undefined; hits: Hit<T>[] }> {
  const answer = await elastic.request<SearchAnswer<T>>(`Reading ${index}`, {
    method: "POST",
    path,
    query: { ...parameters, allow_partial_search_results: false, filter_path: FIELDS },
    body: {
      ...body,
      query,
      sort,
      size,
      track_total_hits: false,
      ...(columns
        ? { stored_fields: "_none_", docvalue_fields: columns }
        : { _source: source ?? true, seq_no_primary_term: versions ?? false }),
      ...(after ? { search_after: after } : {}),
    },
    timeout: TIMEOUT,
  });
  // An answer without a hit loses its list to the filter.
  return { moment: answer.pit_id, hits: (answer.hits?.hits ?? []).map(toHit) };
}

function toHit<T>(hit: RawHit<T>): Hit<T> {
  const { _source: document, fields, sort } = hit;
  // A hit of which none of the columns has a value comes without a list of them.
  return { source: document ?? fields ?? ({} as T), sort, version: versionOf(hit) };
}
