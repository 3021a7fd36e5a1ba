import { z } from "zod";
import { chartSymbolSchema } from "../../contracts/chart-symbol.ts";
import type { QuoteView, SymbolSnapshot } from "../../contracts/views.ts";
import { unknownQuote } from "../../live/quote-view.ts";
import { composeQuote } from "../../domain/composite/quote.ts";
import { findInstrument, type Instrument, tickersOf, viewOf } from "../composite/instrument.ts";
import { refreshDaily } from "../market/refresh-daily.ts";
import type { Services } from "../services.ts";

export const symbolSnapshotInput = z.object({ symbol: chartSymbolSchema });

/** One ticker with its newest quote and prints; a removed one still has its history. A composite has no prints. NOT_FOUND. */
export async function symbolSnapshot(
  services: Pick<Services, "daily" | "directory" | "feeds" | "hub" | "now">,
  { symbol }: z.infer<typeof symbolSnapshotInput>,
): Promise<SymbolSnapshot> {
  const { feeds, hub, now } = services;
  const instrument = await findInstrument(services, symbol);
  await refreshDaily(services, tickersOf(instrument));
  const quoteOf = (ticker: string): QuoteView => hub.quote(ticker) ?? unknownQuote(ticker);
  const { composite } = instrument;
  return {
    instrument: viewOf(instrument, feeds, quoteOf),
    quote: composite
      ? { symbol, ...composeQuote(composite.operation, quoteOf(composite.left), quoteOf(composite.right)) }
      : quoteOf(symbol),
    prints: composite ? [] : hub.prints(symbol),
    standing: standingOf(instrument, services.directory),
    serverTime: now(),
  };
}

function standingOf(
  instrument: Instrument,
  directory: Pick<Services["directory"], "successor">,
): SymbolSnapshot["standing"] {
  if (instrument.composite) return null;
  const { state, symbol } = instrument.ticker;
  return state === "enabled" ? null : { state, successor: directory.successor(symbol) };
}
