import type { EngineStore } from "#lib/contracts/engine-store.ts";
import type { LogProducer, LogRecord } from "#lib/contracts/log.ts";
import { names } from "#lib/contracts/topics.ts";
import { BulkWriter } from "#lib/elasticsearch/bulk-writer.ts";
import type { Elastic } from "#lib/elasticsearch/client.ts";
import { ElasticEngineStore } from "#lib/elasticsearch/engine-store.ts";
import { IndexNames } from "#lib/elasticsearch/index-names.ts";
import { Indices } from "#lib/elasticsearch/indices.ts";
import type { Patience } from "#lib/elasticsearch/patience.ts";
import { beginEpoch } from "#lib/engine/begin-epoch.ts";
import { errorCode } from "#lib/errors.ts";
import { Counters } from "#lib/engine/counters.ts";
import { createPartitionTask, type EngineTask, type LogAccess } from "#lib/engine/run-engine.ts";
import { contentOf, isAsWanted, positionOf } from "./content.ts";
import { ElasticServer, type Write } from "./elastic-server.ts";
import { recordsOf } from "./generate-log.ts";
import type { Mutation } from "./mutation.ts";
import { portOf, type Sending, type SimWorker, type Timer, type Turn } from "./sim-worker.ts";
import { isOlder, topicLine, type TopicLine } from "./topic-line.ts";
import { contentAt, type Reference, referenceOf, TOPIC } from "./reference.ts";
import type { Schedule } from "./schedule.ts";

const quiet = { info: () => undefined, warn: () => undefined };
const INDICES = new IndexNames("");
/** Nothing expires within a schedule. */
const FOREVER = { RETENTION_1S_DAYS: Infinity, RETENTION_1M_DAYS: Infinity };
const BEGAN = 1_767_657_600_000;

export const LATE = "ticks.late";

/** One log, one server, one topic and any number of workers, some of them dead or forgotten. */
export class World {
  log: readonly LogRecord[];
  /** What the broker has deleted lies below. */
  logStart = 0;
  readonly server = new ElasticServer();
  readonly sendings: Sending[] = [];
  readonly timers: Timer[] = [];
  readonly workers: (SimWorker | null)[] = [null, null, null];
  readonly everyone: SimWorker[] = [];
  readonly references = new Map<number, Reference>();
  /** Newest line of each window on the topic. */
  readonly topic = new Map<string, TopicLine>();
  /** What `ticks.late` says, by key, while there is only one epoch. */
  readonly late = new Map<string, string>();
  wrong: string | null = null;
  elapsed = 0;
  epoch = 1;
  /** The highest offset behind what any worker has read: where a group would have committed. */
  #read = 0;
  readonly #mutation: Mutation;

  constructor(log: Schedule["log"], mutation: Mutation = {}) {
    this.log = recordsOf(log);
    this.#mutation = mutation;
    this.references.set(1, this.#referenceOf(1, 0));
    this.server.onStored = (write) => this.#judge(write);
  }

  start(place: number): SimWorker {
    const number = this.everyone.length + 1;
    const counters = new Counters();
    const worker: SimWorker = {
      number,
      counters,
      isOpen: false,
      isDead: false,
      wake: null,
      failure: null,
      engine: undefined as unknown as EngineTask, // set below: the store of a mutation wants to know its worker
    };
    worker.engine = createPartitionTask({
      names: names(""),
      partition: 0,
      store: this.#store(worker),
      log: this.#logAccess(),
      producer: this.#producer(worker),
      counters,
      clock: { wall: () => (BEGAN + this.elapsed) * 1000, elapsed: () => this.elapsed },
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
    return worker;
  }

  /** What it has sent may still arrive; nothing reaches it any more. */
  kill(place: number): void {
    const worker = this.workers[place];
    if (!worker) return;
    this.workers[place] = null;
    worker.isDead = true;
    worker.wake = null;
    this.server.forget(worker.number);
  }

  pass(milliseconds: number): void {
    this.elapsed += milliseconds;
    const due = this.timers.filter((timer) => timer.due <= this.elapsed);
    for (const timer of due) {
      this.timers.splice(this.timers.indexOf(timer), 1);
      if (timer.worker?.isDead !== true) timer.run();
    }
  }

  /** A new epoch from offset `begin`, as the operator's command begins it. */
  async beginEpoch(begin: number): Promise<void> {
    if (this.epoch > 1 || !this.server.documents.has(`${TOPIC}|0`)) return;
    this.epoch = 2;
    this.references.set(2, this.#referenceOf(2, begin));
    const store: Pick<EngineStore, "readCheckpoint" | "newestEpoch" | "write"> = {
      readCheckpoint: () => Promise.resolve(null),
      newestEpoch: () => Promise.resolve(1),
      write: (items) => {
        for (const { target, ...item } of items)
          this.server.store({ ...item, index: INDICES.target(target), isUnconditional: false });
        return Promise.resolve();
      },
    };
    const at = { kind: "offsets", of: () => begin } as const;
    const options = { topic: TOPIC, store: store as EngineStore, log: this.#logAccess(), at, from: 0, now: 0 };
    await beginEpoch(options);
  }

  /** What is different at the end from what the log says, null when nothing is. */
  verdict(): string | null {
    const reference = this.references.get(this.epoch);
    if (this.wrong !== null || !reference) return this.wrong;
    if (reference.flaw !== null) return reference.flaw;
    for (const [id, history] of reference.histories) {
      const stored = this.server.documents.get(id);
      const wanted = history.at(-1)?.content ?? "";
      const content = (stored && contentOf(id, stored.body)) ?? "absent";
      if (!this.#isAsWanted(id, content, wanted))
        return `at the end ${id} is\n    ${content}\nand should be\n    ${wanted}`;
    }
    for (const [id, wanted] of reference.published) {
      const told = this.topic.get(id)?.text;
      if (told !== wanted) return `the newest line of ${id} is\n    ${told}\nand should be\n    ${wanted}`;
    }
    return this.#unreported(reference) ?? this.#miscount();
  }

  /** Frames on the topic become visible. */
  deliver({ frames, topic }: Sending): void {
    if (topic === LATE && this.epoch === 1) {
      for (const { key = "", value } of frames) this.late.set(key, value.toString());
    }
    if (topic !== "bars") return;
    for (const { value } of frames) {
      for (const text of value.toString().split("\n")) {
        const line = topicLine(text);
        const newest = this.topic.get(line.id);
        if (!newest || !isOlder(line, newest)) this.topic.set(line.id, line);
      }
    }
  }

  /** Everything that came late is reported, and reported rightly. */
  #unreported(reference: Reference): string | null {
    if (this.epoch > 1) return null;
    for (const [key, text] of this.late) {
      const wanted = reference.late.get(key);
      if (text !== wanted) return `of the late tick ${key} is said\n    ${text}\nand should be\n    ${wanted}`;
    }
    const untold = [...reference.late.keys()].find((key) => !this.late.has(key));
    return untold === undefined ? null : `the late tick ${untold} was never reported`;
  }

  /** Everything read by a worker is counted in exactly one way. */
  #miscount(): string | null {
    const wrong = this.everyone.find(({ counters }) => counters.unaccounted !== 0);
    return wrong ? `worker ${wrong.number} has lost count` : null;
  }

  async #run(worker: SimWorker): Promise<void> {
    const { engine } = worker;
    const opened = await engine.open({ start: this.logStart, end: this.log.length });
    let position = this.#mutation.seeksToCommit === true ? Math.max(opened, this.#read) : opened;
    worker.isOpen = true;
    for (;;) {
      const turn = await new Promise<Turn>((resolve) => {
        worker.wake = (chosen) => {
          worker.wake = null;
          resolve(chosen);
        };
      });
      position = Math.max(position, this.logStart);
      const record = this.log[position];
      if (turn === "leave" || turn === "stop") {
        await engine.close(turn === "stop");
        return;
      }
      if (turn === "record" && record) {
        await engine.process([record], this.log.length);
        position += 1;
        this.#read = Math.max(this.#read, position);
      } else await engine.idle?.();
    }
  }

  #referenceOf(epoch: number, begin: number): Reference {
    const patch = this.#mutation.patch;
    if (!patch) return referenceOf(this.log, epoch, begin);
    patch.undo();
    try {
      return referenceOf(this.log, epoch, begin);
    } finally {
      patch.make();
    }
  }

  #judge({ id, version, body }: Write): void {
    const content = contentOf(id, body);
    if (content === null || this.wrong !== null) return;
    const { epoch, position } = positionOf(version);
    const reference = this.references.get(epoch);
    const wanted = reference ? contentAt(reference, id, position) : "absent";
    if (!this.#isAsWanted(id, content, wanted)) {
      this.wrong = `stored ${id} at ${position} of epoch ${epoch}:\n    ${content}\nthe log up to there gives\n    ${wanted}`;
    }
  }

  #isAsWanted(id: string, content: string, wanted: string): boolean {
    const symbol = id.slice(id.indexOf("|") + 1);
    return isAsWanted(content, wanted, (interval, start) =>
      this.server.documents.has(`${symbol}|${interval}|${start}`),
    );
  }

  /** The real store and bulk writer over the simulated server. */
  #store(worker: SimWorker): EngineStore {
    const { elastic: changeElastic, store: changeStore } = this.#mutation;
    const direct = this.server.connect(worker.number);
    const elastic: Elastic = changeElastic ? changeElastic(direct, this.server) : direct;
    const patience: Patience = (tries, signal) => this.wait(worker, Math.min(50 * 2 ** tries, 2000), signal);
    const writer = new BulkWriter(elastic, INDICES, new Indices(elastic, INDICES, FOREVER), quiet, patience);
    const store = new ElasticEngineStore(elastic, INDICES, writer, quiet, patience);
    return changeStore ? changeStore(portOf(store), worker, this) : store;
  }

  /** Until the time has passed or the signal aborts; for ever where the worker dies before. */
  wait(worker: SimWorker | null, milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.timers.push({ worker, due: this.elapsed + milliseconds, run: resolve });
      if (signal?.aborted) resolve();
      this.server.whenAborted(signal, resolve);
    });
  }

  #producer(worker: SimWorker): LogProducer {
    return {
      send: (topic, frames) =>
        new Promise((resolve) => this.sendings.push({ worker, topic, frames, acknowledge: resolve })),
      pendingBytes: 0,
      close: () => Promise.resolve(),
    };
  }

  async *#readAgain(from: number, to: number): AsyncGenerator<LogRecord[]> {
    for (let offset = Math.max(from, this.logStart); offset < to; offset++) {
      await Promise.resolve();
      const record = this.log[offset];
      if (record) yield [record];
    }
  }

  #logAccess(): LogAccess {
    const access: LogAccess = {
      ranges: () => Promise.resolve([{ partition: 0, start: this.logStart, end: this.log.length }]),
      record: (_, offset) => Promise.resolve(offset < this.logStart ? null : (this.log[offset] ?? null)),
      range: (_, from, to) => this.#readAgain(from, to),
    };
    return this.#mutation.log ? this.#mutation.log(access) : access;
  }
}
