import { setTimeout as sleep } from "node:timers/promises";
import type { Micros } from "../../domain/interval.ts";
import { TapedeckError } from "../../errors.ts";
import { Spent } from "./spent.ts";

/** A source that holds us off for longer is not waited for, milliseconds. */
const LONGEST_HOLD = 5_000;

/** Holds requests back, so that in any stretch of time their weights add up to no more than a rate and one burst. */
export class RequestPace {
  readonly #name: string;
  readonly #perSecond: number;
  readonly #burst: number;
  /** When all that went has been paid for by the rate, and until when none may go, by `performance.now`. */
  #paid = 0;
  #heldUntil = 0;
  readonly #spent = new Spent();

  /** `burst`: the weight that may go at once after a pause. */
  constructor(name: string, perSecond: number, burst: number) {
    this.#name = name;
    this.#perSecond = perSecond;
    this.#burst = burst;
  }

  /** Resolves when a request of this weight may go. RATE_LIMITED while the source holds us off for long; rejects when the signal aborts. */
  async turn(weight: number, signal: AbortSignal): Promise<void> {
    const now = performance.now();
    if (this.#heldUntil - now > LONGEST_HOLD) {
      const seconds = Math.ceil((this.#heldUntil - now) / 1_000);
      throw new TapedeckError("RATE_LIMITED", `${this.#name} asked for no requests in the next ${seconds} s.`);
    }
    this.#paid = Math.max(now, this.#paid) + (weight / this.#perSecond) * 1_000;
    const at = Math.max(now, this.#paid - (this.#burst / this.#perSecond) * 1_000, this.#heldUntil);
    if (at > now) await sleep(at - now, undefined, { signal });
    this.#spent.add(weight, performance.now());
  }

  /** The weight that went within the last minute, and for how long the source wants none, microseconds. */
  usage(): { used: number; heldFor: Micros } {
    const now = performance.now();
    return { used: this.#spent.total(now), heldFor: Math.round(Math.max(0, this.#heldUntil - now) * 1_000) };
  }

  /** The source wants no requests for so many milliseconds. */
  hold(length: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, performance.now() + length);
  }
}
