import { z } from "zod";
import { chartSymbolSchema } from "../../contracts/chart-symbol.ts";
import { intervalSchema } from "../../contracts/ticks.ts";
import type { LiveEvent } from "../../live/hub.ts";
import { subscribeComposed } from "../composite/stream.ts";
import type { Services } from "../services.ts";

/** What one page may ask of the hub: bounded, for every key costs a look-up each frame. Eight charts, each with eight beside its own. */
const liveTopicsSchema = z.object({
  quotes: z.union([z.literal("all"), z.array(chartSymbolSchema).max(2_000)]),
  composites: z.array(chartSymbolSchema).max(80).optional(),
  bars: z.array(z.object({ symbol: chartSymbolSchema, interval: intervalSchema })).max(80),
  // Of a composite there are none.
  prints: z.array(chartSymbolSchema).max(8),
});

export const livePageInput = z.object({ topics: liveTopicsSchema, lastEventId: z.string().max(100).nullish() });

/** The only stream of a page; ends when the page leaves. */
export function livePage(
  services: Pick<Services, "bars" | "directory" | "hub">,
  { topics, lastEventId }: z.infer<typeof livePageInput>,
  signal: AbortSignal,
): AsyncIterable<LiveEvent> {
  return subscribeComposed(services, topics, { lastEventId: lastEventId ?? undefined, signal });
}
