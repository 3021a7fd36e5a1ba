import type { TimeRange } from "../domain/calendar/day-sessions.ts";
import type { Elastic } from "./client.ts";
import { rankOf } from "./closes.ts";
import { type Columns, scan } from "./scan.ts";

/** Rows a page. */
const MOST = 10_000;
/** Stretches a request: each is a clause of its query. */
const CLAUSES = 200;
const TIMEOUT = 30_000;

/** What the bars of one origin say of a symbol's range. */
interface Origin {
  volume: { value: number };
  first: { value: number | null };
  last: { value: number | null };
}

interface VolumesAnswer {
  aggregations?: {
    symbols: {
      buckets: {
        key: string;
        ranges: { buckets: { from: number; to: number; origins: { buckets: Origin[] } }[] };
      }[];
    };
  };
}

/** Where bars of both origins lie, from the first to the last window. */
interface Overlap {
  symbol: string;
  /** Which of the ranges. */
  index: number;
  first: number;
  last: number;
}

/**
 * The volume of each symbol in each range, summed over its windows, by the server: one request whatever there is. Where built and given
 * bars lie over each other those stretches are read, and of each window the bar that does not count is taken off again.
 */
export async function volumesOf(
  elastic: Elastic,
  index: string,
  symbols: readonly string[],
  ranges: readonly TimeRange[],
): Promise<Map<string, (number | null)[]>> {
  const answer = await elastic.request<VolumesAnswer>("Adding up volumes", {
    method: "POST",
    path: `/${index}/_search`,
    query: { ignore_unavailable: true, filter_path: "aggregations", allow_partial_search_results: false },
    body: { size: 0, query: within(symbols, ranges), aggs: aggregations(symbols, ranges) },
    timeout: TIMEOUT,
  });
  const volumes = new Map<string, (number | null)[]>();
  const overlaps: Overlap[] = [];
  for (const { key: symbol, ranges: found } of answer.aggregations?.symbols.buckets ?? []) {
    const sums = ranges.map((): number | null => null);
    volumes.set(symbol, sums);
    for (const { from, to, origins } of found.buckets) {
      const place = ranges.findIndex((range) => range.from === from && range.to === to);
      const [one, other] = origins.buckets;
      if (one) sums[place] = one.volume.value + (other?.volume.value ?? 0);
      const overlap = one && other && overlapOf(one, other);
      if (overlap) overlaps.push({ symbol, index: place, ...overlap });
    }
  }
  for (let at = 0; at < overlaps.length; at += CLAUSES) {
    await takeOff(elastic, index, overlaps.slice(at, at + CLAUSES), volumes);
  }
  return volumes;
}

function within(symbols: readonly string[], ranges: readonly TimeRange[]): Readonly<Record<string, unknown>> {
  const should = ranges.map(({ from, to }) => ({ range: { start: { gte: from, lt: to } } }));
  return { bool: { filter: [{ terms: { symbol: symbols } }, { bool: { should, minimum_should_match: 1 } }] } };
}

function aggregations(symbols: readonly string[], ranges: readonly TimeRange[]): Readonly<Record<string, unknown>> {
  const sums = {
    volume: { sum: { field: "volume" } },
    first: { min: { field: "start" } },
    last: { max: { field: "start" } },
  };
  return {
    symbols: {
      terms: { field: "symbol", size: symbols.length },
      aggs: {
        ranges: {
          range: { field: "start", ranges: ranges.map(({ from, to }) => ({ from, to })) },
          aggs: { origins: { terms: { field: "given", size: 2 }, aggs: sums } },
        },
      },
    },
  };
}

function overlapOf(one: Origin, other: Origin): Pick<Overlap, "first" | "last"> | null {
  const first = Math.max(one.first.value ?? 0, other.first.value ?? 0);
  const last = Math.min(one.last.value ?? 0, other.last.value ?? 0);
  return first <= last ? { first, last } : null;
}

/** Of each window in which there are two bars the volume of that which does not count. */
async function takeOff(
  elastic: Elastic,
  index: string,
  overlaps: readonly Overlap[],
  volumes: Map<string, (number | null)[]>,
): Promise<void> {
  const should = overlaps.map(({ symbol, first, last }) => ({
    bool: { filter: [{ term: { symbol } }, { range: { start: { gte: first, lte: last } } }] },
  }));
  const pages = scan<Columns>(elastic, {
    index,
    query: { bool: { should, minimum_should_match: 1 } },
    sort: [{ symbol: "asc" }, { start: "asc" }, { given: "asc" }],
    size: MOST,
    columns: ["symbol", "start", "volume", "given", "complete"],
  });
  const bySymbol = Map.groupBy(overlaps, ({ symbol }) => symbol);
  let before: VolumeRow | null = null;
  for await (const hits of pages) {
    for (const row of hits.map(({ source }) => volumeRow(source))) {
      if (before?.symbol === row.symbol && before.start === row.start) {
        const less = rankOf(row) > rankOf(before) ? before : row;
        const place = bySymbol
          .get(row.symbol)
          ?.find(({ first, last }) => row.start >= first && row.start <= last)?.index;
        const sums = volumes.get(row.symbol);
        if (sums && place !== undefined) sums[place] = (sums[place] ?? 0) - less.volume;
      }
      before = row;
    }
  }
}

interface VolumeRow {
  symbol: string;
  start: number;
  volume: number;
  given: boolean;
  complete: boolean;
}

function volumeRow({ symbol, start, volume, given, complete }: Columns): VolumeRow {
  return {
    symbol: String(symbol?.[0]),
    start: Number(start?.[0]),
    volume: Number(volume?.[0] ?? 0),
    given: given?.[0] === true,
    complete: complete?.[0] === true,
  };
}
