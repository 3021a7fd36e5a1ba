import { z } from "zod";
import { chartSymbolSchema } from "../../contracts/chart-symbol.ts";
import { intervalSchema } from "../../contracts/ticks.ts";
import type { LiveTopics } from "../../contracts/views.ts";
import { parseComposite } from "../../domain/composite/name.ts";
import { TapedeckError } from "../../errors.ts";

/** What a script may be told of. */
export const STREAM_TYPES = ["quote", "bar", "print"] as const;

const MOST_SYMBOLS = 200;
const MOST_BARS = 32;
const MOST_PRINTS = 8;

export const scriptStreamInput = z.object({
  symbols: z.array(chartSymbolSchema).min(1).max(MOST_SYMBOLS),
  types: z.array(z.enum(STREAM_TYPES)).min(1).default(["quote"]),
  interval: intervalSchema.default("1m").meta({ description: "of the bars" }),
  lastEventId: z
    .string()
    .max(100)
    .optional()
    .meta({ description: "go on after this event; the header Last-Event-ID does the same" }),
});

export type ScriptStreamInput = z.infer<typeof scriptStreamInput>;

/** What of the live market a script wants. Each key costs a look-up a frame, so they are few. BAD_INPUT. */
export function scriptTopics({ symbols, types, interval }: ScriptStreamInput): LiveTopics {
  const distinct = [...new Set(symbols)];
  if (types.includes("print") && distinct.some(parseComposite)) {
    throw new TapedeckError("BAD_INPUT", "A ratio or spread has no prints: ask for those of its legs.");
  }
  const of = (type: (typeof STREAM_TYPES)[number], most: number): string[] => {
    if (!types.includes(type)) return [];
    if (distinct.length <= most) return distinct;
    throw new TapedeckError("BAD_INPUT", `A stream has ${type}s of ${most} symbols at most.`);
  };
  return {
    quotes: of("quote", MOST_SYMBOLS),
    bars: of("bar", MOST_BARS).map((symbol) => ({ symbol, interval })),
    prints: of("print", MOST_PRINTS),
  };
}
