import { SECOND, type Micros } from "../domain/interval.ts";

const KEPT = 9;
/** By how much the source's clock may be ahead of what we take it for: before the first measurement, and after it. */
const UNMEASURED: Micros = 2 * SECOND;
const MEASURED: Micros = SECOND / 10;

/** Source clock minus ours: the median of the newest measurements, so that one delayed answer moves nothing. 0 before the first. */
export class ClockOffset {
  readonly #measured: number[] = [];
  #value = 0;

  get value(): number {
    return this.#value;
  }

  /** The source's clock at this instant of ours, at the latest. */
  latest(now: Micros): Micros {
    return now + this.#value + (this.#measured.length > 0 ? MEASURED : UNMEASURED);
  }

  measure(offset: number): void {
    this.#measured.push(offset);
    if (this.#measured.length > KEPT) this.#measured.shift();
    this.#value = this.#measured.toSorted((a, b) => a - b)[this.#measured.length >> 1] ?? 0;
  }
}
