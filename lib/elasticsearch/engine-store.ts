import type {
  CheckpointDocument,
  EngineStore,
  SavepointDocument,
  SlotDocument,
  WindowDocument,
  WindowKey,
  WriteItem,
} from "../contracts/engine-store.ts";
import { barId } from "../contracts/bars.ts";
import { errorMessage, TapedeckError } from "../errors.ts";
import type { Log } from "../log.ts";
import { type BulkWriter, isPassing } from "./bulk-writer.ts";
import type { Elastic } from "./client.ts";
import { readDocument } from "./documents.ts";
import type { IndexNames } from "./index-names.ts";
import { type Patience, patient } from "./patience.ts";
import { type Hit, scan } from "./scan.ts";

/** Windows that one request asks for. */
const WINDOWS_PER_REQUEST = 500;
const SLOTS_PER_PAGE = 200;
const TIMEOUT = 30_000;

interface GetAnswer<T> {
  found?: boolean;
  _source?: T;
  error?: { type: string; reason?: string };
}

/** What the engine remembers, in Elasticsearch. Reads go on through faults of the server until `close`. */
export class ElasticEngineStore implements EngineStore {
  readonly #elastic: Elastic;
  readonly #names: IndexNames;
  readonly #writer: BulkWriter;
  readonly #log: Pick<Log, "warn">;
  readonly #patience: Patience;
  readonly #closing = new AbortController();

  constructor(
    elastic: Elastic,
    names: IndexNames,
    writer: BulkWriter,
    log: Pick<Log, "warn">,
    patience: Patience = patient,
  ) {
    this.#elastic = elastic;
    this.#names = names;
    this.#writer = writer;
    this.#log = log;
    this.#patience = patience;
  }

  async readCheckpoint(topic: string, partition: number): Promise<CheckpointDocument | null> {
    const index = this.#names.fixed("checkpoints");
    const found = await this.#untilAnswered("The checkpoint", () =>
      readDocument<CheckpointDocument>(this.#elastic, index, `${topic}|${partition}`),
    );
    return found?.source ?? null;
  }

  async newestEpoch(topic: string): Promise<number> {
    await this.#refresh();
    const answer = await this.#untilAnswered("The newest epoch", () =>
      this.#elastic.request<{ aggregations: { newest: { value: number | null } } }>("The newest epoch", {
        method: "POST",
        path: `/${this.#names.fixed("checkpoints")}/_search`,
        query: { allow_partial_search_results: false },
        body: {
          size: 0,
          query: { bool: { filter: [{ term: { kind: "checkpoint" } }, { term: { topic } }] } },
          aggs: { newest: { max: { field: "epoch" } } },
        },
        timeout: TIMEOUT,
      }),
    );
    return answer.aggregations.newest.value ?? 0;
  }

  /** After a fault it goes on behind the last symbol, over a new point in time: slots are only ever replaced by newer ones. */
  async *readSlots(partition: number): AsyncGenerator<SlotDocument[]> {
    await this.#refresh();
    let last: unknown[] | undefined;
    for (let tries = 1; ; tries += 1) {
      try {
        for await (const hits of this.#slotPages(partition, last)) {
          last = hits.at(-1)?.sort;
          tries = 1;
          yield hits.map(({ source }) => source);
        }
        return;
      } catch (error) {
        await this.#afterFault("The slots", error, tries);
      }
    }
  }

  async readWindows(keys: readonly WindowKey[]): Promise<(WindowDocument | null)[]> {
    const read: (WindowDocument | null)[] = [];
    for (let from = 0; from < keys.length; from += WINDOWS_PER_REQUEST) {
      const part = keys.slice(from, from + WINDOWS_PER_REQUEST);
      read.push(...(await this.#untilAnswered("Windows", () => this.#windows(part))));
    }
    return read;
  }

  async readSavepoint(ids: readonly string[]): Promise<string[] | null> {
    const index = this.#names.fixed("checkpoints");
    const parts: string[] = [];
    for (const id of ids) {
      const found = await this.#untilAnswered("A savepoint", () =>
        readDocument<SavepointDocument>(this.#elastic, index, id),
      );
      const data = found?.source.savepoint.data ?? "";
      if (data === "") return null;
      parts.push(data);
    }
    return parts;
  }

  write(items: readonly WriteItem[], signal?: AbortSignal): Promise<void> {
    return this.#writer.write(items, signal);
  }

  close(): void {
    this.#closing.abort();
    this.#writer.close();
  }

  #slotPages(partition: number, after: unknown[] | undefined): AsyncGenerator<Hit<SlotDocument>[]> {
    const wanted = {
      index: this.#names.fixed("checkpoints"),
      query: { bool: { filter: [{ term: { kind: "slot" } }, { term: { partition } }] } },
      sort: [{ symbol: "asc" }] as const,
      size: SLOTS_PER_PAGE,
      source: true,
    };
    return scan<SlotDocument>(this.#elastic, wanted, after);
  }

  async #windows(keys: readonly WindowKey[]): Promise<(WindowDocument | null)[]> {
    const { docs } = await this.#elastic.request<{ docs: GetAnswer<WindowDocument>[] }>("Windows", {
      method: "POST",
      path: "/_mget",
      query: { filter_path: "docs.found,docs._source,docs.error.type,docs.error.reason" },
      body: {
        docs: keys.map(({ symbol, interval, start }) => ({
          _index: this.#names.barIndex(interval, start),
          _id: barId(symbol, interval, start),
        })),
      },
      timeout: TIMEOUT,
    });
    if (docs.length !== keys.length) throw new TapedeckError("UNAVAILABLE", "Fewer windows were answered than asked");
    return docs.map(({ _source, error }) => {
      // No index: never made, or dropped with its retention.
      if (error && error.type !== "index_not_found_exception") {
        throw new TapedeckError("UNAVAILABLE", `A window: ${error.type} ${error.reason ?? ""}`);
      }
      return _source ?? null;
    });
  }

  /** What was written before is found after this. */
  async #refresh(): Promise<void> {
    const path = `/${this.#names.fixed("checkpoints")}/_refresh`;
    await this.#untilAnswered("A refresh", async () => {
      const { _shards: shards } = await this.#elastic.request<{ _shards: { failed: number } }>("A refresh", {
        method: "POST",
        path,
        timeout: TIMEOUT,
      });
      if (shards.failed > 0) throw new TapedeckError("UNAVAILABLE", `${shards.failed} shards were not refreshed`);
    });
  }

  async #untilAnswered<T>(what: string, ask: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask();
      } catch (error) {
        await this.#afterFault(what, error, tries);
      }
    }
  }

  /** Waits before the next attempt; throws what is no passing fault, and after `close`. */
  async #afterFault(what: string, error: unknown, tries: number): Promise<void> {
    // A point in time is gone after a restart of the server, or after a long pause of the reader.
    if (!isPassing(error) && !/search_context_missing/.test(errorMessage(error))) throw error;
    if (this.#closing.signal.aborted) throw new TapedeckError("UNAVAILABLE", `${what}: the store is closed`);
    if (tries % 10 === 1) this.#log.warn({ err: error, tries }, `${what}: asked again`);
    await this.#patience(tries, this.#closing.signal);
  }
}
