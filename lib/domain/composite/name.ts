import { SYMBOL_PATTERN, splitSymbol, type TickerSymbol } from "../symbol.ts";

/** `/`: the left price divided by the right one. `-`: the left price less the right one. */
export type CompositeOperation = "/" | "-";

/** Two symbols that are looked at as one. */
export interface Composite {
  symbol: string;
  operation: CompositeOperation;
  left: TickerSymbol;
  right: TickerSymbol;
}

const LEG = SYMBOL_PATTERN.source.slice(1, -1);

/**
 * `SIM:AAPL/SIM:MSFT`, `COINBASE:BTC-USD-COINBASE:ETH-USD`: both legs with their exchange. Tickers may hold hyphens and slashes, exchanges
 * neither: what stands before the second exchange is the operation, and there is one way to read any such name.
 */
export const COMPOSITE_PATTERN = new RegExp(`^(${LEG})([/-])(${LEG})$`);

/** A symbol or a composite of two. */
export const CHART_SYMBOL_PATTERN = new RegExp(`^${LEG}([/-]${LEG})?$`);

export function isChartSymbol(value: string): boolean {
  return CHART_SYMBOL_PATTERN.test(value);
}

/** The legs of a composite; null for anything else. */
export function parseComposite(symbol: string): Composite | null {
  const [, left, operation, right] = COMPOSITE_PATTERN.exec(symbol) ?? [];
  if (left === undefined || right === undefined || (operation !== "/" && operation !== "-")) return null;
  return { symbol, operation, left, right };
}

export function compositeSymbol(left: TickerSymbol, operation: CompositeOperation, right: TickerSymbol): string {
  return `${left}${operation}${right}`;
}

/** A chart's symbol as it is written where room is scarce: `AAPL/MSFT` on `SIM`, `BTC-USD − BTCUSDT` on `COINBASE, BINANCE`. */
export function shortName(symbol: string): { exchange: string; ticker: string } {
  const composite = parseComposite(symbol);
  if (!composite) return splitSymbol(symbol);
  const [left, right] = [splitSymbol(composite.left), splitSymbol(composite.right)];
  return {
    exchange: left.exchange === right.exchange ? left.exchange : `${left.exchange}, ${right.exchange}`,
    ticker: `${left.ticker}${composite.operation === "/" ? "/" : " − "}${right.ticker}`,
  };
}
