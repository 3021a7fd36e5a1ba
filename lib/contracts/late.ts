import { z } from "zod";
import { intervalSchema, microsSchema, quoteSchema, tradeSchema } from "./ticks.ts";

/**
 * A message of the topic `ticks.late`, key `partition|offset|line`: a tick that came after bars had closed, and the bars that it
 * corrected: also one that was taken out of them. It may be there twice, after a crash; both say the same.
 */
export const lateLineSchema = z.strictObject({
  partition: z.int().nonnegative(),
  offset: z.int().nonnegative(),
  line: z.int().nonnegative(),
  /** How far its event time lay behind the watermark of its symbol, microseconds. */
  late: microsSchema,
  /** It had counted, and a decision at this place took it out of its bars again. */
  retracted: z.literal(true).optional(),
  /** The bars that it corrected, each with the revision that it made. */
  bars: z.array(z.strictObject({ interval: intervalSchema, start: microsSchema, revision: z.int().positive() })).min(1),
  tick: z.discriminatedUnion("type", [tradeSchema, quoteSchema]),
});

export type LateLine = z.infer<typeof lateLineSchema>;
