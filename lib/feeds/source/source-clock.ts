import { SECOND, type Micros } from "../../domain/interval.ts";

/** Two of these are looked back over: long enough for a fast message to be among them, short enough to follow drift. */
const SPAN: Micros = 30 * SECOND;

/** Our clock for measuring, microseconds: it does not jump when the wall clock is set. */
export function steadyNow(): Micros {
  return Math.round((performance.timeOrigin + performance.now()) * 1_000);
}

/**
 * What we know of a source's clock from the times that it writes on its messages: each left before it arrived, so that the largest `sent - arrived`
 * is a lower bound of its clock minus ours (by `steadyNow`), too low by the way of the fastest message.
 */
export class SourceClock {
  #before = -Infinity;
  #current = -Infinity;
  #began = -Infinity;
  #shortestTrip = Infinity;

  /** The source wrote `sent` on a message that arrived at `arrived` of our steady clock. */
  message(sent: Micros, arrived: Micros): void {
    if (arrived - this.#began > SPAN) {
      this.#before = this.#current;
      this.#current = -Infinity;
      this.#began = arrived;
    }
    this.#current = Math.max(this.#current, sent - arrived);
  }

  /** How long an answer took. */
  trip(length: Micros): void {
    this.#shortestTrip = Math.min(this.#shortestTrip, length);
  }

  /** The source's clock at an instant of our steady clock, at least; null before the first message. */
  atLeast(steady: Micros): Micros | null {
    const bound = Math.max(this.#before, this.#current);
    return bound === -Infinity ? null : Math.floor(steady + bound);
  }

  /** The source's clock minus our steady clock, as far as it can be known; null before the first message and the first answer. */
  offset(): Micros | null {
    const least = this.atLeast(0);
    if (least === null || this.#shortestTrip === Infinity) return null;
    return Math.round(least + this.#shortestTrip / 2);
  }
}
