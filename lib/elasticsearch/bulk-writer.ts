import type { WriteItem } from "../contracts/engine-store.ts";
import { errorCode, errorMessage, TapedeckError } from "../errors.ts";
import type { Log } from "../log.ts";
import { type BulkAnswer, bulkLines, chunksOf, judgeBulk, writtenOf } from "./bulk-format.ts";
import type { Elastic } from "./client.ts";
import type { IndexNames } from "./index-names.ts";
import type { Indices } from "./indices.ts";
import { type Patience, patient } from "./patience.ts";
import { Slots } from "./slots.ts";

/** Requests that are out at the same time; with chunks of about 1.5 MB this bounds what the writer holds beside its callers' items. */
const IN_FLIGHT = 3;
const REQUEST_TIMEOUT = 30_000;
const LOG_EVERY = 10_000;
const QUERY = {
  // Every item keeps its status, so that positions match.
  filter_path: "errors,items.*.status,items.*.error.type,items.*.error.reason",
  timeout: "20s",
};

/** Writes rounds of the engine. What fails for a passing reason is sent again, the same bytes, until `signal` or `close` ends it. */
export class BulkWriter {
  readonly #elastic: Elastic;
  readonly #names: IndexNames;
  readonly #indices: Indices;
  readonly #log: Pick<Log, "warn">;
  readonly #patience: Patience;
  readonly #slots = new Slots(IN_FLIGHT);
  readonly #closing = new AbortController();
  #loggedAt = -LOG_EVERY;

  constructor(
    elastic: Elastic,
    names: IndexNames,
    indices: Indices,
    log: Pick<Log, "warn">,
    patience: Patience = patient,
  ) {
    this.#elastic = elastic;
    this.#names = names;
    this.#indices = indices;
    this.#log = log;
    this.#patience = patience;
  }

  /** Resolves when every item, or a newer version of it, is stored. REJECTED names an item that never will be; UNAVAILABLE after an abort. */
  async write(items: readonly WriteItem[], signal?: AbortSignal): Promise<void> {
    // The first failure ends the whole round: its other requests must not go on for ever behind the caller's back.
    const failed = new AbortController();
    const signals = [this.#closing.signal, failed.signal, ...(signal ? [signal] : [])];
    const ending = AbortSignal.any(signals);
    try {
      await Promise.all(chunksOf(items).map((chunk) => this.#slots.run(() => this.#deliver(chunk, ending))));
    } catch (error) {
      failed.abort();
      throw error;
    }
  }

  close(): void {
    this.#closing.abort();
  }

  async #deliver(chunk: readonly WriteItem[], signal: AbortSignal): Promise<void> {
    let left = chunk;
    for (let tries = 1; left.length > 0; tries += 1) {
      if (signal.aborted) throw new TapedeckError("UNAVAILABLE", `The writing of ${left.length} documents was ended`);
      const before = left.length;
      left = await this.#attempt(left, signal);
      if (left.length === 0) return;
      if (left.length < before) tries = 1;
      await this.#patience(tries, signal);
    }
  }

  /** Sends one request; the items that have to be sent again. */
  async #attempt(items: readonly WriteItem[], signal: AbortSignal): Promise<readonly WriteItem[]> {
    let answer: BulkAnswer;
    try {
      answer = await this.#elastic.request<BulkAnswer>("A bulk write", {
        method: "POST",
        path: "/_bulk",
        query: QUERY,
        lines: bulkLines(items, (item) => this.#names.target(item.target)),
        timeout: REQUEST_TIMEOUT,
        signal,
      });
    } catch (error) {
      if (!isPassing(error)) throw asRejection(error, items);
      this.#warn(errorMessage(error), items.length);
      return items;
    }
    const { again, missing, rejected } = judgeBulk(items, answer);
    if (rejected) throw new TapedeckError("REJECTED", `Elasticsearch refused ${rejected.item.id}: ${rejected.reason}`);
    if (again.length > 0) this.#warn("items were refused for now", again.length);
    return missing.length > 0 ? [...again, ...(await this.#makeRoom(missing, signal))] : again;
  }

  /**
   * Creates the indices that are missing, deliberately: nothing else may create one. A bar written longer ago than its retention counts
   * as done: its index was dropped with it, and must not come back half. Slots and checkpoints are the engine's memory: if their index
   * is gone, going on would hide the loss.
   */
  async #makeRoom(missing: readonly WriteItem[], signal: AbortSignal): Promise<WriteItem[]> {
    const wanted = missing.filter((item) => !this.#isExpired(item));
    for (const item of wanted) {
      if (item.target.kind !== "window" && item.target.kind !== "given" && item.target.kind !== "latest") {
        throw new TapedeckError("REJECTED", `The index ${this.#names.target(item.target)} for ${item.id} is gone`);
      }
    }
    for (const index of new Set(wanted.map(({ target }) => this.#names.target(target)))) {
      try {
        await this.#indices.create(index, signal);
      } catch (error) {
        if (!isPassing(error)) throw error;
        this.#warn(errorMessage(error), wanted.length);
      }
    }
    return wanted;
  }

  #isExpired({ target, body }: WriteItem): boolean {
    if (target.kind !== "window" && target.kind !== "given") return false;
    const written = writtenOf(body);
    return written !== null && written < Date.now() * 1000 - this.#indices.retention(target.interval);
  }

  #warn(reason: string, items: number): void {
    if (performance.now() - this.#loggedAt < LOG_EVERY) return;
    this.#loggedAt = performance.now();
    this.#log.warn({ reason, items }, "documents wait for Elasticsearch");
  }
}

/** Faults of a server that answers again some time. */
export function isPassing(error: unknown): boolean {
  const code = errorCode(error);
  return code === "UNAVAILABLE" || code === "TIMEOUT";
}

function asRejection(error: unknown, items: readonly WriteItem[]): Error {
  const text = `A request from ${items[0]?.id} on, ${items.length} documents: ${errorMessage(error)}`;
  return new TapedeckError("REJECTED", text, { cause: error });
}
