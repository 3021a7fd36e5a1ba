import type { Close } from "../../contracts/stores.ts";
import { MINUTE, type Micros } from "../../domain/interval.ts";
import { Covariance } from "../../domain/sketches/covariance.ts";

/** Pairs of `count` symbols, each once: (1, 0), (2, 0), (2, 1), … */
export function pairsOf(count: number): { a: number; b: number }[] {
  const places = Array.from({ length: count }, (_, place) => place);
  return places.flatMap((a) => places.slice(0, a).map((b) => ({ a, b })));
}

/** The return of each minute from `from` on that follows on another, by its place; NaN where there is none. */
export function minuteReturns(closes: readonly Close[], from: Micros, minutes: number): Float64Array {
  const returns = new Float64Array(minutes).fill(NaN);
  for (const [index, { start, close }] of closes.entries()) {
    const before = closes[index - 1];
    const place = Math.round((start - from) / MINUTE);
    if (before && start - before.start === MINUTE && place >= 0 && place < minutes) {
      returns[place] = close / before.close - 1;
    }
  }
  return returns;
}

/** The covariance of two columns over the places where both have a number. */
export function covarianceOf(a: Float64Array, b: Float64Array): Covariance {
  const covariance = new Covariance(2);
  const pair = new Float64Array(2);
  for (const [place, value] of a.entries()) {
    const other = b[place] ?? NaN;
    if (Number.isNaN(value) || Number.isNaN(other)) continue;
    pair[0] = value;
    pair[1] = other;
    covariance.add(pair);
  }
  return covariance;
}
