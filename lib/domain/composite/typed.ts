import type { CompositeOperation } from "./name.ts";

/** One way to read what was typed as two symbols. */
export interface TypedPair {
  left: string;
  operation: CompositeOperation;
  right: string;
}

/** Longer words are no pair. */
const MOST_LETTERS = 100;
/** Signs that people type for a difference. */
const MINUS = /[-−–]/;

/**
 * Each way to cut words at a slash or a hyphen into two: `aapl/msft`, `SIM:AAPL - SIM:MSFT`, `btc-usd-eth-usd` (three ways, of which the
 * tickers that there are decide). In capitals, slashes first.
 */
export function typedPairs(words: string): TypedPair[] {
  const text = words.trim().toUpperCase().slice(0, MOST_LETTERS);
  const pairs = Array.from(text, (sign, at) => ({ sign, at })).flatMap(({ sign, at }): TypedPair[] => {
    const operation = sign === "/" ? "/" : MINUS.test(sign) ? "-" : null;
    const [left, right] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    return operation === null || left === "" || right === "" ? [] : [{ left, operation, right }];
  });
  return pairs.toSorted((a, b) => Number(a.operation === "-") - Number(b.operation === "-"));
}
