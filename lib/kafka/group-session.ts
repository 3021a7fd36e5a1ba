import type { Batch, Consumer, EachBatchPayload } from "kafkajs";
import type { LogRecord } from "../contracts/log.ts";
import { errorMessage, TapedeckError } from "../errors.ts";
import { CONSUMER_RETRIES, type KafkaClient } from "./client.ts";
import type { PartitionRange } from "./connection.ts";
import { judgeBatch, lostPosition } from "./cursor.ts";
import { Cursors, type Cursor } from "./cursors.ts";
import { asTapedeckError } from "./kafka-errors.ts";
import { topicEnds } from "./topics.ts";
import { within } from "./within.ts";

const LEAVE_LIMIT = 5000;
/** How often the session looks whether it gets on, milliseconds. */
const WATCH_EVERY = 5000;
/** A consumer that has not fetched for so long, or not advanced while records wait, though the brokers answer, is given up, milliseconds. */
const STUCK_AFTER = 30_000;

/** How a consumer fetches: as soon as there is anything, as much as there is. */
const FETCH = {
  minBytes: 1,
  maxWaitTimeInMs: 100,
  maxBytesPerPartition: 4_194_304,
  maxBytes: 16_777_216,
  /** So long do the partitions of a killed process wait; the least that brokers allow. Heartbeats never wait for a task. */
  sessionTimeout: 6000,
  heartbeatInterval: 1000,
  rebalanceTimeout: 15_000,
  metadataMaxAge: 60_000,
  allowAutoTopicCreation: false,
} as const;

export interface SessionOptions {
  group: string;
  topics: readonly string[];
  /** Called at once when the group has (re)joined: nothing is read of a partition before `seek`. Whatever it held before is void. */
  joined(session: GroupSession, assignment: ReadonlyMap<string, readonly number[]>): void;
  /** Records in order, from the position on. Must not block: `pause` what is too much. `end` is the log's end. */
  records(topic: string, partition: number, records: LogRecord[], end: number): void;
  /** After each answer of a broker, also an empty one. */
  alive?(): void;
}

/**
 * One life of one kafkajs consumer: joins, hands out records, and ends with the first fault. Nothing is restarted here: whoever runs
 * it begins a new one. Positions are kept here, so a consumer that was reset or repeats itself is put right or found out.
 */
export class GroupSession {
  readonly #client: KafkaClient;
  readonly #options: SessionOptions;
  readonly #consumer: Consumer;
  readonly #cursors = new Cursors();
  readonly #ended = Promise.withResolvers<void>();
  #hasEnded = false;
  #lastFetch = performance.now();
  #watch: NodeJS.Timeout | null = null;

  constructor(client: KafkaClient, options: SessionOptions) {
    this.#client = client;
    this.#options = options;
    this.#consumer = client.patient.consumer({
      ...FETCH,
      groupId: options.group,
      retry: { ...CONSUMER_RETRIES, restartOnFailure: () => Promise.resolve(false) },
    });
    this.#ended.promise.catch(() => undefined); // whoever runs the session may not wait for it yet
  }

  /** Settles when the session is over: rejects with its fault, resolves after `stop`. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Begins; what happens is told by the callbacks and by `ended`. */
  start(): void {
    this.#watch = setInterval(() => void this.#look(), WATCH_EVERY);
    void this.#run();
  }

  async #run(): Promise<void> {
    const consumer = this.#consumer;
    const { GROUP_JOIN, FETCH: FETCHED, CRASH } = consumer.events;
    consumer.on(GROUP_JOIN, ({ payload }) => this.#joined(payload.memberAssignment));
    consumer.on(FETCHED, () => {
      this.#lastFetch = performance.now();
      this.#options.alive?.();
    });
    consumer.on(CRASH, ({ payload }) => this.fail(asTapedeckError(payload.error, "The consumer stopped")));
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...this.#options.topics], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: 16,
        eachBatch: (payload) => this.#batch(payload),
      });
    } catch (error) {
      this.fail(asTapedeckError(error, "The consumer cannot start"));
    }
  }

  /** Reads a partition from `offset` on. */
  seek(topic: string, partition: number, offset: number): void {
    this.#cursors.seek(topic, partition, offset);
    this.#consumer.seek({ topic, partition, offset: String(offset) });
    this.#consumer.resume([{ topic, partitions: [partition] }]);
  }

  pause(topic: string, partition: number): void {
    this.#cursors.setPaused(topic, partition, true);
    this.#consumer.pause([{ topic, partitions: [partition] }]);
  }

  resume(topic: string, partition: number): void {
    this.#cursors.setPaused(topic, partition, false);
    this.#consumer.resume([{ topic, partitions: [partition] }]);
  }

  /** Commits a hint; a failure is of no consequence. */
  async commit(topic: string, partition: number, offset: number): Promise<void> {
    if (this.#hasEnded) return;
    await within(this.#consumer.commitOffsets([{ topic, partition, offset: String(offset) }]), LEAVE_LIMIT).catch(
      (error: unknown) => this.#client.log.debug({ err: error, topic, partition }, "the hint was not committed"),
    );
  }

  fail(error: Error): void {
    this.#over();
    this.#ended.reject(error);
  }

  /** Leaves the group, waiting only a little for brokers that do not answer. */
  async stop(): Promise<void> {
    this.#over();
    this.#ended.resolve();
    await within(this.#consumer.disconnect(), LEAVE_LIMIT).catch(() => undefined);
  }

  #over(): void {
    this.#hasEnded = true;
    if (this.#watch) clearInterval(this.#watch);
  }

  #joined(memberAssignment: Record<string, number[]>): void {
    if (this.#hasEnded) return;
    const assignment = new Map(Object.entries(memberAssignment));
    this.#cursors.clear();
    for (const [topic, partitions] of assignment) {
      for (const partition of partitions) this.#cursors.add(topic, partition);
      this.#consumer.pause([{ topic, partitions }]);
    }
    this.#options.joined(this, assignment);
  }

  async #batch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const cursor = this.#cursors.get(batch.topic, batch.partition);
    const last = batch.messages.at(-1);
    if (!cursor || cursor.position === null || this.#hasEnded || !last) return;
    const { position } = cursor;
    if (!(await this.#inPlace(cursor, batch)) || cursor.position !== position) return;
    payload.resolveOffset(last.offset);
    cursor.position = Number(batch.lastOffset()) + 1;
    cursor.end = Number(batch.highWatermark);
    cursor.movedAt = performance.now();
    this.#options.records(batch.topic, batch.partition, toRecords(batch), cursor.end);
  }

  async #inPlace(cursor: Cursor, batch: Batch): Promise<boolean> {
    const { topic, partition } = batch;
    const { position } = cursor;
    if (position === null) return false;
    const first = Number(batch.messages[0]?.offset);
    const verdict = judgeBatch(position, first, cursor.gapTo);
    cursor.gapTo = first > position ? first : null;
    if (verdict === "take") return true;
    const range = await this.#range(topic, partition);
    const lost = range && lostPosition(position, range);
    if (lost) this.fail(new TapedeckError("REFUSED", `${topic}: ${lost}`));
    else if (verdict === "ask" && range) return true;
    else if (cursor.position === position) this.seek(topic, partition, position);
    return false;
  }

  async #range(topic: string, partition: number): Promise<PartitionRange | null> {
    const ranges = await topicEnds(this.#client, topic).catch(() => []);
    return ranges.find((range) => range.partition === partition) ?? null;
  }

  /** Looks whether the consumer fetches, whether every partition gets on, and whether the log still holds every position. */
  async #look(): Promise<void> {
    for (const topic of this.#options.topics) {
      const ranges = await topicEnds(this.#client, topic).catch((error: unknown) => {
        this.#client.log.debug({ topic, reason: errorMessage(error) }, "the ends of the log are not known");
        return null;
      });
      if (this.#hasEnded) return;
      if (!ranges) return this.#excuse();
      for (const range of ranges) this.#judge(topic, range);
    }
    if (performance.now() - this.#lastFetch > STUCK_AFTER) {
      this.fail(new TapedeckError("TIMEOUT", `The consumer has not fetched for ${STUCK_AFTER / 1000} s`));
    }
  }

  /** Brokers that do not answer: nobody could have got on. */
  #excuse(): void {
    this.#lastFetch = performance.now();
    this.#cursors.excuse();
  }

  #judge(topic: string, range: PartitionRange): void {
    const cursor = this.#cursors.get(topic, range.partition);
    if (!cursor || cursor.position === null) return;
    const lost = lostPosition(cursor.position, range);
    // The position may have advanced beyond an end asked for earlier: only one that stays ahead is lost.
    if (lost && cursor.suspect === cursor.position) this.fail(new TapedeckError("REFUSED", `${topic}: ${lost}`));
    cursor.suspect = lost ? cursor.position : null;
    const waits = range.end > cursor.position && !cursor.paused;
    if (!waits) cursor.movedAt = performance.now();
    if (performance.now() - cursor.movedAt > STUCK_AFTER) {
      const text = `Partition ${range.partition} of ${topic} stands at ${cursor.position} before ${range.end}`;
      this.fail(new TapedeckError("TIMEOUT", text));
    }
  }
}

function toRecords(batch: Batch): LogRecord[] {
  return batch.messages.map(({ offset, timestamp, value }) => ({
    offset: Number(offset),
    timestamp: Number(timestamp),
    value: value ?? Buffer.alloc(0),
  }));
}
