import type { Micros } from "../interval.ts";
import type { IndicatorBar, IndicatorContext, IndicatorStream, Values } from "./values.ts";

/** What a session has traded so far. */
interface Sum {
  session: Micros;
  /** Its beginning is among the bars. */
  whole: boolean;
  /** Price times size, and size. */
  value: number;
  volume: number;
  /** Of the prices of its bars, weighted by volume: their mean, and the sum of squares about it (West 1979). */
  mean: number;
  squares: number;
}

const NONE: Values = [null, null, null];

/**
 * The volume-weighted average price of each session from its beginning, and bands `width` deviations of its bars' average prices above
 * and below. Our own: the library's has no anchor and no bands, and takes typical prices where the bars know their exact average. A bar
 * whose source gives none counts with its typical price, (high + low + close) / 3. A session that was under way at the first bar has no
 * values: its beginning is not known. Days have none either: each is a session of its own.
 */
export function vwapStream(width: number, { calendar, interval }: IndicatorContext): IndicatorStream {
  let sum: Sum | null = null;
  const after = (bar: IndicatorBar): Sum => {
    const session = calendar.segmentOf(bar.start).start;
    const whole = sum !== null || bar.start === session;
    const { volume } = bar;
    const held =
      sum !== null && sum.session === session ? sum : { session, whole, value: 0, volume: 0, mean: 0, squares: 0 };
    if (volume === null || !(volume > 0)) return held;
    const price = bar.vwap ?? (bar.high + bar.low + bar.close) / 3;
    const total = held.volume + volume;
    const distance = price - held.mean;
    const mean = held.mean + (distance * volume) / total;
    return {
      ...held,
      value: held.value + price * volume,
      volume: total,
      mean,
      squares: held.squares + volume * distance * (price - mean),
    };
  };
  const valuesOf = ({ whole, value, volume, squares }: Sum): Values => {
    if (!whole || volume === 0) return NONE;
    const vwap = value / volume;
    if (width === 0) return [vwap, null, null];
    const distance = width * Math.sqrt(Math.max(0, squares) / volume);
    return [vwap, vwap + distance, vwap - distance];
  };
  if (interval === "1d") return { advance: () => NONE, peek: () => NONE };
  return {
    advance: (bar) => valuesOf((sum = after(bar))),
    peek: (bar) => valuesOf(after(bar)),
  };
}
