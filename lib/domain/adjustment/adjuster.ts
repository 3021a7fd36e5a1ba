import type { Micros } from "../interval.ts";
import type { AdjustmentStep } from "./steps.ts";

/** What of a bar is money a share, and what is shares. */
export interface AdjustableBar {
  start: Micros;
  open: number;
  high: number;
  low: number;
  close: number;
  /** null where nothing is traded. */
  volume: number | null;
  vwap: number | null;
}

/** By what a bar as traded was multiplied. */
export interface Factors {
  price: number;
  volume: number;
}

const AS_TRADED: Factors = { price: 1, volume: 1 };

/** Digits of an adjusted number: enough for any price or volume, and few enough that 1208.88 for ten is 120.888. */
const DIGITS = 12;

/**
 * Applies steps to bars. A bar's factors are the product of those of all steps after it, so a chart may be adjusted in one piece or in
 * many. Volume × vwap stays what was paid, but for dividends, which take from the price alone.
 */
export class Adjuster {
  /** Of step `i`: the products from it to the last. */
  readonly #factors: readonly Factors[];
  readonly #before: readonly Micros[];

  /** Steps oldest first. */
  constructor(steps: readonly AdjustmentStep[]) {
    const factors: Factors[] = [];
    let after = AS_TRADED;
    for (const { price, volume } of steps.toReversed()) {
      after = { price: after.price * (price ?? 1), volume: after.volume * volume };
      factors.unshift(after);
    }
    this.#factors = factors;
    this.#before = steps.map(({ before }) => before);
  }

  /** Of the bar that starts at `start`. */
  factorsAt(start: Micros): Factors {
    // Nearly always a bar is newer than all, or than all but a few.
    let first = this.#before.length;
    while (first > 0 && (this.#before[first - 1] ?? 0) > start) first -= 1;
    return this.#factors[first] ?? AS_TRADED;
  }

  /** The same bar where nothing is to be done to it. */
  apply<T extends AdjustableBar>(bar: T): T {
    const { price, volume } = this.factorsAt(bar.start);
    if (price === 1 && volume === 1) return bar;
    return {
      ...bar,
      open: times(bar.open, price),
      high: times(bar.high, price),
      low: times(bar.low, price),
      close: times(bar.close, price),
      volume: bar.volume === null ? null : times(bar.volume, volume),
      vwap: bar.vwap === null ? null : times(bar.vwap, price),
    };
  }
}

/** The product, without the digits that multiplication makes up. */
export function times(value: number, factor: number): number {
  return factor === 1 ? value : Number((value * factor).toPrecision(DIGITS));
}
