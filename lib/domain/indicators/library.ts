import { ATR, BollingerBands, RSI, SMA } from "trading-signals";
import type { IndicatorBar, IndicatorStream, Values } from "./values.ts";

/**
 * The library replaces its newest value where asked to: a peek adds one that the next bar replaces, so that nothing of it is left.
 * `update` gives the values after a bar.
 */
function replacing(update: (bar: IndicatorBar, replace: boolean) => Values): IndicatorStream {
  let isPeeked = false;
  const take = (bar: IndicatorBar, keep: boolean): Values => {
    const values = update(bar, isPeeked);
    isPeeked = !keep;
    return values;
  };
  return { advance: (bar) => take(bar, true), peek: (bar) => take(bar, false) };
}

export function smaStream(length: number): IndicatorStream {
  const sma = new SMA(length);
  return replacing(({ close }, replace) => [sma.update(close, replace)]);
}

/** Middle, upper, lower; the deviation is the population's, as Bollinger defines it. */
export function bollingerStream(length: number, width: number): IndicatorStream {
  const bands = new BollingerBands(length, width);
  return replacing(({ close }, replace) => {
    const values = bands.update(close, replace);
    return values ? [values.middle, values.upper, values.lower] : [null, null, null];
  });
}

/** Wilder's smoothing, seeded by the mean of the first moves. */
export function rsiStream(length: number): IndicatorStream {
  const rsi = new RSI(length);
  return replacing(({ close }, replace) => [rsi.update(close, replace)]);
}

/** Wilder's smoothing, seeded by the mean of the first true ranges, the very first of which is high − low. */
export function atrStream(length: number): IndicatorStream {
  const atr = new ATR(length);
  return replacing(({ high, low, close }, replace) => [atr.update({ high, low, close }, replace)]);
}
