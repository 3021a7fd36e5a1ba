import { DAY, MINUTE } from "../interval.ts";
import { normal, uniform } from "./hash.ts";
import { usSession } from "./us-session.ts";

/** `always`: around the clock. `us`: US sessions, thinly traded four and a half hours before and four after them. */
export type Sessions = "always" | "us";

/** Minutes of a day, and how many shapes of a day there are: symbols share them, so many symbols cost little. */
const MINUTES = DAY / MINUTE;
const SHAPES = 16;
/** Keeps ids of a day apart from those of the next. */
const IDS_A_DAY = 2 ** 26;

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

  /** Trades of a symbol on a UTC day, when `mean` is usual. */
  daily(key: number, mean: number, day: number): number {
    if (this.#sessions === "us" && usSession(day) === null) return 0;
    return Math.max(1, Math.round(mean * Math.exp(0.3 * normal(this.#seed, key, 11, day))));
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

  /** The id of the trade with this ordinal within its day. */
  id(day: number, ordinal: number): number {
    return day * IDS_A_DAY + ordinal;
  }
}
