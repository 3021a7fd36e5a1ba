import type { Elastic, Request } from "#lib/elasticsearch/client.ts";
import { type ErrorCode, TapedeckError } from "#lib/errors.ts";

/** One document of a bulk request. */
export interface Write {
  index: string;
  id: string;
  version: number;
  body: string;
  /** Sent without a demand that it is not older than what is there. */
  isUnconditional: boolean;
}

/** What a server does with a request. `part`: some items are stored, the others refused for now; `short`: its answer lacks an item. */
export type Treatment = "none" | "busy" | "down" | "timeout" | "part" | "short";

/** One request on its way, until the schedule says what becomes of it. */
export interface Pending {
  worker: number;
  request: Request;
  settle: { answer: (answer: unknown) => void; fail: (error: Error) => void };
  /** Nobody waits for the answer any more: its worker is dead, or has given it up. */
  isAbandoned: boolean;
}

const CHECKPOINTS = "checkpoints";
const CONFLICT = { status: 409, error: { type: "version_conflict_engine_exception" } };
const BUSY = { status: 429, error: { type: "es_rejected_execution_exception" } };
const DOWN = { status: 503, error: { type: "unavailable_shards_exception" } };
const NO_INDEX = { status: 404, error: { type: "index_not_found_exception" } };
const FAILURES = { busy: "UNAVAILABLE", down: "UNAVAILABLE", timeout: "TIMEOUT" } satisfies Record<string, ErrorCode>;

/**
 * Elasticsearch as far as the store of the engine can tell: of each document the newest version stays, gets see every write, searches what
 * was there at the last refresh. Nothing happens to a request before the schedule says so, and an item of a bulk has a fate of its own.
 */
export class ElasticServer {
  readonly documents = new Map<string, Write>();
  /** What a search finds. */
  searchable: ReadonlyMap<string, Write> = new Map();
  readonly pending: Pending[] = [];
  /** Writes whose sender has stopped waiting, and which may still arrive. */
  readonly stray: Write[] = [];
  readonly #listeners: (() => void)[] = [];
  readonly #indices = new Set([CHECKPOINTS, "latest"]);
  /** Called with everything that becomes the newest. */
  onStored: (write: Write) => void = () => undefined;

  /** The server as one worker sees it. */
  connect(worker: number): Elastic {
    const ask = (request: Request): Promise<unknown> => {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const pending = { worker, request, settle: { answer: resolve, fail: reject }, isAbandoned: false };
      this.pending.push(pending);
      this.whenAborted(request.signal, () => {
        if (!pending.isAbandoned) reject(new TapedeckError("UNAVAILABLE", "aborted"));
        pending.isAbandoned = true;
      });
      return promise;
    };
    return {
      request: async <T>(_: string, request: Request) => (await ask(request)) as T,
      find: async <T>(_: string, request: Request) => (await ask(request)) as T | null,
      close: () => Promise.resolve(),
    };
  }

  /** Forgets all callers: signals keep alive whoever listens to them. */
  dispose(): void {
    for (const forget of this.#listeners) forget();
  }

  /** Until `dispose`. */
  whenAborted(signal: AbortSignal | undefined, run: () => void): void {
    signal?.addEventListener("abort", run);
    this.#listeners.push(() => signal?.removeEventListener("abort", run));
  }

  /** Requests of a worker that is dead still arrive; their answers reach nobody. */
  forget(worker: number): void {
    for (const pending of this.pending) if (pending.worker === worker) pending.isAbandoned = true;
  }

  /** What was stored so far is found from now on. */
  refresh(): void {
    this.searchable = new Map(this.documents);
  }

  /** Stores it unless something newer is there. */
  store(write: Write): boolean {
    const present = this.documents.get(write.id);
    if (present && present.version > write.version && !write.isUnconditional) return false;
    this.documents.set(write.id, write);
    this.onStored(write);
    return true;
  }

  /** Takes a request off and treats it; the bits of `mask` say which items of a bulk are stored where only some are. */
  treat(which: number, treatment: Treatment, mask: number, isStray: boolean): void {
    const [pending] = this.pending.splice(which % Math.max(1, this.pending.length), 1);
    if (!pending) return;
    const { request } = pending;
    const writes = request.lines === undefined ? null : writesOf(request.lines.toString());
    if (treatment === "busy" || treatment === "down" || treatment === "timeout") {
      if (writes && treatment !== "busy") this.#storeSome(writes, mask, isStray);
      if (!writes && treatment === "timeout" && isStray) this.#answer(request);
      if (!pending.isAbandoned) pending.settle.fail(new TapedeckError(FAILURES[treatment], treatment));
      return;
    }
    const answer = writes ? this.#bulk(writes, treatment, mask) : this.#answer(request);
    if (!pending.isAbandoned) pending.settle.answer(answer);
  }

  get(id: string): unknown {
    const found = this.documents.get(id);
    return found ? JSON.parse(found.body) : null;
  }

  #storeSome(writes: readonly Write[], mask: number, isStray: boolean): void {
    for (const [at, write] of writes.entries()) {
      if ((mask >> (at % 30)) & 1 && this.#indices.has(write.index)) this.store(write);
      else if (isStray) this.stray.push(write);
    }
  }

  #bulk(writes: readonly Write[], treatment: "none" | "part" | "short", mask: number): object {
    const items = writes.map((write, at) => {
      if (!this.#indices.has(write.index)) return { index: NO_INDEX };
      if (treatment === "part" && ((mask >> (at % 30)) & 1) === 0) return { index: at % 2 === 0 ? BUSY : DOWN };
      return { index: this.store(write) ? { status: 201 } : CONFLICT };
    });
    if (treatment === "short") return { errors: true, items: items.slice(1) };
    return { errors: items.some(({ index }) => index.status !== 201), items };
  }

  #answer({ method, path, body }: Request): unknown {
    if (path.endsWith("/_refresh")) {
      this.refresh();
      return { _shards: { failed: 0 } };
    }
    if (path.endsWith("/_search")) return this.search(body as unknown as SearchBody, this.searchable);
    if (path === "/_mget") return { docs: (body as unknown as MgetBody).docs.map((each) => this.#get(each)) };
    if (method === "PUT") {
      this.#indices.add(path.slice(1));
      return {};
    }
    const found = this.get(decodeURIComponent(path.slice(path.lastIndexOf("/") + 1)));
    return found === null ? null : { _source: found };
  }

  #get({ _index: index, _id: id }: MgetBody["docs"][number]): object {
    if (!this.#indices.has(index)) return NO_INDEX;
    const found = this.get(id);
    return found === null ? { found: false } : { found: true, _source: found };
  }

  /** What a search finds among these documents. */
  search({ aggs, query }: SearchBody, documents: ReadonlyMap<string, Write>): object {
    const terms = query.bool.filter.flatMap(({ term }) => Object.entries(term));
    const found = [...documents.values()]
      .filter(({ index }) => index === CHECKPOINTS)
      .map(({ body }) => JSON.parse(body) as Record<string, unknown>)
      .filter((document) => terms.every(([field, value]) => document[field] === value));
    if (aggs) {
      const epochs = found.map(({ epoch }) => Number(epoch));
      return { aggregations: { newest: { value: epochs.length === 0 ? null : Math.max(...epochs) } } };
    }
    const sorted = found.toSorted((one, other) => (String(one["symbol"]) < String(other["symbol"]) ? -1 : 1));
    return { hits: { hits: sorted.map((document) => ({ _source: document, sort: [document["symbol"]] })) } };
  }
}

export interface SearchBody {
  aggs?: unknown;
  query: { bool: { filter: { term: Record<string, unknown> }[] } };
}
interface MgetBody {
  docs: { _index: string; _id: string }[];
}

interface Action {
  _index: string;
  _id: string;
  version: number;
  version_type?: string;
}

function writesOf(lines: string): Write[] {
  const parts = lines.split("\n");
  const writes: Write[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const { index } = JSON.parse(parts[at] ?? "") as { index: Action };
    const { _index, _id, version, version_type: type } = index;
    const isUnconditional = type !== "external_gte";
    writes.push({ index: _index, id: _id, version, body: parts[at + 1] ?? "", isUnconditional });
  }
  return writes;
}
