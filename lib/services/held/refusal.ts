import type { z } from "zod";
import type { DeadLine } from "../../contracts/dead.ts";
import { decisionSchema, microsSchema } from "../../contracts/ticks.ts";
import { names } from "../../contracts/topics.ts";
import type { Services } from "../services.ts";

/** A decision is looked for among so many of the newest dead lines. */
const MOST_LETTERS = 500;

export const refusalInput = decisionSchema
  .pick({ symbol: true, id: true, idSpace: true })
  .extend({ /** As `decideHeld` gave it. */ time: microsSchema });

/** Why the engine could not carry out a decision; null where it could, or has not come to it yet. */
export async function refusalOf(
  { config, ticks }: Pick<Services, "config" | "ticks">,
  { symbol, id, idSpace, time }: z.infer<typeof refusalInput>,
): Promise<string | null> {
  const topic = names(config.TAPEDECK_NAMESPACE).dead;
  const [range] = await ticks.topicEnds(topic);
  if (!range) return null;
  for await (const records of ticks.readRange(topic, range.partition, range.end - MOST_LETTERS, range.end)) {
    for (const { value } of records) {
      const letter = JSON.parse(value.toString()) as DeadLine; // written by the engine
      if (letter.reason !== "undecidable") continue;
      const decision = decisionSchema.parse(JSON.parse(Buffer.from(letter.bytes, "base64").toString()));
      const isIt = decision.symbol === symbol && decision.id === id && decision.idSpace === idSpace;
      if (isIt && decision.time === time) return letter.detail;
    }
  }
  return null;
}
