import { type BackfillDocument, backfillId, type ChannelDocument, type WorkerDocument } from "../contracts/sources.ts";
import type { SourceStore } from "../contracts/stores.ts";
import { errorCode, TapedeckError } from "../errors.ts";
import type { BulkAnswer } from "./bulk-format.ts";
import type { Elastic } from "./client.ts";
import type { IndexNames } from "./index-names.ts";
import { scan } from "./scan.ts";
import { type Found, readDocument, writeIf } from "./documents.ts";

const PAGE = 1000;

/** A document as stored: a few fields to find it by, and itself, whole. */
interface Stored<T> {
  report: T;
}

/**
 * What collectors and workers say of themselves. Leases are read and written by id, in real time; lists are up to a second old.
 * A worker that died stays listed with an old `updated` until it is forgotten: whoever lists decides how old is dead.
 */
export class ElasticSourceStore implements SourceStore {
  readonly #elastic: Elastic;
  readonly #index: string;

  constructor(elastic: Elastic, names: IndexNames) {
    this.#elastic = elastic;
    this.#index = names.fixed("sources");
  }

  channels(): Promise<ChannelDocument[]> {
    return this.#list<ChannelDocument>([{ term: { kind: "channel" } }], ["channel"]);
  }

  putChannel(document: ChannelDocument, version: string | null): Promise<string> {
    const { kind, channel, source, state, updated } = document;
    return writeIf(this.#elastic, {
      index: this.#index,
      id: `channel|${channel}`,
      document: { kind, channel, source, state, updated, report: document },
      version,
      refresh: false,
    });
  }

  async getChannel(channel: string): Promise<{ document: ChannelDocument; version: string } | null> {
    const found = await this.#get<ChannelDocument>(`channel|${channel}`);
    return found && { document: found.source.report, version: found.version };
  }

  workers(): Promise<WorkerDocument[]> {
    return this.#list<WorkerDocument>([{ term: { kind: "worker" } }], ["role", "id"]);
  }

  async putWorker(document: WorkerDocument): Promise<void> {
    const { kind, id, role, updated } = document;
    await this.#put(`worker|${id}`, { kind, id, role, updated, report: document });
  }

  async removeWorker(id: string): Promise<void> {
    const path = this.#path(`worker|${id}`);
    await this.#elastic.find(`Removing the worker ${id}`, { method: "DELETE", path, query: { refresh: true } });
  }

  async forgetWorkers(before: number): Promise<void> {
    for (const { id, updated } of await this.workers()) if (updated < before) await this.removeWorker(id);
  }

  async wantBackfills(documents: readonly BackfillDocument[]): Promise<BackfillDocument[]> {
    if (documents.length === 0) return [];
    const lines = documents.map(
      (document) =>
        `{"create":{"_id":${JSON.stringify(idOf(document))}}}\n${JSON.stringify(storedBackfill(document))}\n`,
    );
    const path = `/${this.#index}/_bulk`;
    const request = { method: "POST", path, query: { refresh: true }, lines: Buffer.from(lines.join("")) } as const;
    const { items = [] } = await this.#elastic.request<BulkAnswer>("Asking for history", request);
    return Promise.all(
      documents.map(async (document, position) => {
        const { status = 500, error } = items[position]?.["create"] ?? {};
        if (status < 300) return document;
        if (status === 409) return (await this.#get<BackfillDocument>(idOf(document)))?.source.report ?? document;
        const code = status === 429 || status >= 500 ? "UNAVAILABLE" : "REJECTED";
        throw new TapedeckError(code, `Asking for history: ${status} ${error?.reason ?? "without a reason"}`);
      }),
    );
  }

  putBackfill(document: BackfillDocument): Promise<void> {
    return this.#put(idOf(document), storedBackfill(document));
  }

  async renewBackfill(document: BackfillDocument, seen: BackfillDocument["state"]): Promise<BackfillDocument> {
    const id = idOf(document);
    const found = await this.#get<BackfillDocument>(id);
    if (found && found.source.report.state !== seen) return found.source.report;
    const write = { index: this.#index, id, document: storedBackfill(document), version: found?.version ?? null };
    try {
      await writeIf(this.#elastic, { ...write, refresh: false });
      return document;
    } catch (error) {
      // Who collects has taken it this very moment.
      if (errorCode(error) !== "CONFLICT") throw error;
      return (await this.#get<BackfillDocument>(id))?.source.report ?? document;
    }
  }

  /** Those asked for first come first. */
  backfills({ symbol, states }: Parameters<SourceStore["backfills"]>[0]): Promise<BackfillDocument[]> {
    const filter = [
      { term: { kind: "backfill" } },
      ...(symbol === undefined ? [] : [{ term: { symbol } }]),
      ...(states === undefined ? [] : [{ terms: { state: states } }]),
    ];
    return this.#list<BackfillDocument>(filter, ["requested", "symbol", "interval", "from"]);
  }

  async #list<T>(filter: readonly object[], order: readonly string[]): Promise<T[]> {
    const documents: T[] = [];
    const pages = scan<Stored<T>>(this.#elastic, {
      index: this.#index,
      query: { bool: { filter } },
      sort: order.map((field) => ({ [field]: "asc" as const })),
      size: PAGE,
      source: ["report"],
    });
    for await (const hits of pages) for (const { source } of hits) documents.push(source.report);
    return documents;
  }

  #get<T>(id: string): Promise<Found<Stored<T>> | null> {
    return readDocument<Stored<T>>(this.#elastic, this.#index, id);
  }

  async #put(id: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#elastic.request(`Writing ${id}`, { method: "PUT", path: this.#path(id), body });
  }

  #path(id: string): string {
    return `/${this.#index}/_doc/${encodeURIComponent(id)}`;
  }
}

function idOf({ symbol, interval, from }: BackfillDocument): string {
  return backfillId(symbol, interval, from);
}

function storedBackfill(document: BackfillDocument): Readonly<Record<string, unknown>> {
  const { kind, symbol, interval, from, to, state, requested, updated } = document;
  return { kind, symbol, interval, from, to, state, requested, updated, report: document };
}
