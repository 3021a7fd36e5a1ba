/** Ports to the log. `lib/kafka` implements them; simulations stand in for it. */

export interface LogRecord {
  offset: number;
  /** Broker or producer time, milliseconds. */
  timestamp: number;
  value: Buffer;
}

/** What a consumer does with one partition while it owns it. */
export interface PartitionTask {
  /** Restores and says from which offset to read. Reads again from the start of this call after every assignment. */
  open(range: { start: number; end: number }): Promise<number>;
  /** Takes records in offset order; back-pressure is the promise. `end` is the log's end as last seen. */
  process(records: readonly LogRecord[], end: number): Promise<void>;
  /** Called every few milliseconds between batches, also when nothing arrives: emission and checkpoints by time. */
  idle?(): Promise<void>;
  /** Position of its newest acknowledged checkpoint, null before the first: committed as the group's offset, a hint for tools that show lag. */
  readonly checkpoint?: number | null;
  /** The partition was taken away, or the process ends (`last`): flush when there is time; correctness must not need it. */
  close(last: boolean): Promise<void>;
}

export interface Frame {
  partition: number;
  value: Buffer;
  /** Empty for a frame of several symbols. */
  key?: string;
}

/**
 * Appends frames; resolves when all in-sync replicas have them. One request in flight each partition, in call order.
 * Passing faults are retried without end, so nothing acknowledged is lost and nothing is reordered. Rejects only after `close` or an abort,
 * or with REJECTED when the broker refuses a frame for good: the producer then takes nothing more, for what follows would be out of order.
 */
export interface LogProducer {
  send(topic: string, frames: readonly Frame[]): Promise<void>;
  /** Bytes handed in and not yet acknowledged; a collector pauses its source above its limit. */
  readonly pendingBytes: number;
  close(): Promise<void>;
}
