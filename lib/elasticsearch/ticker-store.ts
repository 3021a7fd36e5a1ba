import type { TickerHits, TickerQuery, TickerStore } from "../contracts/stores.ts";
import type { Ticker, VersionedTicker } from "../contracts/tickers.ts";
import type { BulkAnswer } from "./bulk-format.ts";
import type { Elastic } from "./client.ts";
import type { IndexNames } from "./index-names.ts";
import { scan } from "./scan.ts";
import { fromTickerDocument, type StoredTicker, toTickerDocument } from "./ticker-document.ts";
import { explainHit, searchBody } from "./ticker-search.ts";
import { readDocument, writeIf } from "./documents.ts";
import { TapedeckError } from "../errors.ts";

const PAGE = 2000;

interface SearchAnswer {
  hits: { total: { value: number }; hits: { _source: StoredTicker }[] };
  aggregations: { sectors: { buckets: { key: string; doc_count: number }[] } };
}

/** Tickers in Elasticsearch. Every change is visible to searches when its call returns. */
export class ElasticTickerStore implements TickerStore {
  readonly #elastic: Elastic;
  readonly #index: string;

  constructor(elastic: Elastic, names: IndexNames) {
    this.#elastic = elastic;
    this.#index = names.fixed("tickers");
  }

  async list(): Promise<VersionedTicker[]> {
    const tickers: VersionedTicker[] = [];
    const pages = scan<StoredTicker>(this.#elastic, {
      index: this.#index,
      query: { match_all: {} },
      sort: [{ symbol: "asc" }],
      size: PAGE,
      source: { excludes: ["search"] },
      versions: true,
    });
    for await (const hits of pages) {
      for (const { source, version } of hits) tickers.push({ ticker: fromTickerDocument(source), version });
    }
    return tickers;
  }

  async get(symbol: string): Promise<VersionedTicker | null> {
    const found = await readDocument<StoredTicker>(this.#elastic, this.#index, symbol, "search");
    return found && { ticker: fromTickerDocument(found.source), version: found.version };
  }

  create(ticker: Ticker): Promise<VersionedTicker> {
    return this.#write(ticker, null);
  }

  replace(ticker: Ticker, version: string): Promise<VersionedTicker> {
    return this.#write(ticker, version);
  }

  async seed(tickers: readonly Ticker[]): Promise<number> {
    let created = 0;
    for (let from = 0; from < tickers.length; from += PAGE)
      created += await this.#seed(tickers.slice(from, from + PAGE));
    return created;
  }

  async search(query: TickerQuery): Promise<TickerHits> {
    const { hits, aggregations } = await this.#elastic.request<SearchAnswer>("Searching tickers", {
      method: "POST",
      path: `/${this.#index}/_search`,
      body: searchBody(query),
    });
    return {
      hits: hits.hits.map(({ _source }) => {
        const ticker = fromTickerDocument(_source);
        return { ticker, matched: explainHit(ticker, query.words) };
      }),
      total: hits.total.value,
      sectors: aggregations.sectors.buckets.map(({ key, doc_count: count }) => ({ sector: key, count })),
    };
  }

  async #write(ticker: Ticker, version: string | null): Promise<VersionedTicker> {
    const document = { ...toTickerDocument(ticker) };
    const write = { index: this.#index, id: ticker.symbol, document, version, refresh: true };
    return { ticker, version: await writeIf(this.#elastic, write) };
  }

  async #seed(tickers: readonly Ticker[]): Promise<number> {
    const lines = tickers.map((ticker) => {
      const action = JSON.stringify({ create: { _id: ticker.symbol } });
      return `${action}\n${JSON.stringify(toTickerDocument(ticker))}\n`;
    });
    const { items = [] } = await this.#elastic.request<BulkAnswer>("Seeding the tickers", {
      method: "POST",
      path: `/${this.#index}/_bulk`,
      query: { refresh: true, filter_path: "items.*.status,items.*.error.reason" },
      lines: Buffer.from(lines.join("")),
      timeout: 30_000,
    });
    const answers = items.map((item) => item["create"]);
    const refused = answers.find((answer) => answer?.status !== 201 && answer?.status !== 409);
    if (refused)
      throw new TapedeckError("REJECTED", `A ticker was refused: ${refused.error?.reason ?? refused.status}`);
    return answers.filter((answer) => answer?.status === 201).length;
  }
}
