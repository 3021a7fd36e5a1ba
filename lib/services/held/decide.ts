import type { z } from "zod";
import { names } from "../../contracts/topics.ts";
import { decisionSchema } from "../../contracts/ticks.ts";
import { rareLine } from "../../contracts/write-line.ts";
import { partitionOf } from "../../domain/partition.ts";
import { SECOND, type Micros } from "../../domain/interval.ts";
import { TapedeckError } from "../../errors.ts";
import { pause } from "../pause.ts";
import type { Services } from "../services.ts";

export const decideHeldInput = decisionSchema.omit({ type: true, time: true, by: true });

/** How long an operator waits for the log. */
const LIMIT: Micros = 5 * SECOND;

/**
 * Writes an operator's word on a print into the log, where the engine finds it; the same word twice is one. NOT_FOUND; UNAVAILABLE when the
 * log does not take it now: it may still be written, and giving it again does no harm.
 */
export async function decideHeld(
  { config, decisions, directory, now }: Pick<Services, "config" | "decisions" | "directory" | "now">,
  input: z.infer<typeof decideHeldInput>,
): Promise<{ time: Micros }> {
  await directory.get(input.symbol);
  const time = now();
  const value = Buffer.from(rareLine({ type: "decision", ...input, by: "operator", time }));
  const partition = partitionOf(input.symbol, config.TAPEDECK_PARTITIONS);
  const sent = decisions
    .send(names(config.TAPEDECK_NAMESPACE).ticks, [{ partition, key: input.symbol, value }])
    .then(() => true);
  const patience = new AbortController();
  const isSent = await Promise.race([sent, pause(LIMIT, patience.signal).then(() => false)]);
  patience.abort();
  if (!isSent) {
    sent.catch(() => undefined);
    throw new TapedeckError("UNAVAILABLE", "The log does not take the decision now. Give it again in a moment.");
  }
  return { time };
}
