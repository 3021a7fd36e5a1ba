/** `EXCHANGE:TICKER`, as trading terminals write it: `COINBASE:BTC-USD`, `SIM:AAPL`. */
export type TickerSymbol = string;

export const SYMBOL_PATTERN = /^[A-Z0-9]{1,16}:[A-Z0-9][A-Z0-9._/-]{0,31}$/;

export function isSymbol(value: string): boolean {
  return SYMBOL_PATTERN.test(value);
}

/** The two halves of a symbol; the caller has checked it against SYMBOL_PATTERN. */
export function splitSymbol(symbol: TickerSymbol): { exchange: string; ticker: string } {
  const colon = symbol.indexOf(":");
  return { exchange: symbol.slice(0, colon), ticker: symbol.slice(colon + 1) };
}

/** Simulated data is labelled wherever it is shown. */
export function isSimulated(symbol: TickerSymbol): boolean {
  return symbol.startsWith("SIM:");
}
