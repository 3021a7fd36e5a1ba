import type {
  CheckpointDocument,
  EngineStore,
  GivenBarDocument,
  SlotDocument,
  WindowDocument,
  WindowKey,
  WriteItem,
} from "#lib/contracts/engine-store.ts";
import { barId } from "#lib/contracts/bars.ts";

/** One write on its way: stored or not, acknowledged or not, each on its own. */
export interface Delivery {
  item: WriteItem;
  /** Who wrote it. */
  worker: number;
  acknowledge: () => void;
}

/** A read that waits for its turn. */
export interface PendingRead {
  worker: number;
  run: () => void;
}

/**
 * Elasticsearch as far as the engine can tell: the newest version of a document stays, gets see every write, searches see what was
 * there at the last refresh. Nothing happens before the schedule says so.
 */
export class SimStore {
  readonly documents = new Map<string, WriteItem>();
  readonly deliveries: Delivery[] = [];
  readonly reads: PendingRead[] = [];
  /** Called with everything that becomes the newest. */
  onStored: (item: WriteItem) => void = () => undefined;

  /** Stores it unless something newer is there. */
  apply(item: WriteItem): void {
    const present = this.documents.get(item.id);
    if (present && present.version > item.version) return;
    this.documents.set(item.id, item);
    this.onStored(item);
  }

  get(id: string): unknown {
    const item = this.documents.get(id);
    return item ? JSON.parse(item.body) : null;
  }

  checkpoint(topic: string, partition: number): CheckpointDocument | null {
    return this.get(`${topic}|${partition}`) as CheckpointDocument | null;
  }

  /** The port as one worker sees it. */
  portOf(worker: number): EngineStore {
    const read = <T>(ask: () => T): Promise<T> =>
      new Promise((resolve) => this.reads.push({ worker, run: () => resolve(ask()) }));
    return {
      readCheckpoint: (topic, partition) => read(() => this.checkpoint(topic, partition)),
      newestEpoch: (topic) => read(() => this.checkpoint(topic, 0)?.epoch ?? 0),
      readSlots: async function* (this: SimStore) {
        yield await read(() => this.#slots());
      }.bind(this),
      readWindows: (keys) => read(() => keys.map((key) => this.#window(key))),
      write: (items, signal) => this.#write(worker, items, signal),
    };
  }

  #slots(): SlotDocument[] {
    return [...this.documents.values()]
      .filter(({ target }) => target.kind === "slot")
      .map(({ body }) => JSON.parse(body) as SlotDocument);
  }

  #window({ symbol, interval, start }: WindowKey): WindowDocument | null {
    return this.get(barId(symbol, interval, start)) as WindowDocument | null;
  }

  #write(worker: number, items: readonly WriteItem[], signal?: AbortSignal): Promise<void> {
    let left = items.length;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    signal?.addEventListener("abort", () => reject(new Error("aborted")));
    for (const item of items) {
      let isAcknowledged = false;
      const acknowledge = (): void => {
        if (isAcknowledged) return;
        isAcknowledged = true;
        left -= 1;
        if (left === 0) resolve();
      };
      this.deliveries.push({ item, worker, acknowledge });
    }
    return promise;
  }
}

/** What a stored document says about the market: all but who wrote it, when and at which position. */
export function contentOf({ target, body }: WriteItem): string | null {
  if (target.kind === "slot") return (JSON.parse(body) as SlotDocument).state;
  if (target.kind === "given") {
    const {
      given: _,
      epoch: _e,
      position: _p,
      partition: _n,
      offset,
      line,
      written: _w,
      ...bar
    } = JSON.parse(body) as GivenBarDocument;
    return `${JSON.stringify({ type: "bar", ...bar })} ${offset} ${line}`;
  }
  if (target.kind !== "window") return null;
  const { raw, sketch, profile } = JSON.parse(body) as WindowDocument;
  return `${body.slice(0, body.indexOf(',"given":false'))} ${raw} ${sketch} ${profile}`;
}
