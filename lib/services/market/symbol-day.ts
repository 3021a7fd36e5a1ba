import type { LatestLine } from "../../contracts/latest.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import { windowStart, type Micros } from "../../domain/interval.ts";

/** The day that counts as today for a symbol: the clock's, but of a recording the one that it last played. */
export function symbolDay(source: Ticker["source"], line: LatestLine | null, now: Micros): Micros {
  const today = windowStart("1d", now);
  return source === "recording" ? (line?.dayStart ?? today) : today;
}
