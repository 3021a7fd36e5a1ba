import type { LatestLine } from "../contracts/latest.ts";
import type { LatestReader } from "../contracts/stores.ts";
import type { Elastic } from "./client.ts";
import type { IndexNames } from "./index-names.ts";

const SYMBOLS_PER_REQUEST = 1000;

/** Reads the index `latest` by id, in real time. */
export function createLatestReader(elastic: Elastic, names: IndexNames): LatestReader {
  const read = async (ids: readonly string[]): Promise<LatestLine[]> => {
    const { docs } = await elastic.request<{ docs?: { _source?: LatestLine }[] }>("The latest quotes", {
      method: "POST",
      path: `/${names.fixed("latest")}/_mget`,
      query: { filter_path: "docs._source" },
      body: { ids },
    });
    return (docs ?? []).flatMap(({ _source }) => (_source ? [_source] : []));
  };
  return {
    latest: async (symbols) => {
      const pages: Promise<LatestLine[]>[] = [];
      for (let from = 0; from < symbols.length; from += SYMBOLS_PER_REQUEST) {
        pages.push(read(symbols.slice(from, from + SYMBOLS_PER_REQUEST)));
      }
      return (await Promise.all(pages)).flat();
    },
  };
}
