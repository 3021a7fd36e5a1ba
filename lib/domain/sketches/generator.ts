import { add64, high, low, mix64 } from "./uint64.ts";

/** The golden ratio in 64 bits, odd. */
const GAMMA_HIGH = 0x9e3779b9;
const GAMMA_LOW = 0x7f4a7c15;

/**
 * Random numbers from 64 bits of state that can be kept (SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", 2014, with the finaliser of MurmurHash3). States add up to a state, in any order.
 */
export class Generator {
  #high: number;
  #low: number;

  /** Any two integers of 32 bits. */
  constructor(stateHigh: number, stateLow: number) {
    this.#high = stateHigh | 0;
    this.#low = stateLow | 0;
  }

  /** From one integer of 32 bits; neighbours begin far from each other. */
  static of(seed: number): Generator {
    mix64(seed, ~seed);
    return new Generator(high, low);
  }

  get state(): { high: number; low: number } {
    return { high: this.#high >>> 0, low: this.#low >>> 0 };
  }

  /** Uniform in (0, 1], in steps of 2^−53. */
  next(): number {
    add64(this.#high, this.#low, GAMMA_HIGH, GAMMA_LOW);
    this.#high = high;
    this.#low = low;
    mix64(high, low);
    return ((high >>> 6) * 2 ** 27 + (low >>> 5) + 1) / 2 ** 53;
  }

  /** Goes on from the sum of both states. */
  absorb(other: Generator): void {
    add64(this.#high, this.#low, other.#high, other.#low);
    this.#high = high;
    this.#low = low;
  }
}
