import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { LogRecord } from "../contracts/log.ts";
import type { LiveReader } from "../contracts/stores.ts";
import type { Names } from "../contracts/topics.ts";
import { backoff } from "../domain/backoff.ts";
import type { KafkaClient } from "./client.ts";
import { isPassing } from "./consume.ts";
import { GroupSession } from "./group-session.ts";
import { type LiveBatch, LiveBuffer } from "./live-buffer.ts";
import { parseAlerts, parseBars, parseLatest } from "./live-lines.ts";
import { deleteGroup } from "./read-range.ts";
import { topicEnds } from "./topics.ts";

const RETRY = { first: 200, most: 3000 };
/** While the brokers answer, something is yielded at least so often, milliseconds. */
const YIELD_EVERY = 900;

/** Reads every partition of `bars`, `latest` and `alerts` in a group of its own, which it deletes; positions are its own, so nothing is missed. */
export function createLiveReader(client: KafkaClient, names: Names): LiveReader {
  return { read: (signal) => new LiveRead(client, names, signal).batches() };
}

class LiveRead {
  readonly #client: KafkaClient;
  readonly #names: Names;
  readonly #topics: string[];
  readonly #signal: AbortSignal;
  readonly #group: string;
  readonly #buffer = new LiveBuffer();
  /** `topic|partition` → the next offset. */
  readonly #positions = new Map<string, number>();
  #yieldedAt = performance.now();
  #isAlive = false;
  #fault: Error | null = null;
  #wake = (): void => {};

  constructor(client: KafkaClient, names: Names, signal: AbortSignal) {
    this.#client = client;
    this.#names = names;
    this.#topics = [names.bars, names.latest, names.alerts];
    this.#signal = signal;
    this.#group = `${names.latest}.live.${randomUUID()}`;
  }

  async *batches(): AsyncGenerator<LiveBatch> {
    const stopped = new AbortController();
    const ending = AbortSignal.any([this.#signal, stopped.signal]);
    ending.addEventListener("abort", () => this.#wake(), { once: true });
    const reading = this.#read(ending);
    try {
      for (;;) {
        if (this.#buffer.isEmpty && !this.#isAlive && !this.#signal.aborted) await this.#somethingNew();
        if (this.#fault) throw this.#fault;
        if (this.#signal.aborted) return;
        this.#yieldedAt = performance.now();
        this.#isAlive = false;
        yield this.#buffer.take();
      }
    } finally {
      stopped.abort();
      await reading;
    }
  }

  #somethingNew(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }

  /** Begins a new session after each fault, until told to end. Never rejects. */
  async #read(signal: AbortSignal): Promise<void> {
    for (let tries = 1; !signal.aborted && !this.#fault; tries += 1) {
      try {
        await this.#findPositions();
        await this.#session(signal);
      } catch (error) {
        if (!isPassing(error)) this.#fault = error instanceof Error ? error : new Error(String(error));
        this.#client.log.warn({ err: error, tries }, "reading live again after a fault");
        await sleep(backoff(tries, RETRY, Math.random()), null, { signal }).catch(() => undefined);
      }
    }
    this.#wake();
    await deleteGroup(this.#client, this.#group);
  }

  /** The end of each partition that has no position yet: live begins now. */
  async #findPositions(): Promise<void> {
    for (const topic of this.#topics) {
      for (const { partition, start, end } of await topicEnds(this.#client, topic)) {
        const key = `${topic}|${partition}`;
        const position = this.#positions.get(key) ?? end;
        // After an outage longer than the retention, or with a log that was replaced, live begins anew.
        this.#positions.set(key, position < start || position > end ? end : position);
      }
    }
  }

  async #session(signal: AbortSignal): Promise<void> {
    const session = new GroupSession(this.#client, {
      group: this.#group,
      topics: this.#topics,
      joined: (joined, assignment) => {
        for (const [topic, partitions] of assignment) {
          for (const partition of partitions) {
            const position = this.#positions.get(`${topic}|${partition}`);
            if (position !== undefined) joined.seek(topic, partition, position);
          }
        }
      },
      records: (topic, partition, records) => this.#take(topic, partition, records),
      alive: () => {
        if (performance.now() - this.#yieldedAt < YIELD_EVERY) return;
        this.#isAlive = true;
        this.#wake();
      },
    });
    const aborted = new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    try {
      session.start();
      if (!signal.aborted) await Promise.race([session.ended, aborted]);
    } finally {
      await session.stop();
    }
  }

  #take(topic: string, partition: number, records: readonly LogRecord[]): void {
    let bad = 0;
    for (const { offset, value } of records) {
      bad += this.#takeFrame(topic, value);
      this.#positions.set(`${topic}|${partition}`, offset + 1);
    }
    if (bad > 0) this.#client.log.warn({ topic, partition, bad }, "lines that are not understood");
    this.#wake();
  }

  /** How many lines are not understood. */
  #takeFrame(topic: string, value: Buffer): number {
    if (topic === this.#names.bars) {
      const { lines, bad } = parseBars(value);
      for (const line of lines) this.#buffer.addBar(line);
      return bad;
    }
    if (topic === this.#names.alerts) {
      const { lines, bad } = parseAlerts(value);
      for (const line of lines) this.#buffer.addAlert(line);
      return bad;
    }
    const { lines, bad } = parseLatest(value);
    for (const line of lines) this.#buffer.addLatest(line);
    return bad;
  }
}
