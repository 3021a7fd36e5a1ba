import { setTimeout as sleep } from "node:timers/promises";
import { TapedeckError } from "../../errors.ts";

/** A source that holds us off for longer is not waited for, milliseconds. */
const LONGEST_HOLD = 5_000;

/** Keeps requests apart, so that their weights add up to no more than a rate. */
export class RequestPace {
  readonly #name: string;
  readonly #perSecond: number;
  /** When the next request may go, and until when none may, by `performance.now`. */
  #next = 0;
  #heldUntil = 0;

  constructor(name: string, perSecond: number) {
    this.#name = name;
    this.#perSecond = perSecond;
  }

  /** Resolves when a request of this weight may go. RATE_LIMITED while the source holds us off for long; rejects when the signal aborts. */
  async turn(weight: number, signal: AbortSignal): Promise<void> {
    const now = performance.now();
    if (this.#heldUntil - now > LONGEST_HOLD) {
      const seconds = Math.ceil((this.#heldUntil - now) / 1_000);
      throw new TapedeckError("RATE_LIMITED", `${this.#name} asked for no requests in the next ${seconds} s.`);
    }
    const at = Math.max(now, this.#next, this.#heldUntil);
    this.#next = at + (weight / this.#perSecond) * 1_000;
    if (at > now) await sleep(at - now, undefined, { signal });
  }

  /** The source wants no requests for so many milliseconds. */
  hold(length: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, performance.now() + length);
  }
}
