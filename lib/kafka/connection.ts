import type { Config } from "../config/config.ts";
import type { LogProducer, LogRecord, PartitionTask } from "../contracts/log.ts";
import type { LiveReader } from "../contracts/stores.ts";
import type { Names } from "../contracts/topics.ts";

/** Offsets of one partition: the oldest record still kept, and the one that will be written next. */
export interface PartitionRange {
  partition: number;
  start: number;
  end: number;
}

export interface ConsumeOptions {
  topic: string;
  group: string;
  /** A new task for each assignment of a partition. */
  openTask: (partition: number) => PartitionTask;
  signal: AbortSignal;
}

/** Everything that Tapedeck does with Kafka. */
export interface KafkaConnection {
  /** A producer of its own: each keeps the order of its own calls. */
  producer(): Promise<LogProducer>;
  /**
   * Shares the partitions of a topic with everybody else in the group, and runs a task on each of its own until `signal` aborts.
   * Passing faults restart it. Rejects with the task's own error when one refuses to go on (REFUSED, REJECTED, INTERNAL …).
   */
  consume(options: ConsumeOptions): Promise<void>;
  liveReader(names: Names): LiveReader;
  /** Creates the topics that are missing. REFUSED when one exists with another number of partitions. */
  createTopics(names: Names, config: Config): Promise<void>;
  /** NOT_FOUND when there is no such topic. */
  topicEnds(topic: string): Promise<PartitionRange[]>;
  /** The records from offset `from` to before `to` that are still kept; `to` beyond the end of the log means its end. */
  readRange(topic: string, partition: number, from: number, to: number): AsyncIterable<LogRecord[]>;
  close(): Promise<void>;
}
