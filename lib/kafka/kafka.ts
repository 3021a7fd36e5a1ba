import type { Config } from "../config/config.ts";
import { createLog, type Log } from "../log.ts";
import { createClient } from "./client.ts";
import type { KafkaConnection } from "./connection.ts";
import { consume } from "./consume.ts";
import { createLiveReader } from "./live-reader.ts";
import { createProduceClient } from "./produce-client.ts";
import { OrderedProducer } from "./producer.ts";
import { readRange } from "./read-range.ts";
import { createTopics, topicEnds } from "./topics.ts";

export type { ConsumeOptions, KafkaConnection, PartitionRange } from "./connection.ts";

/** Connects to the brokers of the configuration; nothing is sent before the first call. BAD_CONFIGURATION when that is incomplete. */
export function createKafka(config: Config, log: Log = createLog("kafka", config.TAPEDECK_LOG_LEVEL)): KafkaConnection {
  const client = createClient(config, log);
  const producers: OrderedProducer[] = [];
  return {
    producer: () => {
      const producer = new OrderedProducer(createProduceClient(client), log);
      producers.push(producer);
      return Promise.resolve(producer);
    },
    consume: (options) => consume(client, options),
    liveReader: (names) => createLiveReader(client, names),
    createTopics: (names, wanted) => createTopics(client, names, wanted),
    topicEnds: (topic) => topicEnds(client, topic),
    readRange: (topic, partition, from, to) => readRange(client, topic, partition, from, to),
    close: async () => {
      await Promise.all(producers.map((producer) => producer.close()));
      await client.close();
    },
  };
}
