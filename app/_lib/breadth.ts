import type { InstrumentView, QuoteView } from "#lib/contracts/views.ts";
import { dayChangeOf } from "./quotes.ts";

export interface Breadth {
  advancing: number;
  unchanged: number;
  declining: number;
  /** Share of traded value in what advances, percent; null while nothing traded. Value, because shares and coins do not add up. */
  upValue: number | null;
  /** Share of symbols above their VWAP, percent. */
  aboveVwap: number | null;
  /** Symbols whose last price is the day's highest, lowest. */
  atHigh: number;
  atLow: number;
}

/** What counts in figures about the whole market: collected live, not played from a file. */
export const isCounted = (instrument: InstrumentView): boolean => instrument.enabled && !instrument.recorded;

export function breadthOf(
  instruments: readonly InstrumentView[],
  quoteOf: (symbol: string) => QuoteView | undefined,
): Breadth {
  const result: Breadth = {
    advancing: 0,
    unchanged: 0,
    declining: 0,
    upValue: null,
    aboveVwap: null,
    atHigh: 0,
    atLow: 0,
  };
  const value = { up: 0, all: 0 };
  const vwap = { above: 0, known: 0 };
  for (const instrument of instruments) {
    const quote = isCounted(instrument) ? quoteOf(instrument.symbol) : undefined;
    const { absolute } = dayChangeOf(quote);
    if (!quote || absolute === null || quote.last === null) continue;
    if (absolute > 0) result.advancing++;
    else if (absolute < 0) result.declining++;
    else result.unchanged++;
    const traded = (quote.dayVolume ?? 0) * (quote.dayVwap ?? quote.last);
    value.all += traded;
    if (absolute > 0) value.up += traded;
    if (quote.dayVwap !== null) {
      vwap.known++;
      if (quote.last > quote.dayVwap) vwap.above++;
    }
    if (quote.dayHigh !== null && quote.last >= quote.dayHigh) result.atHigh++;
    if (quote.dayLow !== null && quote.last <= quote.dayLow) result.atLow++;
  }
  if (value.all > 0) result.upValue = (value.up / value.all) * 100;
  if (vwap.known > 0) result.aboveVwap = (vwap.above / vwap.known) * 100;
  return result;
}
