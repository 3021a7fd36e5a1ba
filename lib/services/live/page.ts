import { z } from "zod";
import { intervalSchema, symbolSchema } from "../../contracts/ticks.ts";
import type { LiveEvent } from "../../live/hub.ts";
import type { Services } from "../services.ts";

/** What one page may ask of the hub: bounded, for every key costs a look-up each frame. Eight charts, each with eight beside its own. */
const liveTopicsSchema = z.object({
  quotes: z.union([z.literal("all"), z.array(symbolSchema).max(2_000)]),
  bars: z.array(z.object({ symbol: symbolSchema, interval: intervalSchema })).max(80),
  prints: z.array(symbolSchema).max(8),
});

export const livePageInput = z.object({ topics: liveTopicsSchema, lastEventId: z.string().max(100).nullish() });

/** The only stream of a page; ends when the page leaves. */
export function livePage(
  { hub }: Pick<Services, "hub">,
  { topics, lastEventId }: z.infer<typeof livePageInput>,
  signal: AbortSignal,
): AsyncIterable<LiveEvent> {
  return hub.subscribe(topics, { lastEventId: lastEventId ?? undefined, signal });
}
