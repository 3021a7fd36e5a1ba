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
}
