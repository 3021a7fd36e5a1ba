import { MINUTE, SECOND, type Micros } from "../../domain/interval.ts";

/** What of a minute's requests is left to a caller. */
export interface Allowance {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Whole seconds until all of them are there again. */
  resetsIn: number;
}

/** Callers remembered. Overflow: the one who began longest ago is forgotten, and begins a new minute. */
const MAX_CALLERS = 10_000;

/** Counts requests of each caller in minutes that begin with the caller's first one. */
export class RequestLimit {
  readonly #limit: number;
  readonly #minutes = new Map<string, { began: Micros; used: number }>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get callers(): number {
    return this.#minutes.size;
  }

  /** Takes one request; beyond the limit nothing is taken. */
  take(caller: string, now: Micros): Allowance {
    let minute = this.#minutes.get(caller);
    if (!minute || now - minute.began >= MINUTE || now < minute.began) {
      minute = { began: now, used: 0 };
      // The map keeps the order in which minutes began.
      this.#minutes.delete(caller);
      this.#minutes.set(caller, minute);
      const [oldest] = this.#minutes.keys();
      if (this.#minutes.size > MAX_CALLERS && oldest !== undefined) this.#minutes.delete(oldest);
    }
    const allowed = minute.used < this.#limit;
    if (allowed) minute.used += 1;
    return {
      allowed,
      limit: this.#limit,
      remaining: this.#limit - minute.used,
      resetsIn: Math.ceil((minute.began + MINUTE - now) / SECOND),
    };
  }
}
