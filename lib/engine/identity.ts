import { crc32 } from "node:zlib";
import type { CheckpointDocument } from "../contracts/engine-store.ts";
import type { LogRecord } from "../contracts/log.ts";
import { TapedeckError } from "../errors.ts";
import { LOGIC } from "./logic.ts";

export interface Expected {
  partitions: number;
  topology: string;
  /** What is kept of the partition's log. */
  start: number;
  end: number;
}

/** Named by every refusal. */
export const REMEDY =
  "Bars that are stored stay as they are. To go on from here in a new epoch, stop Tapedeck, run `npm run epoch`, and start it again.";

/** Why a task must not go on from this checkpoint, null when it may. */
export function objection(checkpoint: CheckpointDocument, expected: Expected): string | null {
  const { position, partitions, topology, logic } = checkpoint;
  if (partitions !== expected.partitions) {
    return `it was written for ${partitions} partitions, and the topic has ${expected.partitions}`;
  }
  if (topology !== expected.topology) return `it was written for ${topology}, and this is ${expected.topology}`;
  if (logic !== LOGIC) return `it was computed by rules number ${logic}, and these are number ${LOGIC}`;
  if (position > expected.end) {
    return `it lies at offset ${position} and the log ends at ${expected.end}: the topic was emptied or made anew`;
  }
  if (position < expected.start) {
    return `it lies at offset ${position} and the log begins at ${expected.start}: ticks were deleted before they were read`;
  }
  return null;
}

/** Whether the log still has the record that was read last before the checkpoint; `record` is what lies at its offset now. */
export function isSameLog({ fingerprint }: CheckpointDocument, record: LogRecord | null): boolean {
  // Nothing was read before it, or the retention has deleted the record itself and nothing behind it.
  if (!fingerprint || !record) return true;
  return fingerprint.crc === crc32(record.value) && fingerprint.timestamp === record.timestamp;
}

/** The error by which a partition says that it does not start, why, and what to do. */
export function refused(topic: string, partition: number, why: string): TapedeckError {
  return new TapedeckError(
    "REFUSED",
    `Partition ${partition} of ${topic} does not start from its checkpoint: ${why}. ${REMEDY}`,
  );
}
