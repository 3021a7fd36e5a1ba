/** One double and its two words. */
const NUMBER = new Float64Array(1);
const WORDS = new Uint32Array(NUMBER.buffer);
const HIGH_WORD = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/**
 * The buckets of a base-2 exponential histogram at one scale: bucket i holds (base^i, base^(i+1)] with base = 2^(2^−scale),
 * as OpenTelemetry defines them (Metrics Data Model, "Exponential Histogram").
 */
export class BucketScale {
  readonly scale: number;
  /** Buckets from one power of two to the next. */
  readonly perOctave: number;
  /** base^0 … base^perOctave. */
  readonly #bounds: Float64Array;
  /** By the first bits of the mantissa: the lowest bucket of the octave in which such a number can lie. */
  readonly #guess: Int32Array;
  readonly #guessShift: number;

  /** `scale` from 0 to 13. */
  constructor(scale: number) {
    if (!Number.isInteger(scale) || scale < 0 || scale > 13) throw new RangeError(`A scale of ${scale}`);
    this.scale = scale;
    this.perOctave = 2 ** scale;
    this.#bounds = Float64Array.from({ length: this.perOctave + 1 }, (_, step) => 2 ** (step / this.perOctave));
    // A bucket is wider than one cell of 2^−(scale + 1): from the guess it is at most one step, and one more at a power of two.
    const cells = 2 * this.perOctave;
    this.#guessShift = 20 - (scale + 1);
    this.#guess = Int32Array.from({ length: cells }, (_, cell) => {
      const least = 1 + cell / cells;
      let step = -1;
      while (step + 1 < this.perOctave && (this.#bounds[step + 1] ?? 0) < least) step += 1;
      return step;
    });
  }

  /** Index of the bucket of a positive finite number. Compares with the bounds themselves: no rounding decides. */
  indexOf(value: number): number {
    NUMBER[0] = value;
    let high = WORDS[HIGH_WORD] ?? 0;
    let exponent = (high >>> 20) - 1023;
    if (exponent === -1023) {
      // Subnormal numbers have no leading bit: scale them up, exactly.
      NUMBER[0] = value * 2 ** 54;
      high = WORDS[HIGH_WORD] ?? 0;
      exponent = (high >>> 20) - 1023 - 54;
    }
    const fraction = high & 0xfffff;
    WORDS[HIGH_WORD] = fraction | 0x3ff00000;
    const mantissa = NUMBER[0];
    let step = this.#guess[fraction >>> this.#guessShift] ?? -1;
    while (mantissa > (this.#bounds[step + 1] ?? 2)) step += 1;
    return exponent * this.perOctave + step;
  }

  /** base^index: the lower bound of bucket `index`, which is the upper bound of the bucket before. */
  bound(index: number): number {
    const octave = Math.floor(index / this.perOctave);
    return (this.#bounds[index - octave * this.perOctave] ?? 1) * 2 ** octave;
  }
}

const scales = new Map<number, BucketScale>();

/** The tables of a scale, made once. */
export function bucketScale(scale: number): BucketScale {
  let found = scales.get(scale);
  if (!found) scales.set(scale, (found = new BucketScale(scale)));
  return found;
}
