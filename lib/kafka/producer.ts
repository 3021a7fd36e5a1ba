import { setTimeout as sleep } from "node:timers/promises";
import type { Frame, LogProducer } from "../contracts/log.ts";
import { MAX_FRAME_BYTES } from "../contracts/ticks.ts";
import { backoff } from "../domain/backoff.ts";
import { errorMessage, TapedeckError } from "../errors.ts";
import type { Log } from "../log.ts";
import { type Batch, frameBytes, Lanes, type Ticket } from "./lanes.ts";
import { produceVerdict } from "./kafka-errors.ts";
import type { ProduceClient } from "./produce-client.ts";
import { within } from "./within.ts";

const RETRY = { first: 50, most: 1000 };
/** How long `close` waits for acknowledgements, milliseconds. */
const CLOSE_LIMIT = 5000;
/** An outage is logged at its start and then this often, milliseconds. */
const LOG_EVERY = 10_000;

/** Beyond this, `send` takes nothing in until earlier frames are acknowledged. */
export const PRODUCER_CAPACITY_BYTES = 67_108_864;

/**
 * A producer that keeps the order of its calls in each partition. A request carries what has gathered for all partitions that have
 * nothing out, so load makes requests larger, not more. A request that is sent again is written once, unless the broker has
 * forgotten the producer's sequence: then perhaps twice, never out of order.
 * Capacity PRODUCER_CAPACITY_BYTES: calls beyond it wait their turn, in order.
 */
export class OrderedProducer implements LogProducer {
  readonly #client: ProduceClient;
  readonly #log: Pick<Log, "warn">;
  readonly #lanes = new Lanes();
  /** What is in requests now. */
  readonly #out = new Set<Batch>();
  readonly #waiting: { topic: string; frames: readonly Frame[]; ticket: Ticket }[] = [];
  #waitingBytes = 0;
  #ended: Error | null = null;
  #scheduled = false;
  #loggedAt = -LOG_EVERY;
  readonly #closing = new AbortController();
  #flushed = (): void => {};

  constructor(client: ProduceClient, log: Pick<Log, "warn">) {
    this.#client = client;
    this.#log = log;
  }

  get pendingBytes(): number {
    return this.#lanes.pendingBytes + this.#waitingBytes;
  }

  send(topic: string, frames: readonly Frame[]): Promise<void> {
    if (this.#ended) return Promise.reject(this.#ended);
    if (frames.length === 0) return Promise.resolve();
    const large = frames.find(({ value }) => value.length > MAX_FRAME_BYTES);
    if (large) {
      const text = `A frame of ${large.value.length} bytes for ${topic}; its readers take ${MAX_FRAME_BYTES}`;
      return Promise.reject(new TapedeckError("REJECTED", text));
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const bytes = frames.reduce((sum, frame) => sum + frameBytes(frame), 0);
    this.#waiting.push({ topic, frames, ticket: { remaining: frames.length, bytes, done: resolve, failed: reject } });
    this.#waitingBytes += bytes;
    this.#schedule();
    return promise;
  }

  /** Waits a little for what is out, then fails the rest with UNAVAILABLE. */
  async close(): Promise<void> {
    if (this.pendingBytes > 0 && !this.#ended) {
      const flushed = new Promise<void>((resolve) => (this.#flushed = resolve));
      await within(flushed, CLOSE_LIMIT).catch(() => undefined);
    }
    this.#fail(new TapedeckError("UNAVAILABLE", "The producer is closed"));
    this.#closing.abort();
    await this.#client.close();
  }

  /** Calls made in one turn of the event loop share a request. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#lanes.pendingBytes < PRODUCER_CAPACITY_BYTES) {
      const next = this.#waiting.shift();
      if (!next) break;
      this.#waitingBytes -= next.ticket.bytes;
      this.#lanes.add(next.topic, next.frames, next.ticket);
    }
    if (this.#ended) return;
    for (let batches = this.#lanes.take(); batches.length > 0; batches = this.#lanes.take())
      void this.#deliver(batches);
  }

  /** Sends one request until the brokers have it. Never rejects. */
  async #deliver(batches: readonly Batch[]): Promise<void> {
    for (const batch of batches) this.#out.add(batch);
    for (let tries = 1; !this.#ended; tries += 1) {
      try {
        await this.#client.send(batches);
        break;
      } catch (error) {
        await this.#afterFailure(error, tries);
      }
    }
    for (const batch of batches) if (this.#out.delete(batch)) this.#lanes.settle(batch);
    this.#pump();
    if (this.pendingBytes === 0) this.#flushed();
  }

  async #afterFailure(fault: unknown, tries: number): Promise<void> {
    const verdict = produceVerdict(fault);
    if (verdict === "never") {
      this.#fail(new TapedeckError("REJECTED", `The broker refused a frame: ${errorMessage(fault)}`, { cause: fault }));
      return;
    }
    if (performance.now() - this.#loggedAt >= LOG_EVERY) {
      this.#loggedAt = performance.now();
      this.#log.warn({ err: fault, tries, pendingBytes: this.pendingBytes }, "frames wait for the brokers");
    }
    if (verdict === "renew") await this.#client.renew();
    await sleep(backoff(tries, RETRY, Math.random()), null, { signal: this.#closing.signal }).catch(() => undefined);
  }

  #fail(error: Error): void {
    this.#ended ??= error;
    const out = [...this.#out];
    this.#out.clear();
    for (const { ticket } of this.#waiting.splice(0)) ticket.failed(error);
    this.#waitingBytes = 0;
    this.#lanes.failAll(error, out);
    this.#flushed();
  }
}
