import { z } from "zod";
import { chartSymbolSchema } from "../../contracts/chart-symbol.ts";
import { names } from "../../contracts/topics.ts";
import type { HaltsView } from "../../contracts/views.ts";
import type { Halt } from "../../domain/halts.ts";
import { partitionOf } from "../../domain/partition.ts";
import { remember } from "../../engine/remembered.ts";
import { findInstrument, tickersOf } from "../composite/instrument.ts";
import type { Services } from "../services.ts";

export const haltsInput = z.object({ symbol: chartSymbolSchema });

type HaltsNeeds = Pick<Services, "config" | "directory" | "hub" | "memory">;

/**
 * The halts that the engine remembers of a symbol, as it stored them last, with the present one as it was told last. NOT_FOUND for an
 * unknown symbol; UNAVAILABLE between two epochs.
 */
export async function symbolHalts(services: HaltsNeeds, { symbol }: z.infer<typeof haltsInput>): Promise<HaltsView> {
  const tickers = tickersOf(await findInstrument(services, symbol));
  const halts = await Promise.all(tickers.map((ticker) => haltsOf(services, ticker.symbol)));
  return { halts: halts.flat().toSorted((a, b) => a.from - b.from) };
}

async function haltsOf({ config, hub, memory }: HaltsNeeds, symbol: string): Promise<HaltsView["halts"]> {
  const topic = names(config.TAPEDECK_NAMESPACE).ticks;
  const stored = await memory.memory(topic, partitionOf(symbol, config.TAPEDECK_PARTITIONS), symbol);
  const remembered = stored ? (remember(stored).slot.trading?.halts ?? []) : [];
  const known = withPresent(remembered, hub.quote(symbol)?.halted ?? null);
  return known.map(({ from, to, reason }) => ({ symbol, from, to, reason }));
}

function withPresent(
  halts: readonly Halt[],
  present: { since: number; reason: string | null } | null,
): readonly Halt[] {
  if (!present || halts.at(-1)?.from === present.since) return halts;
  return [...halts, { from: present.since, to: null, reason: present.reason }];
}
