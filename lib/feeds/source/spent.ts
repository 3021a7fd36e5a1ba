const SECONDS = 60;

/** The weight of the requests of the last minute, to the second. */
export class Spent {
  /** By second, and which second each holds. */
  readonly #weights = new Float64Array(SECONDS);
  readonly #seconds = new Float64Array(SECONDS).fill(-Infinity);

  /** `now`: milliseconds of a clock that never goes back. */
  add(weight: number, now: number): void {
    const second = Math.floor(now / 1_000);
    const place = second % SECONDS;
    this.#weights[place] = weight + (this.#seconds[place] === second ? (this.#weights[place] ?? 0) : 0);
    this.#seconds[place] = second;
  }

  /** What was spent within the last minute. */
  total(now: number): number {
    const oldest = Math.floor(now / 1_000) - SECONDS;
    return this.#weights.reduce((sum, weight, place) => {
      return (this.#seconds[place] ?? -Infinity) > oldest ? sum + weight : sum;
    }, 0);
  }
}
