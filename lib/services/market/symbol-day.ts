import type { LatestLine } from "../../contracts/latest.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import { windowStart, type Micros } from "../../domain/interval.ts";

/** A symbol and the start of the day that is its present one. */
export interface SymbolDay {
  symbol: string;
  day: Micros;
  /** The day is over and no other follows: of a recording that was played. */
  ended: boolean;
}

/** The day that counts as today for a symbol: the clock's, but of a recording the one in which it last traded. */
export function symbolDay(
  { symbol, source }: Pick<Ticker, "symbol" | "source">,
  line: LatestLine | null,
  now: Micros,
): SymbolDay {
  const today = windowStart("1d", now);
  if (source !== "recording") return { symbol, day: today, ended: false };
  const day = line?.dayStart ?? (line?.tradeTime ? windowStart("1d", line.tradeTime) : today);
  return { symbol, day, ended: line !== null && line.dayStart === null && line.tradeTime !== null };
}
