import type { Consumer, EachBatchPayload, Kafka } from "kafkajs";
import type { LogRecord } from "#lib/contracts/log.ts";
import type { KafkaClient } from "#lib/kafka/client.ts";
import type { Log } from "#lib/log.ts";

type Listener = (event: { payload: unknown }) => void;

const SILENT = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} } as unknown as Log;

/** A consumer of kafkajs that does what a test says, on one topic with one partition. */
export class ScriptedConsumer {
  readonly events = { GROUP_JOIN: "join", FETCH: "fetch", CRASH: "crash" } as const;
  readonly sought: number[] = [];
  readonly resolved: string[] = [];
  isStopped = false;
  readonly #listeners = new Map<string, Listener>();
  #handle: (payload: EachBatchPayload) => Promise<void> = () => Promise.resolve();

  on(event: string, listener: Listener): void {
    this.#listeners.set(event, listener);
  }
  connect(): Promise<void> {
    return Promise.resolve();
  }
  subscribe(): Promise<void> {
    return Promise.resolve();
  }
  run({ eachBatch }: { eachBatch: (payload: EachBatchPayload) => Promise<void> }): Promise<void> {
    this.#handle = eachBatch;
    return Promise.resolve();
  }
  seek({ offset }: { offset: string }): void {
    this.sought.push(Number(offset));
  }
  pause(): void {}
  resume(): void {}
  commitOffsets(): Promise<void> {
    return Promise.resolve();
  }
  disconnect(): Promise<void> {
    this.isStopped = true;
    return Promise.resolve();
  }

  join(): void {
    this.#listeners.get("join")?.({ payload: { memberAssignment: { t: [0] } } });
  }

  /** The broker has answered, if only with nothing. */
  fetched(): void {
    this.#listeners.get("fetch")?.({ payload: {} });
  }

  /** The broker's answer has these records. */
  async deliver(records: readonly LogRecord[], end: number): Promise<void> {
    this.fetched();
    const messages = records.map(({ offset, timestamp, value }) => ({
      offset: String(offset),
      timestamp: String(timestamp),
      value,
    }));
    const last = String(records.at(-1)?.offset ?? -1);
    await this.#handle({
      batch: { topic: "t", partition: 0, messages, lastOffset: () => last, highWatermark: String(end) },
      resolveOffset: (offset: string) => this.resolved.push(offset),
    } as unknown as EachBatchPayload);
  }
}

/** A client whose consumers are scripted; `end` is the end of the log, null while the brokers do not answer. */
export class ScriptedClient {
  readonly consumers: ScriptedConsumer[] = [];
  end: number | null = 0;

  get client(): KafkaClient {
    const kafka = {
      consumer: () => {
        const consumer = new ScriptedConsumer();
        this.consumers.push(consumer);
        return consumer as unknown as Consumer;
      },
    } as unknown as Kafka;
    return {
      kafka,
      patient: kafka,
      log: SILENT,
      admin: (_, call) =>
        this.end === null
          ? Promise.reject(new Error("no broker"))
          : call({
              fetchTopicOffsets: () =>
                Promise.resolve([{ partition: 0, offset: "0", low: "0", high: String(this.end) }]),
            } as unknown as Parameters<typeof call>[0]),
      close: () => Promise.resolve(),
    };
  }
}
