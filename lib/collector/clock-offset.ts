const KEPT = 9;

/** Source clock minus ours: the median of the newest measurements, so that one delayed answer moves nothing. 0 before the first. */
export class ClockOffset {
  readonly #measured: number[] = [];
  #value = 0;

  get value(): number {
    return this.#value;
  }

  measure(offset: number): void {
    this.#measured.push(offset);
    if (this.#measured.length > KEPT) this.#measured.shift();
    this.#value = this.#measured.toSorted((a, b) => a - b)[this.#measured.length >> 1] ?? 0;
  }
}
