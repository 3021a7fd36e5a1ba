import { setTimeout as sleep } from "node:timers/promises";
import type { ITopicConfig } from "kafkajs";
import type { Config } from "../config/config.ts";
import { MAX_FRAME_BYTES } from "../contracts/ticks.ts";
import type { Names } from "../contracts/topics.ts";
import { backoff } from "../domain/backoff.ts";
import { TapedeckError } from "../errors.ts";
import type { KafkaClient } from "./client.ts";
import type { PartitionRange } from "./connection.ts";
import { asTapedeckError, protocolType } from "./kafka-errors.ts";
import { MAX_BATCH_BYTES } from "./lanes.ts";

const HOUR = 3_600_000;
const METADATA_LIMIT = 15_000;

/** Attempts at reading offsets while a partition changes its leader, or has just been created. */
const LEADER_ATTEMPTS = 10;

/** Oldest and next offset of every partition. NOT_FOUND when there is no such topic. */
export async function topicEnds(client: KafkaClient, topic: string): Promise<PartitionRange[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      const offsets = await client.admin(`The ends of ${topic}`, (admin) => admin.fetchTopicOffsets(topic));
      return offsets
        .map(({ partition, low, high }) => ({ partition, start: Number(low), end: Number(high) }))
        .toSorted((one, other) => one.partition - other.partition);
    } catch (error) {
      if (tries === LEADER_ATTEMPTS || !LEADERLESS.has(protocolType(error) ?? "")) throw error;
      await sleep(backoff(tries, { first: 50, most: 500 }, Math.random()));
    }
  }
}

const LEADERLESS = new Set(["NOT_LEADER_FOR_PARTITION", "LEADER_NOT_AVAILABLE", "REPLICA_NOT_AVAILABLE"]);

interface WantedTopic {
  topic: string;
  partitions: number;
  retention: number;
}

function wantedTopics(names: Names, config: Config): WantedTopic[] {
  const partitions = config.TAPEDECK_PARTITIONS;
  return [
    { topic: names.ticks, partitions, retention: config.RETENTION_TICKS_HOURS * HOUR },
    { topic: names.bars, partitions, retention: 6 * HOUR },
    { topic: names.latest, partitions, retention: HOUR },
    { topic: names.dead, partitions: 1, retention: 7 * 24 * HOUR },
    { topic: names.late, partitions, retention: 7 * 24 * HOUR },
    { topic: names.alerts, partitions, retention: 24 * HOUR },
  ];
}

function topicConfig(wanted: WantedTopic, replicationFactor: number): ITopicConfig {
  return {
    topic: wanted.topic,
    numPartitions: wanted.partitions,
    replicationFactor,
    configEntries: [
      { name: "cleanup.policy", value: "delete" },
      { name: "retention.ms", value: String(wanted.retention) },
      // Whole segments are deleted: shorter ones keep less beyond the retention.
      { name: "segment.ms", value: String(Math.max(600_000, Math.floor(wanted.retention / 12))) },
      { name: "max.message.bytes", value: String(MAX_BATCH_BYTES + MAX_FRAME_BYTES) },
      { name: "min.insync.replicas", value: String(Math.max(1, replicationFactor - 1)) },
    ],
  };
}

/** Creates the topics that are missing; leaves those that exist. REFUSED when one has another number of partitions. */
export async function createTopics(client: KafkaClient, names: Names, config: Config): Promise<void> {
  const wanted = wantedTopics(names, config);
  const existing = await partitionCounts(client);
  const missing = wanted.filter(({ topic }) => !existing.has(topic));
  if (missing.length > 0) await create(client, missing, config.KAFKA_REPLICATION);
  const present = await allPresent(client, wanted);
  // A leader that is named may not lead yet.
  for (const { topic } of missing) await topicEnds(client, topic);
  for (const { topic, partitions } of wanted) {
    const count = present.get(topic);
    if (topic !== names.dead && count !== partitions) {
      throw new TapedeckError(
        "REFUSED",
        `The topic ${topic} has ${count} partitions, TAPEDECK_PARTITIONS says ${partitions}: symbols would move between partitions. ` +
          `Set TAPEDECK_PARTITIONS=${count}, or use another TAPEDECK_NAMESPACE.`,
      );
    }
  }
}

async function create(client: KafkaClient, missing: readonly WantedTopic[], replication: number): Promise<void> {
  // kafkajs throws UNKNOWN_TOPIC_OR_PARTITION for topics it has just created when it is to wait for their leaders.
  await client
    .admin("Creating the topics", (admin) =>
      admin.createTopics({ waitForLeaders: false, topics: missing.map((each) => topicConfig(each, replication)) }),
    )
    .catch((error: unknown) => {
      if (!existsAlready(error)) throw error; // somebody else was faster: what they made is checked below
    });
}

function existsAlready(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  const errors = cause instanceof Error && "errors" in cause && Array.isArray(cause.errors) ? cause.errors : [cause];
  return errors.every((each) => protocolType(each) === "TOPIC_ALREADY_EXISTS");
}

/** Waits until the brokers know every wanted topic and a leader for each of its partitions. */
async function allPresent(client: KafkaClient, wanted: readonly WantedTopic[]): Promise<Map<string, number>> {
  for (let waited = 0; ; waited += 100) {
    const counts = await partitionCounts(client);
    if (wanted.every(({ topic }) => counts.has(topic))) return counts;
    if (waited >= METADATA_LIMIT) throw new TapedeckError("TIMEOUT", "The brokers created topics and do not know them");
    await sleep(100);
  }
}

/** Partitions of every topic that has a leader for each. */
async function partitionCounts(client: KafkaClient): Promise<Map<string, number>> {
  const { topics } = await client
    .admin("Reading the topics", (admin) => admin.fetchTopicMetadata())
    .catch((error: unknown) => {
      throw asTapedeckError(error, "Reading the topics");
    });
  const led = topics.filter(({ partitions }) => partitions.every(({ leader }) => leader >= 0));
  return new Map(led.map(({ name, partitions }) => [name, partitions.length]));
}
