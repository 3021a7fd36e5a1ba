import { SECOND, type Micros } from "../domain/interval.ts";
import type { Moment } from "./clock.ts";

const KEPT = 9;
/** By how much the source's clock may be ahead of what we take it for: before the first measurement, and after it. */
const UNMEASURED: Micros = 2 * SECOND;
const MEASURED: Micros = SECOND / 10;
/** A wall clock that is this far behind the source's is wrong: by it every tick would come from the future, and be dead. */
const BEHIND: Micros = 2 * SECOND;

/** Source clock minus ours: the median of the newest measurements, so that one delayed answer moves nothing. */
export class ClockOffset {
  readonly #wall = new Median();
  readonly #steady = new Median();

  /** To our wall clock; 0 before the first measurement, and for a while wrong when somebody has set that clock. */
  get value(): number {
    return this.#wall.value ?? 0;
  }

  /** The source's clock at a moment: once measured it is known by our steady clock, whatever was done to the other. */
  at({ wall, steady }: Moment): Micros {
    return this.#steady.value === null ? wall : steady + this.#steady.value;
  }

  /** The source's clock at a moment, at the latest. */
  latest(moment: Moment): Micros {
    return this.at(moment) + (this.#steady.value === null ? UNMEASURED : MEASURED);
  }

  /** The source's clock minus our wall clock was measured at this moment. */
  measure(offset: number, { wall, steady }: Moment): void {
    this.#wall.add(offset);
    this.#steady.add(offset + wall - steady);
  }

  /** When it was received that our wall clock read so: later, where that clock is evidently behind the source's. */
  receipt(receivedTime: Micros, moment: Moment): Micros {
    if (this.#steady.value === null) return receivedTime;
    const behind = this.at(moment) - moment.wall;
    return behind > BEHIND ? receivedTime + Math.round(behind) : receivedTime;
  }
}

class Median {
  readonly #newest: number[] = [];
  value: number | null = null;

  add(measured: number): void {
    this.#newest.push(measured);
    if (this.#newest.length > KEPT) this.#newest.shift();
    this.value = this.#newest.toSorted((a, b) => a - b)[this.#newest.length >> 1] ?? null;
  }
}
