import type { LogRecord } from "../contracts/log.ts";

export interface PartitionRange {
  partition: number;
  start: number;
  end: number;
}

/** What the engine asks of the log of ticks besides the records that it is given. */
export interface LogAccess {
  /** Oldest and next offset of every partition. */
  ranges(): Promise<PartitionRange[]>;
  /** The record at an offset, null when it is not kept. */
  record(partition: number, offset: number): Promise<LogRecord | null>;
  /** The records from an offset to before another, as far as they are kept, in order. */
  range(partition: number, from: number, to: number): AsyncIterable<LogRecord[]>;
}

/** What it needs of a connection to the brokers. */
export interface ReadableLog {
  topicEnds(topic: string): Promise<PartitionRange[]>;
  readRange(topic: string, partition: number, from: number, to: number): AsyncIterable<LogRecord[]>;
}

export function logAccess(log: ReadableLog, topic: string): LogAccess {
  return {
    ranges: () => log.topicEnds(topic),
    record: async (partition, offset) => {
      for await (const records of log.readRange(topic, partition, offset, offset + 1)) {
        const found = records.find((record) => record.offset === offset);
        if (found) return found;
      }
      return null;
    },
    range: (partition, from, to) => log.readRange(topic, partition, from, to),
  };
}
