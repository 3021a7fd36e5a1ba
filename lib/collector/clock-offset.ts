import { SECOND, type Micros } from "../domain/interval.ts";
import type { Moment } from "./clock.ts";

const KEPT = 9;
/** By how much the source's clock may be ahead of what we take it for: before the first measurement, and after it. */
const UNMEASURED: Micros = 2 * SECOND;
const MEASURED: Micros = SECOND / 10;
/** A tick that comes this long before it was made comes by a wall clock that is wrong: every tick would be dead by it. */
const BEHIND: Micros = 2 * SECOND;

/**
 * The source's clock by our steady one, whatever is done to our wall clock: the median of the newest measurements, so that one delayed answer
 * moves nothing. Before the first measurement it is taken for our wall clock.
 */
export class ClockOffset {
  readonly #measured: number[] = [];
  #steady: number | null = null;
  #value = 0;

  /** To our wall clock, as it was at the last measurement. */
  get value(): number {
    return this.#value;
  }

  /** The source's clock at a moment. */
  at({ wall, steady }: Moment): Micros {
    return this.#steady === null ? wall : steady + this.#steady;
  }

  /** The source's clock at a moment, at the latest. */
  latest(moment: Moment): Micros {
    return this.at(moment) + (this.#steady === null ? UNMEASURED : MEASURED);
  }

  /** The source's clock minus our steady clock was measured. */
  measure(offset: number, moment: Moment): void {
    this.#measured.push(offset);
    if (this.#measured.length > KEPT) this.#measured.shift();
    this.#steady = this.#measured.toSorted((a, b) => a - b)[this.#measured.length >> 1] ?? 0;
    this.#value = this.at(moment) - moment.wall;
  }

  /** When ticks of `time` were received that our wall clock places at `receivedTime`: not long before they were made. */
  receipt(receivedTime: Micros, time: Micros, moment: Moment): Micros {
    if (time - receivedTime <= BEHIND || this.#steady === null) return receivedTime;
    return Math.max(receivedTime, Math.round(this.at(moment)));
  }
}
