import { DAY, MINUTE } from "../interval.ts";
import { normal, uniform } from "./hash.ts";
import { usSession } from "./us-session.ts";

/** `always`: around the clock. `us`: US sessions, thinly traded four and a half hours before and four after them. */
export type Sessions = "always" | "us";

/** Minutes of a day, and how many shapes of a day there are: symbols share them, so many symbols cost little. */
const MINUTES = DAY / MINUTE;
const SHAPES = 16;
/** A day has its usual number of trades, give or take up to this share. */
const VARIATION = 0.5;

/** Share of a day's trades before each minute: U-shaped, with bursts of minutes and quarters of an hour. */
function shape(seed: number, number: number, day: number, sessions: Sessions): Float64Array {
  const before = new Float64Array(MINUTES + 1);
  const session = sessions === "us" ? usSession(day) : { open: 0, close: MINUTES };
  for (let minute = 0; minute < MINUTES; minute++) {
    const u = session === null ? 0 : weight(minute, session);
    const burst = Math.exp(
      0.35 * normal(seed, number, day, minute) + 0.3 * normal(seed, number, day, -1 - Math.floor(minute / 15)),
    );
    before[minute + 1] = (before[minute] ?? 0) + u * burst;
  }
  const all = before[MINUTES] || 1;
  for (let minute = 0; minute <= MINUTES; minute++) before[minute] = (before[minute] ?? 0) / all;
  return before;
}

const PRE_MARKET = 270;
const POST_MARKET = 240;
const THIN = 0.02;

/** A U over the session; thin around it, nothing else. */
function weight(minute: number, { open, close }: { open: number; close: number }): number {
  if (minute >= open && minute < close) return 0.55 + 3.6 * ((minute - open) / (close - open) - 0.5) ** 2;
  return minute >= open - PRE_MARKET && minute < close + POST_MARKET ? THIN : 0;
}

/** How many trades each symbol has until when: a function of seed, symbol and minute alone. */
export class Activity {
  readonly #seed: number;
  readonly #shapes = new Map<number, Float64Array>();

  readonly #sessions: Sessions;

  constructor(seed: number, sessions: Sessions) {
    this.#seed = seed;
    this.#sessions = sessions;
  }

  #shape(number: number, day: number): Float64Array {
    const key = day * SHAPES + number;
    let kept = this.#shapes.get(key);
    if (!kept) {
      if (this.#shapes.size >= SHAPES * 4) this.#shapes.clear();
      this.#shapes.set(key, (kept = shape(this.#seed, number, day, this.#sessions)));
    }
    return kept;
  }

  /**
   * Trades of a symbol before a UTC day, when `mean` a day is usual: also the id of the first trade of that day, so that ids rise by 1 from
   * day to day, and no day has to be enumerated to know them.
   */
  until(key: number, mean: number, day: number): number {
    const days = this.#sessions === "us" ? weekdaysBefore(day) : day;
    return Math.round(mean * (days + VARIATION * uniform(this.#seed, key, 11, days)));
  }

  /** Trades of a symbol on a UTC day. */
  daily(key: number, mean: number, day: number): number {
    return this.until(key, mean, day + 1) - this.until(key, mean, day);
  }

  /** Trades of the day before a minute (0 to 1,440) of it. */
  before(key: number, mean: number, day: number, minute: number): number {
    const number = Math.floor(uniform(this.#seed, key, 12, 0) * SHAPES);
    const phase = uniform(this.#seed, key, 13, day);
    const all = this.daily(key, mean, day);
    if (minute === 0) return 0;
    if (minute === MINUTES) return all;
    return Math.min(all, Math.floor(all * (this.#shape(number, day)[minute] ?? 1) + phase));
  }
}

/** Mondays to Fridays from 1 January 1970, a Thursday, to before a day. */
function weekdaysBefore(day: number): number {
  const week = Math.floor(day / 7);
  return 5 * week + (WEEKDAYS_BEFORE[day - 7 * week] ?? 0);
}

/** Within a week that begins on a Thursday. */
const WEEKDAYS_BEFORE = [0, 1, 2, 2, 2, 3, 4];
