import { isChartSymbol } from "#lib/domain/composite/name.ts";

/** The most symbols that one is compared with. */
export const MOST_COMPARED = 8;

/** `SIM:MSFT,COINBASE:BTC-USD`: symbols, each once; what is none is left out. */
export function parseCompared(text: string): readonly string[] {
  return [...new Set(text.split(",").filter(isChartSymbol))].slice(0, MOST_COMPARED);
}

export const formatCompared = (symbols: readonly string[]): string => symbols.join(",");
