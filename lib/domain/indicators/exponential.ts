import type { IndicatorStream, Values } from "./values.ts";

/**
 * An exponential moving average, α = 2 / (n + 1), seeded by the mean of its first n values. Our own: the library's begins with the first
 * value alone, which is another line for several lengths after the beginning.
 */
export class ExponentialAverage {
  readonly #length: number;
  readonly #weight: number;
  #count = 0;
  #sum = 0;
  #average = 0;

  constructor(length: number) {
    this.#length = length;
    this.#weight = 2 / (length + 1);
  }

  /** The average as if `value` were the next; null before there are enough. */
  peek(value: number): number | null {
    if (this.#count >= this.#length) return value * this.#weight + this.#average * (1 - this.#weight);
    return this.#count + 1 === this.#length ? (this.#sum + value) / this.#length : null;
  }

  advance(value: number): number | null {
    const average = this.peek(value);
    if (average === null) this.#sum += value;
    else this.#average = average;
    this.#count += 1;
    return average;
  }
}

export function emaStream(length: number): IndicatorStream {
  const ema = new ExponentialAverage(length);
  return { advance: ({ close }) => [ema.advance(close)], peek: ({ close }) => [ema.peek(close)] };
}

/** Appel's: fast − slow, its own exponential average as the signal, and the distance of the two. */
export function macdStream(fastLength: number, slowLength: number, signalLength: number): IndicatorStream {
  const fast = new ExponentialAverage(fastLength);
  const slow = new ExponentialAverage(slowLength);
  const signal = new ExponentialAverage(signalLength);
  const take = (close: number, step: "advance" | "peek"): Values => {
    const [quick, slower] = [fast[step](close), slow[step](close)];
    if (quick === null || slower === null) return [null, null, null];
    const macd = quick - slower;
    const average = signal[step](macd);
    return [macd, average, average === null ? null : macd - average];
  };
  return { advance: ({ close }) => take(close, "advance"), peek: ({ close }) => take(close, "peek") };
}
