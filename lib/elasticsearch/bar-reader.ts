import type {
  BarQuery,
  BarReader,
  ChartBar,
  Close,
  SketchQuery,
  StoredBar,
  StoredSketch,
  Stretch,
  WatchedBar,
} from "../contracts/stores.ts";
import { type Bar, barId } from "../contracts/bars.ts";
import type { WindowDocument } from "../contracts/engine-store.ts";
import type { TimeRange } from "../domain/calendar/day-sessions.ts";
import { INTERVALS } from "../domain/interval.ts";
import { CHART_COLUMNS, chartBar, type ChartHit } from "./chart-bars.ts";
import { SESSIONS } from "../domain/calendar/calendar.ts";
import type { Elastic } from "./client.ts";
import { CLOSE_COLUMNS, type CloseRow, closeRow, closesOf } from "./closes.ts";
import { readDocument } from "./documents.ts";
import type { IndexNames } from "./index-names.ts";
import { type Columns, scan } from "./scan.ts";
import { volumesOf } from "./volumes.ts";
import { WATCHED_COLUMNS, watchedBars } from "./watched-bars.ts";

/** The server's limit of one answer. */
const MOST = 10_000;
const SCAN_PAGE = 5000;
const SKETCH_PAGE = 1000;

/** What only the engine reads: as large as all the rest together. */
const ENGINE_ONLY = ["raw", "sketch", "profile", "topology", "written"];

const OTHER_SESSIONS = SESSIONS.filter((session) => session !== "regular");

/** A window that no trade may give a price is a bar for the engine alone. */
const PRICED = { exists: { field: "close" } };

type Range = Pick<BarQuery, "symbol" | "interval" | "session" | "from" | "to">;

interface SketchSource {
  start: number;
  sketch?: string | null;
  profile?: string | null;
  lineage: { firstOffset: number; lastOffset: number };
}

interface StretchAnswer {
  aggregations?: {
    stretches: { buckets: { key: number; doc_count: number; written: { value: number | null } }[] };
  };
}

interface SearchAnswer<T> {
  hits?: { hits?: { _source: T }[] };
}

/** Reads stored bars. Sorted as the indices are, so the newest bars of a symbol are found without looking at the others. */
export class ElasticBarReader implements BarReader {
  readonly #elastic: Elastic;
  readonly #names: IndexNames;

  constructor(elastic: Elastic, names: IndexNames) {
    this.#elastic = elastic;
    this.#names = names;
  }

  async refresh(): Promise<void> {
    const path = `/${INTERVALS.map((interval) => this.#names.bars(interval)).join(",")}/_refresh`;
    const query = { ignore_unavailable: true };
    await this.#elastic.request("Refreshing the bars", { method: "POST", path, query });
  }

  async read(query: BarQuery): Promise<StoredBar[]> {
    const answer = await this.#elastic.request<SearchAnswer<StoredBar>>(`Bars of ${query.symbol}`, {
      method: "POST",
      path: `/${this.#names.bars(query.interval)}/_search`,
      query: { ignore_unavailable: true, filter_path: "hits.hits._source" },
      body: {
        size: Math.min(query.limit, MOST),
        query: rangeQuery(query, [PRICED]),
        sort: [{ symbol: "asc" }, { start: query.order === "descending" ? "desc" : "asc" }],
        track_total_hits: false,
        _source: { excludes: ENGINE_ONLY },
      },
    });
    return (answer.hits?.hits ?? []).map(({ _source }) => _source);
  }

  async readChart(query: BarQuery): Promise<ChartBar[]> {
    const answer = await this.#elastic.request<{ hits?: { hits?: ChartHit[] } }>(`Bars of ${query.symbol}`, {
      method: "POST",
      path: `/${this.#names.bars(query.interval)}/_search`,
      query: { ignore_unavailable: true, filter_path: "hits.hits._version,hits.hits.fields" },
      body: {
        size: Math.min(query.limit, MOST),
        query: rangeQuery(query, [PRICED]),
        sort: [{ symbol: "asc" }, { start: query.order === "descending" ? "desc" : "asc" }],
        track_total_hits: false,
        version: true,
        // Not even the ids are read: they are kept beside the documents.
        stored_fields: "_none_",
        docvalue_fields: CHART_COLUMNS,
      },
    });
    return (answer.hits?.hits ?? []).map(chartBar);
  }

  async *scan(query: Range): AsyncGenerator<StoredBar[]> {
    const pages = scan<StoredBar>(this.#elastic, {
      index: this.#names.bars(query.interval),
      query: rangeQuery(query, [PRICED]),
      // The built and the given bar of a window differ in `given` alone.
      sort: [{ start: "asc" }, { given: "asc" }],
      size: SCAN_PAGE,
      source: { excludes: ENGINE_ONLY },
    });
    for await (const hits of pages) yield hits.map(({ source }) => source);
  }

  async *watched(query: Range): AsyncGenerator<WatchedBar[]> {
    const pages = scan<Columns>(this.#elastic, {
      index: this.#names.bars(query.interval),
      query: rangeQuery(query, [PRICED]),
      sort: [{ start: "asc" }, { given: "asc" }],
      size: MOST,
      columns: WATCHED_COLUMNS,
    });
    // The two bars of a window can lie on different pages: the last one waits for what follows.
    let rest: Columns[] = [];
    for await (const hits of pages) {
      const rows = [...rest, ...hits.map(({ source }) => source)];
      const last = rows.at(-1)?.["start"]?.[0];
      const from = rows.findIndex(({ start }) => start?.[0] === last);
      rest = rows.slice(from);
      yield watchedBars(rows.slice(0, from), query.interval);
    }
    yield watchedBars(rest, query.interval);
  }

  async get(
    symbol: string,
    interval: Bar["interval"],
    start: number,
  ): Promise<{ document: WindowDocument; index: string } | null> {
    const index = this.#names.barIndex(interval, start);
    const found = await readDocument<WindowDocument>(this.#elastic, index, barId(symbol, interval, start));
    return found && { document: found.source, index };
  }

  async *sketches(query: SketchQuery): AsyncGenerator<StoredSketch[]> {
    const { part, symbol } = query;
    // A window has one built bar, so the next page begins behind the last start: cheaper than a point in time.
    for (let from = query.from; ;) {
      const answer = await this.#elastic.request<SearchAnswer<SketchSource>>(`Sketches of ${symbol}`, {
        method: "POST",
        path: `/${this.#names.bars(query.interval)}/_search`,
        query: { ignore_unavailable: true, filter_path: "hits.hits._source" },
        body: {
          size: SKETCH_PAGE,
          query: rangeQuery({ ...query, from }, [{ term: { given: false } }]),
          sort: [{ symbol: "asc" }, { start: "asc" }],
          track_total_hits: false,
          _source: ["start", part, "lineage.firstOffset", "lineage.lastOffset"],
        },
      });
      const sources = (answer.hits?.hits ?? []).map(({ _source }) => _source);
      yield sources.flatMap(({ start, lineage, [part]: encoded }) =>
        typeof encoded === "string" ? [{ start, encoded, ...lineage }] : [],
      );
      const last = sources.at(-1);
      if (!last || sources.length < SKETCH_PAGE) return;
      from = last.start + 1;
    }
  }

  async *course(query: Range): AsyncGenerator<Close[]> {
    const pages = scan<Columns>(this.#elastic, {
      index: this.#names.bars(query.interval),
      query: rangeQuery(query, [PRICED]),
      sort: [{ start: "asc" }, { given: "asc" }],
      size: MOST,
      columns: CLOSE_COLUMNS,
    });
    // The two bars of a window can lie on different pages: the last one waits for what follows.
    let rest: CloseRow[] = [];
    for await (const hits of pages) {
      const rows = [...rest, ...hits.map(({ source }) => closeRow(source))];
      const last = rows.at(-1)?.start;
      rest = rows.filter(({ start }) => start === last);
      yield closesOf(rows.slice(0, rows.length - rest.length)).get(query.symbol) ?? [];
    }
    yield closesOf(rest).get(query.symbol) ?? [];
  }

  async stretches(query: Range, every: number): Promise<Stretch[]> {
    const answer = await this.#elastic.request<StretchAnswer>(`Changes of ${query.symbol}`, {
      method: "POST",
      path: `/${this.#names.bars(query.interval)}/_search`,
      query: { ignore_unavailable: true, filter_path: "aggregations", allow_partial_search_results: false },
      body: {
        size: 0,
        query: rangeQuery(query),
        aggs: {
          stretches: {
            histogram: { field: "start", interval: every, min_doc_count: 1 },
            aggs: { written: { max: { field: "written" } } },
          },
        },
      },
    });
    const buckets = answer.aggregations?.stretches.buckets ?? [];
    return buckets.map(({ key, doc_count, written }) => {
      return { start: key, documents: doc_count, written: written.value ?? 0 };
    });
  }

  async closes(
    symbols: readonly string[],
    interval: Bar["interval"],
    from: number | readonly number[],
  ): Promise<Map<string, Close[]>> {
    const rows: CloseRow[] = [];
    const start = typeof from === "number" ? { range: { start: { gte: from } } } : { terms: { start: from } };
    const pages = scan<Columns>(this.#elastic, {
      index: this.#names.bars(interval),
      query: { bool: { filter: [{ terms: { symbol: symbols } }, start, PRICED] } },
      sort: [{ symbol: "asc" }, { start: "asc" }, { given: "asc" }],
      size: MOST,
      columns: CLOSE_COLUMNS,
    });
    for await (const hits of pages) for (const { source } of hits) rows.push(closeRow(source));
    return closesOf(rows);
  }

  volumes(
    symbols: readonly string[],
    interval: Bar["interval"],
    ranges: readonly TimeRange[],
  ): Promise<Map<string, (number | null)[]>> {
    return volumesOf(this.#elastic, this.#names.bars(interval), symbols, ranges);
  }
}

function rangeQuery(
  { symbol, session, from, to }: Range,
  more: readonly object[] = [],
): Readonly<Record<string, unknown>> {
  const start = { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lt: to }) };
  const filter = [{ term: { symbol } }, { range: { start } }, ...more];
  if (session === undefined) return { bool: { filter } };
  // Given bars have none, nor have those from before there were sessions.
  if (session === "regular") return { bool: { filter, must_not: [{ terms: { session: OTHER_SESSIONS } }] } };
  return { bool: { filter: [...filter, { term: { session } }] } };
}
