import { z } from "zod";

/** Why a line of `ticks` changed nothing. */
export const DEAD_REASONS = [
  "malformed", // not JSON, or not one of the schemas
  "too-long",
  "wrong-partition", // its symbol hashes to another partition
  "from-the-future", // event time ahead of receipt time by more than the channel's tolerance
  "too-old", // behind the correction horizon or the interval's retention
  "undecidable", // a decision that cannot be carried out
  "unknown-channel", // no config line of its channel came before it
] as const;

/** A message of the topic `ticks.dead`: key `partition|offset|line`. */
export const deadLineSchema = z.object({
  reason: z.enum(DEAD_REASONS),
  detail: z.string(),
  partition: z.int().nonnegative(),
  offset: z.int().nonnegative(),
  line: z.int().nonnegative(),
  /** The original bytes, base64, at most MAX_LINE_BYTES of them. */
  bytes: z.string(),
});

export type DeadReason = (typeof DEAD_REASONS)[number];
export type DeadLine = z.infer<typeof deadLineSchema>;
