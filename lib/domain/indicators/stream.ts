import { emaStream, macdStream } from "./exponential.ts";
import { atrStream, bollingerStream, rsiStream, smaStream } from "./library.ts";
import { vwapStream } from "./session-vwap.ts";
import type { IndicatorSpec } from "./spec.ts";
import type { IndicatorContext, IndicatorStream } from "./values.ts";

/** An indicator before its first bar. */
export function createStream({ kind, parameters }: IndicatorSpec, context: IndicatorContext): IndicatorStream {
  const [first = 1, second = 1, third = 1] = parameters;
  switch (kind) {
    case "vwap":
      return vwapStream(first, context);
    case "sma":
      return smaStream(first);
    case "ema":
      return emaStream(first);
    case "bb":
      return bollingerStream(first, second);
    case "rsi":
      return rsiStream(first);
    case "macd":
      return macdStream(first, second, third);
    case "atr":
      return atrStream(first);
    default:
      return kind satisfies never;
  }
}
