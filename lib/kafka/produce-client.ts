import type { Producer, TopicMessages } from "kafkajs";
import { TICKS_SCHEMA_VERSION } from "../contracts/ticks.ts";
import type { KafkaClient } from "./client.ts";
import type { Batch } from "./lanes.ts";
import { within } from "./within.ts";

const HEADERS = { schema: TICKS_SCHEMA_VERSION };
/** How long an old connection may take to end, milliseconds. */
const DISCONNECT_LIMIT = 3000;

/** One request at a time as kafkajs makes it. */
export interface ProduceClient {
  /** Resolves when all in-sync replicas have every batch. The same batches must be sent again after a failure. */
  send(batches: readonly Batch[]): Promise<void>;
  /** Begins anew under another producer id. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

/** The idempotent producer of kafkajs: the broker drops a batch that it has already written. */
export function createProduceClient({ kafka }: KafkaClient): ProduceClient {
  const create = (): Producer =>
    kafka.producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      // One more attempt finds a partition's new leader; the patience for anything longer is the caller's.
      retry: { initialRetryTime: 50, maxRetryTime: 1000, retries: 1 },
      createPartitioner: () => (argument) => argument.message.partition ?? 0,
    });
  let producer = create();
  let connection: Promise<void> | null = null;
  let renewal: Promise<void> | null = null;

  const connected = (): Promise<void> =>
    (connection ??= producer.connect().catch((error: unknown) => {
      connection = null;
      throw error;
    }));

  return {
    send: async (batches) => {
      await renewal;
      await connected();
      await producer.sendBatch({ acks: -1, topicMessages: topicMessages(batches) });
    },
    renew: () =>
      (renewal ??= (async () => {
        const old = producer;
        producer = create();
        connection = null;
        await disconnect(old);
        renewal = null;
      })()),
    close: () => disconnect(producer),
  };
}

function disconnect(old: Producer): Promise<void> {
  return within(old.disconnect(), DISCONNECT_LIMIT).catch(() => undefined);
}

function topicMessages(batches: readonly Batch[]): TopicMessages[] {
  const byTopic = new Map<string, TopicMessages>();
  for (const { topic, partition, frames } of batches) {
    let entry = byTopic.get(topic);
    if (!entry) byTopic.set(topic, (entry = { topic, messages: [] }));
    for (const { value, key } of frames) {
      entry.messages.push({ partition, value, key: key === undefined || key === "" ? null : key, headers: HEADERS });
    }
  }
  return [...byTopic.values()];
}
