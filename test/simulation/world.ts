import { barId, type BarLine } from "#lib/contracts/bars.ts";
import type { EngineStore, WriteItem } from "#lib/contracts/engine-store.ts";
import type { Frame, LogProducer, LogRecord } from "#lib/contracts/log.ts";
import { names } from "#lib/contracts/topics.ts";
import { beginEpoch } from "#lib/engine/begin-epoch.ts";
import { errorCode } from "#lib/errors.ts";
import { Counters } from "#lib/engine/counters.ts";
import { createPartitionTask, type EngineTask, type LogAccess } from "#lib/engine/run-engine.ts";
import { contentAt, type Reference, referenceOf, TOPIC } from "./reference.ts";
import { contentOf, SimStore } from "./sim-store.ts";

/** Changes what a worker sees of the store: a rule of the engine taken away, from outside. */
export type Mutation = (port: EngineStore, worker: SimWorker, store: SimStore) => EngineStore;

/** A send on its way to the topic `bars`. */
interface Sending {
  worker: number;
  frames: readonly Frame[];
  topic: string;
  acknowledge: () => void;
}

export interface SimWorker {
  number: number;
  engine: EngineTask;
  counters: Counters;
  isOpen: boolean;
  /** Lets it take its next step; null while it is busy or waits for the store. */
  wake: ((step: "record" | "idle" | "close") => void) | null;
  failure: unknown;
}

const quiet = { info: () => undefined, warn: () => undefined };

/** One log, one store, one topic and any number of workers, some of them dead or forgotten, under a schedule. */
export class World {
  readonly log: readonly LogRecord[];
  readonly store = new SimStore();
  readonly sendings: Sending[] = [];
  readonly workers: (SimWorker | null)[] = [null, null, null];
  readonly everyone: SimWorker[] = [];
  readonly references = new Map<number, Reference>();
  /** Newest line of each window on the topic. */
  readonly topic = new Map<string, BarLine & { text: string }>();
  /** What `ticks.late` says, by key, while there is only one epoch. */
  readonly late = new Map<string, string>();
  readonly trace: string[] = [];
  wrong: string | null = null;
  elapsed = 0;
  epoch = 1;
  readonly #mutation: Mutation | null;

  constructor(log: readonly LogRecord[], mutation: Mutation | null = null) {
    this.log = log;
    this.#mutation = mutation;
    this.references.set(1, referenceOf(log, 1, 0));
    this.store.onStored = (item) => this.#judge(item);
  }

  start(place: number): void {
    const number = this.everyone.length + 1;
    const counters = new Counters();
    const worker: SimWorker = {
      number,
      counters,
      isOpen: false,
      wake: null,
      failure: null,
      engine: undefined as unknown as EngineTask, // set below: the port of a mutation wants to know its worker
    };
    const port = this.store.portOf(number);
    worker.engine = createPartitionTask({
      names: names(""),
      partition: 0,
      store: this.#mutation ? this.#mutation(port, worker, this.store) : port,
      log: this.#logAccess(),
      producer: this.#producer(number),
      counters,
      clock: { wall: () => 1_767_657_600_000_000 + this.elapsed * 1000, elapsed: () => this.elapsed },
      cadence: number % 3 === 0 ? "record" : 100,
      checkpointEvery: 2000,
      report: quiet,
    });
    this.workers[place] = worker;
    this.everyone.push(worker);
    this.#run(worker).catch((error: unknown) => {
      worker.failure = error;
      const isSuperseded = this.epoch > 1 && errorCode(error) === "REFUSED";
      // One that notices a newer epoch ends by itself; any other failure of a living one is a fault of the engine.
      if (this.workers.includes(worker) && !isSuperseded) this.wrong ??= `worker ${number} failed: ${String(error)}`;
      if (this.workers[place] === worker) this.workers[place] = null;
    });
  }

  /** A new epoch from offset `begin`, as the operator's command begins it. */
  async beginEpoch(begin: number): Promise<void> {
    if (this.epoch > 1 || !this.store.documents.has(`${TOPIC}|0`)) return;
    this.epoch = 2;
    this.references.set(2, referenceOf(this.log, 2, begin));
    const store: EngineStore = {
      ...this.store.portOf(0),
      readCheckpoint: (topic, partition) => Promise.resolve(this.store.checkpoint(topic, partition)),
      newestEpoch: () => Promise.resolve(1),
      write: (items) => {
        for (const item of items) this.store.apply(item);
        return Promise.resolve();
      },
    };
    const at = { kind: "offsets", of: () => begin } as const;
    await beginEpoch({ topic: TOPIC, store, log: this.#logAccess(), at, from: 0, now: 0 });
  }

  /** What is different at the end from what the log says, null when nothing is. */
  verdict(): string | null {
    const reference = this.references.get(this.epoch);
    if (this.wrong !== null || !reference) return this.wrong;
    for (const [id, history] of reference.histories) {
      const stored = this.store.documents.get(id);
      const wanted = history.at(-1)?.content;
      const content = stored ? contentOf(stored) : "absent";
      if (comparable(content) !== comparable(wanted))
        return `at the end ${id} is\n    ${content}\nand should be\n    ${wanted}`;
    }
    for (const [id, wanted] of reference.published) {
      const told = this.topic.get(id)?.text;
      if (told !== wanted) return `the newest line of ${id} is\n    ${told}\nand should be\n    ${wanted}`;
    }
    const late = this.epoch > 1 ? null : [...this.late].find(([key, text]) => reference.late.get(key) !== text);
    if (late) return `of the late tick ${late.join(" ")} should be said\n    ${reference.late.get(late[0])}`;
    const untold = this.epoch > 1 ? null : [...reference.late.keys()].find((key) => !this.late.has(key));
    if (untold) return `the late tick ${untold} was never reported`;
    for (const { number, counters } of this.everyone) {
      if (counters.unaccounted !== 0) return `worker ${number} has lost count`;
    }
    return null;
  }

  /** Frames on the topic become visible. */
  deliver({ frames, topic }: Sending): void {
    if (topic === "ticks.late" && this.epoch === 1) {
      for (const { key = "", value } of frames) this.late.set(key, value.toString());
    }
    if (topic !== "bars") return;
    for (const { value } of frames) {
      for (const text of value.toString().split("\n")) {
        const line = JSON.parse(text) as BarLine;
        const id = barId(line.symbol, line.interval, line.start);
        const newest = this.topic.get(id);
        if (!newest || !isOlder(line, newest)) this.topic.set(id, { ...line, text });
      }
    }
  }

  async #run(worker: SimWorker): Promise<void> {
    const { engine } = worker;
    let position = await engine.open({ start: 0, end: this.log.length });
    worker.isOpen = true;
    for (;;) {
      const step = await new Promise<"record" | "idle" | "close">((resolve) => {
        worker.wake = (chosen) => {
          worker.wake = null;
          resolve(chosen);
        };
      });
      const record = this.log[position];
      if (step === "close") {
        await engine.close(false);
        return;
      }
      if (step === "record" && record) {
        await engine.process([record], this.log.length);
        position += 1;
      } else await engine.idle?.();
    }
  }

  #judge(item: WriteItem): void {
    const content = contentOf(item);
    if (content === null || this.wrong !== null) return;
    const { epoch, position } = JSON.parse(item.body) as { epoch: number; position: number };
    const reference = this.references.get(epoch);
    const wanted = reference ? contentAt(reference, item.id, position) : "absent";
    if (comparable(content) !== comparable(wanted)) {
      this.wrong = `stored ${item.id} at ${position} of epoch ${epoch}:\n    ${content}\nthe log up to there gives\n    ${wanted}`;
    }
  }

  #producer(worker: number): LogProducer {
    return {
      send: (topic, frames) =>
        new Promise((resolve) => this.sendings.push({ worker, topic, frames, acknowledge: resolve })),
      pendingBytes: 0,
      close: () => Promise.resolve(),
    };
  }

  #logAccess(): LogAccess {
    return {
      ranges: () => Promise.resolve([{ partition: 0, start: 0, end: this.log.length }]),
      record: (_, offset) => Promise.resolve(this.log[offset] ?? null),
    };
  }
}

/** Which windows are unsealed changes with every heartbeat; a slot is not written for that alone. */
function comparable(content: string | null | undefined): string {
  return (content ?? "").replace(/"windows":\[.*?\]/, "");
}

function isOlder(a: BarLine, b: BarLine): boolean {
  if (a.epoch !== b.epoch) return a.epoch < b.epoch;
  return a.offset !== b.offset ? a.offset < b.offset : a.line < b.line;
}
