import type { PartitionRange } from "./connection.ts";

/**
 * What to do with a batch that begins at `first` while `position` is expected.
 * `take`: it is the next one. `seek`: it lies before what is expected, the consumer was reset behind our back.
 * `ask`: it lies after; the offsets between may be no records (marks of transactions) or records that are gone: `judgeRange` says which.
 */
export function judgeBatch(position: number, first: number): "take" | "seek" | "ask" {
  if (first === position) return "take";
  return first < position ? "seek" : "ask";
}

/** Why reading on from `position` would miss or misread records; null when the log still holds it. */
export function lostPosition(position: number, { partition, start, end }: PartitionRange): string | null {
  if (position < start) return `Partition ${partition}: the records from ${position} to before ${start} are deleted`;
  if (position > end)
    return `Partition ${partition}: the log ends at ${end}, before ${position}: it was truncated or replaced`;
  return null;
}
