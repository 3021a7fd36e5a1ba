import { barId } from "#lib/contracts/bars.ts";
import type {
  CheckpointDocument,
  EngineStore,
  SavepointDocument,
  SlotDocument,
  WindowDocument,
  WriteItem,
} from "#lib/contracts/engine-store.ts";
import type { Frame, LogProducer, LogRecord } from "#lib/contracts/log.ts";
import { names } from "#lib/contracts/topics.ts";
import { Counters } from "#lib/engine/counters.ts";
import { createPartitionTask, type EngineOptions, type EngineTask, type LogAccess } from "#lib/engine/run-engine.ts";

/** A store that answers at once, or holds its writes until it is told. */
export class FakeStore implements EngineStore {
  readonly documents = new Map<string, WriteItem>();
  /** Kinds and ids of each round, in order. */
  readonly rounds: string[][] = [];
  /** Ids of the windows that were asked for. */
  readonly asked: string[] = [];
  held: (() => void)[] | null = null;
  failure: Error | null = null;
  /** Writes of these kinds never arrive, and end with their signal. */
  readonly unheard = new Set<WriteItem["target"]["kind"]>();

  document(id: string): unknown {
    const item = this.documents.get(id);
    return item ? JSON.parse(item.body) : null;
  }

  readCheckpoint(topic: string, partition: number): Promise<CheckpointDocument | null> {
    return Promise.resolve(this.document(`${topic}|${partition}`) as CheckpointDocument | null);
  }

  newestEpoch(topic: string): Promise<number> {
    const epochs = [...this.documents.values()]
      .filter(({ id }) => id.startsWith(`${topic}|`))
      .map(({ body }) => (JSON.parse(body) as CheckpointDocument).epoch);
    return Promise.resolve(Math.max(0, ...epochs));
  }

  async *readSlots(): AsyncGenerator<SlotDocument[]> {
    await Promise.resolve();
    yield [...this.documents.values()]
      .filter(({ target }) => target.kind === "slot")
      .map(({ body }) => JSON.parse(body) as SlotDocument);
  }

  readWindows(keys: Parameters<EngineStore["readWindows"]>[0]): Promise<(WindowDocument | null)[]> {
    const ids = keys.map(({ symbol, interval, start }) => barId(symbol, interval, start));
    this.asked.push(...ids);
    return Promise.resolve(ids.map((id) => this.document(id) as WindowDocument | null));
  }

  readSavepoint(ids: readonly string[]): Promise<string[] | null> {
    const parts = ids.map((id) => (this.document(id) as SavepointDocument | null)?.savepoint.data ?? "");
    return Promise.resolve(parts.includes("") ? null : parts);
  }

  async write(items: readonly WriteItem[], signal?: AbortSignal): Promise<void> {
    if (this.failure) throw this.failure;
    this.rounds.push(items.map(({ target, id }) => `${target.kind} ${id}`));
    if (this.unheard.has(items[0]?.target.kind ?? "checkpoint")) {
      await new Promise((_, reject) => signal?.addEventListener("abort", () => reject(new Error("aborted"))));
    }
    if (this.held) await new Promise<void>((resolve) => this.held?.push(resolve));
    for (const item of items) {
      const present = this.documents.get(item.id);
      if (!present || present.version <= item.version) this.documents.set(item.id, item);
    }
  }

  /** Lets every write pass that waits, and those to come. */
  release(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const resolve of held) resolve();
  }
}

export interface Sent {
  topic: string;
  partition: number;
  key: string | undefined;
  lines: string[];
}

export class FakeProducer implements LogProducer {
  readonly sent: Sent[] = [];
  readonly pendingBytes = 0;
  held: (() => void)[] | null = null;
  failure: Error | null = null;

  async send(topic: string, frames: readonly Frame[]): Promise<void> {
    if (this.failure) throw this.failure;
    for (const { partition, value, key } of frames) {
      this.sent.push({ topic, partition, key, lines: value.toString().split("\n") });
    }
    if (this.held) await new Promise<void>((resolve) => this.held?.push(resolve));
  }

  release(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const resolve of held) resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  lines<T>(topic: string): T[] {
    return this.sent
      .filter((each) => each.topic === topic)
      .flatMap(({ lines }) => lines.map((line) => JSON.parse(line) as T));
  }
}

export class FakeLog implements LogAccess {
  records: readonly LogRecord[];
  start = 0;
  partitions = 1;

  constructor(records: readonly LogRecord[]) {
    this.records = records;
  }

  ranges(): Promise<{ partition: number; start: number; end: number }[]> {
    return Promise.resolve(
      Array.from({ length: this.partitions }, (_, partition) => ({
        partition,
        start: this.start,
        end: this.records.length,
      })),
    );
  }

  record(_: number, offset: number): Promise<LogRecord | null> {
    return Promise.resolve(this.records.find((record) => record.offset === offset) ?? null);
  }

  async *range(_: number, from: number, to: number): AsyncGenerator<LogRecord[]> {
    await Promise.resolve();
    yield this.records.filter(({ offset }) => offset >= Math.max(from, this.start) && offset < to);
  }
}

/** One partition with everything around it, and a clock that stands still. */
export class Bench {
  readonly store: FakeStore;
  readonly producer = new FakeProducer();
  readonly counters = new Counters();
  readonly log: FakeLog;
  readonly warnings: unknown[] = [];
  engine: EngineTask;
  elapsed = 0;

  constructor(log: readonly LogRecord[], options: Partial<EngineOptions> = {}, store = new FakeStore()) {
    this.store = store;
    this.log = new FakeLog(log);
    this.engine = createPartitionTask({
      names: names(""),
      partition: 0,
      store: this.store,
      log: this.log,
      producer: this.producer,
      counters: this.counters,
      clock: { wall: () => 5_000_000 + this.elapsed * 1000, elapsed: () => this.elapsed },
      cadence: 100,
      checkpointEvery: 2000,
      report: {
        info: () => undefined,
        warn: (...told: unknown[]) => {
          this.warnings.push(told);
        },
      },
      ...options,
    });
  }

  open(): Promise<number> {
    return this.engine.open({ start: this.log.start, end: this.log.records.length });
  }

  /** Records from the log, `milliseconds` after the last call. */
  async read(from: number, to: number, milliseconds = 0): Promise<void> {
    this.elapsed += milliseconds;
    await this.engine.process(this.log.records.slice(from, to), this.log.records.length);
    if (this.counters.unaccounted !== 0) throw new Error("a line was read and not counted");
  }

  async idle(milliseconds: number): Promise<void> {
    this.elapsed += milliseconds;
    await this.engine.idle?.();
    await settled();
  }
}

/** Everything that can go on without being told has gone on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}
