import type { CalendarName } from "../calendar/calendar.ts";
import { calendarOf } from "../calendar/calendars.ts";
import { tradingDaysBefore } from "../calendar/us-equities.ts";
import { DAY, MINUTE, type Micros } from "../interval.ts";
import { normal, uniform } from "./hash.ts";

/** `always`: around the clock. `us`: the sessions of the US stock exchanges, thinly traded before and after the regular one. */
export type Sessions = "always" | "us";

/** The calendar by which a market of these sessions trades. */
export function calendarOfMarket(sessions: Sessions): CalendarName {
  return sessions === "us" ? "us-equities" : "utc";
}

/** Minutes of a day, and how many shapes of a day there are: symbols share them, so many symbols cost little. */
const MINUTES = DAY / MINUTE;
const SHAPES = 16;
/** A day has its usual number of trades, give or take up to this share. */
const VARIATION = 0.5;

/** Share of a day's trades before each minute: U-shaped, with bursts of minutes and quarters of an hour. */
function shape(seed: number, number: number, day: number, sessions: Sessions): Float64Array {
  const before = new Float64Array(MINUTES + 1);
  for (let minute = 0; minute < MINUTES; minute++) {
    const u = weight(day * DAY + minute * MINUTE, sessions);
    const burst = Math.exp(
      0.35 * normal(seed, number, day, minute) + 0.3 * normal(seed, number, day, -1 - Math.floor(minute / 15)),
    );
    before[minute + 1] = (before[minute] ?? 0) + u * burst;
  }
  const all = before[MINUTES] || 1;
  for (let minute = 0; minute <= MINUTES; minute++) before[minute] = (before[minute] ?? 0) / all;
  return before;
}

const THIN = 0.02;

/** A U over the regular session; thin around it, nothing else. */
function weight(time: Micros, sessions: Sessions): number {
  const { session, start, end } = calendarOf(calendarOfMarket(sessions)).segmentOf(time);
  if (session === "regular") return 0.55 + 3.6 * ((time - start) / (end - start) - 0.5) ** 2;
  return session === "closed" ? 0 : THIN;
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
    const days = this.#sessions === "us" ? tradingDaysBefore(day) : day;
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
