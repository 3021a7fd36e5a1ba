import { SECOND, type Micros } from "../domain/interval.ts";

const SECONDS = 10;

/** Ticks a second over the last ten, in buckets of one second. */
export class RateMeter {
  readonly #counts = new Float64Array(SECONDS);
  #second = -1;
  #started = -1;

  add(count: number, now: Micros): void {
    this.#advance(now);
    const at = this.#second % SECONDS;
    this.#counts[at] = (this.#counts[at] ?? 0) + count;
  }

  /** Before ten seconds have passed, over those that have. */
  rate(now: Micros): number {
    this.#advance(now);
    const seconds = Math.min(SECONDS, Math.max(1, this.#second - this.#started + 1));
    return this.#counts.reduce((sum, count) => sum + count, 0) / seconds;
  }

  #advance(now: Micros): void {
    const second = Math.floor(now / SECOND);
    if (this.#started < 0) this.#second = this.#started = second;
    const passed = second - this.#second;
    for (let step = 1; step <= Math.min(passed, SECONDS); step += 1) this.#counts[(this.#second + step) % SECONDS] = 0;
    if (passed > 0) this.#second = second;
  }
}
