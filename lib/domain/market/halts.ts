import { calendarOf } from "../calendar/calendars.ts";
import { HOUR, MINUTE, type Micros } from "../interval.ts";
import { calendarOfMarket, type Sessions } from "./activity.ts";
import { uniform } from "./hash.ts";

/**
 * Which simulated symbols are halted when. `rare`: one of twelve some six times a day, the others once in twenty days or so. Tickers: these in
 * every even minute of the day, and no others.
 */
export type HaltPlan = "rare" | "none" | ReadonlySet<string>;

/** From the beginning of a minute to that of another, of the same day of UTC. */
export interface HaltedMinutes {
  from: Micros;
  to: Micros;
}

/** As long as a pause of the Limit Up-Limit Down plan, which there is in the regular session alone. */
const PAUSE = 5 * MINUTE;
/** At most one halt lies in each stretch of so long, and ends within it. */
const STRETCH = 2 * HOUR;
const STARTS = (STRETCH - PAUSE) / MINUTE;
/** The share of symbols that are often halted, and the chance of a halt in a stretch, of those and of the others. */
const VOLATILE = 1 / 12;
const OFTEN = 1 / 2;
const SELDOM = 1 / 240;

/** Halts of the simulated market: a function of seed, symbol and time. */
export class MarketHalts {
  readonly #seed: number;
  readonly #sessions: Sessions;
  readonly #plan: HaltPlan;

  constructor(seed: number, sessions: Sessions, plan: HaltPlan) {
    this.#seed = seed;
    this.#sessions = sessions;
    this.#plan = plan;
  }

  /** The halt in which a time lies. */
  at(ticker: string, key: number, time: Micros): HaltedMinutes | null {
    const halt = this.#within(ticker, key, time);
    return halt && time >= halt.from && time < halt.to ? halt : null;
  }

  /** The first halt that begins at or after a time and before another. */
  next(ticker: string, key: number, from: Micros, before: Micros): HaltedMinutes | null {
    const step = this.#step;
    for (let at = from; at < before; at = (Math.floor(at / step) + 1) * step) {
      const halt = this.#within(ticker, key, at);
      if (halt && halt.from >= from && halt.from < before) return halt;
    }
    return null;
  }

  get #step(): Micros {
    return typeof this.#plan === "string" ? STRETCH : 2 * MINUTE;
  }

  /** The halt of the stretch in which a time lies. */
  #within(ticker: string, key: number, time: Micros): HaltedMinutes | null {
    if (this.#plan === "none") return null;
    const stretch = Math.floor(time / this.#step);
    const begin = stretch * this.#step;
    if (this.#plan !== "rare") return this.#plan.has(ticker) ? this.#inSession(begin, begin + MINUTE) : null;
    const chance = uniform(this.#seed, key, 51, 0) < VOLATILE ? OFTEN : SELDOM;
    if (uniform(this.#seed, key, 52, stretch) >= chance) return null;
    const from = begin + Math.floor(uniform(this.#seed, key, 53, stretch) * STARTS) * MINUTE;
    return this.#inSession(from, from + PAUSE);
  }

  #inSession(from: Micros, to: Micros): HaltedMinutes | null {
    const { session, end } = calendarOf(calendarOfMarket(this.#sessions)).segmentOf(from);
    return session === "regular" && to < end ? { from, to } : null;
  }
}
