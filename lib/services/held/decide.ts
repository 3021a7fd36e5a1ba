import type { z } from "zod";
import type { HeldPrint } from "../../contracts/latest.ts";
import { names } from "../../contracts/topics.ts";
import { decisionSchema } from "../../contracts/ticks.ts";
import { rareLine } from "../../contracts/write-line.ts";
import { partitionOf } from "../../domain/partition.ts";
import { SECOND, type Micros } from "../../domain/interval.ts";
import { TapedeckError } from "../../errors.ts";
import type { LiveHub } from "../../live/hub.ts";
import type { OnRecord } from "../audit/record.ts";
import { pause } from "../pause.ts";
import type { Services } from "../services.ts";

export const decideHeldInput = decisionSchema.omit({ type: true, time: true, by: true });

/** How long an operator waits for the log. */
const LIMIT: Micros = 5 * SECOND;

type Needs = Pick<Services, "config" | "decisions" | "directory" | "now"> & {
  hub: Pick<LiveHub, "latest">;
} & OnRecord;
type Input = z.infer<typeof decideHeldInput>;

/**
 * Writes an operator's word on a print into the log, where the engine finds it; the same word twice is one. NOT_FOUND; UNAVAILABLE when the
 * log does not take it now: it may still be written, and giving it again does no harm.
 */
export async function decideHeld(services: Needs, input: Input): Promise<{ time: Micros }> {
  const { directory, hub, now, record } = services;
  await directory.get(input.symbol);
  const time = now();
  const held = hub.latest(input.symbol)?.held?.find(({ id, idSpace }) => id === input.id && idSpace === input.idSpace);
  const change = {
    action: input.verdict === "accept" ? "print-accepted" : "print-rejected",
    symbol: input.symbol,
    about: printWords(input, held),
    before: { counts: held ? "held" : "yes" },
    after: { counts: input.verdict === "accept" ? "yes" : "no" },
  } as const;
  await record(change, () => write(services, input, time));
  return { time };
}

function printWords({ id, idSpace, tradeTime }: Input, held: HeldPrint | undefined): string {
  const number = idSpace === undefined ? id : `${idSpace} ${id}`;
  const what = held ? `, ${held.price} × ${held.size}` : "";
  return `print ${number} of ${new Date(tradeTime / 1_000).toISOString()}${what}`;
}

async function write({ config, decisions }: Needs, input: Input, time: Micros): Promise<void> {
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
}
