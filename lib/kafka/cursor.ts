import type { PartitionRange } from "./connection.ts";

/**
 * What to do with a batch that begins at `first` while `position` is expected.
 * `take`: it is the next one. `seek`: it is not what was asked for, as the answer to a question from before a seek: ask again.
 * `ask`: it lies after, and so did the one before it, `gapTo`: the offsets between may be no records (marks of transactions) or records
 * that are gone: `lostPosition` says which.
 */
export function judgeBatch(position: number, first: number, gapTo: number | null): "take" | "seek" | "ask" {
  if (first === position) return "take";
  return first > position && first === gapTo ? "ask" : "seek";
}

/** Why reading on from `position` would miss or misread records; null when the log still holds it. */
export function lostPosition(position: number, { partition, start, end }: PartitionRange): string | null {
  if (position < start) return `Partition ${partition}: the records from ${position} to before ${start} are deleted`;
  if (position > end)
    return `Partition ${partition}: the log ends at ${end}, before ${position}: it was truncated or replaced`;
  return null;
}
