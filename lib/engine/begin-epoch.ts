import type { EngineStore } from "../contracts/engine-store.ts";
import { TapedeckError } from "../errors.ts";
import type { LogAccess, PartitionRange } from "./log-access.ts";
import { beginning, writeBeginnings } from "./open-checkpoint.ts";

/** Where a new epoch begins in each partition. */
export type EpochStart =
  | { kind: "start" }
  | { kind: "end" }
  /** With the first record that the broker took at or after this time, milliseconds. */
  | { kind: "time"; milliseconds: number }
  | { kind: "offsets"; of: (partition: number) => number };

export interface BeginEpochOptions {
  topic: string;
  store: EngineStore;
  log: LogAccess;
  at: EpochStart;
  /** Event time before which it writes no window, microseconds. */
  from: number;
  /** Our clock, microseconds. */
  now: number;
}

export interface BegunEpoch {
  epoch: number;
  positions: { partition: number; position: number }[];
}

/**
 * Writes a new checkpoint for every partition: the engine then knows nothing but what the log says from there on, and leaves windows
 * that start before `from` as they are stored. Nothing may aggregate meanwhile. Run again after an interruption, it begins one more.
 */
export async function beginEpoch({ topic, store, log, at, from, now }: BeginEpochOptions): Promise<BegunEpoch> {
  const ranges = await log.ranges();
  if (ranges.length === 0) throw new TapedeckError("NOT_FOUND", `The topic ${topic} has no partitions`);
  const known = await Promise.all(ranges.map(({ partition }) => store.readCheckpoint(topic, partition)));
  const newest = Math.max(await store.newestEpoch(topic), ...known.map((checkpoint) => checkpoint?.epoch ?? 0));
  const epoch = newest + 1;
  const positions = await Promise.all(
    ranges.map(async (range) => ({ partition: range.partition, position: await positionOf(log, range, at) })),
  );
  await writeBeginnings(
    store,
    positions.map(({ partition, position }) =>
      beginning(topic, ranges.length, { range: { partition, start: position }, epoch, from, now }),
    ),
  );
  return { epoch, positions };
}

async function positionOf(log: LogAccess, range: PartitionRange, at: EpochStart): Promise<number> {
  if (at.kind === "start") return range.start;
  if (at.kind === "end") return range.end;
  const offset = at.kind === "offsets" ? at.of(range.partition) : await firstSince(log, range, at.milliseconds);
  return Math.min(Math.max(offset, range.start), range.end);
}

/** Offset of the first record not before `milliseconds`, by bisection; the end where all are before it. */
async function firstSince(log: LogAccess, range: PartitionRange, milliseconds: number): Promise<number> {
  let low = range.start;
  let high = range.end;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const record = await log.record(range.partition, middle);
    // An offset without a record is the broker's own: what lies behind it decides as well.
    if (record && record.timestamp >= milliseconds) high = middle;
    else low = middle + 1;
  }
  return low;
}
