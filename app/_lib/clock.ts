import type { Interval, Micros } from "#lib/domain/interval.ts";

/** Every clock of the pages is UTC and says so beside it: one rule for axis, crosshair, tape, days and exports. */
export const ZONE = "UTC";

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const two = (value: number): string => String(value).padStart(2, "0");
const dateOf = (micros: Micros): Date => new Date(Math.floor(micros / 1_000));

/** `14:17` */
export function minuteTime(micros: Micros): string {
  const date = dateOf(micros);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** `14:17:43` */
export function secondTime(micros: Micros): string {
  return `${minuteTime(micros)}:${two(dateOf(micros).getUTCSeconds())}`;
}

/** `14:17:43.876` */
export function milliTime(micros: Micros): string {
  return `${secondTime(micros)}.${String(dateOf(micros).getUTCMilliseconds()).padStart(3, "0")}`;
}

/** `Fri 20 Nov`, with the year when it is not that of `now`. */
export function day(micros: Micros, now: Micros = micros): string {
  const date = dateOf(micros);
  const text = `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  return date.getUTCFullYear() === dateOf(now).getUTCFullYear() ? text : `${text} ${date.getUTCFullYear()}`;
}

/** `Fri 20` on a day edge, `Nov` on a month edge, `2026` on a year edge. */
export function dayMark(micros: Micros): string {
  const date = dateOf(micros);
  return `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()}`;
}
export const monthMark = (micros: Micros): string => MONTHS[dateOf(micros).getUTCMonth()] ?? "";
export const yearMark = (micros: Micros): string => String(dateOf(micros).getUTCFullYear());
export const dateMark = (micros: Micros): string => `${dateOf(micros).getUTCDate()} ${monthMark(micros)}`;

/** The bar's own time for readouts: a date for daily bars, else a range of times with its date. */
export function barTime(start: Micros, interval: Interval, end: Micros, now: Micros): string {
  if (interval === "1d") return day(start, now);
  const time = interval === "1s" ? secondTime : minuteTime;
  return `${day(start, now)} ${time(start)} – ${time(end)}`;
}

/** What is left until `end`: `02:17`, `1:02:17` above an hour; `00:00` once it is over. */
export function countdown(end: Micros, now: Micros): string {
  const seconds = Math.max(0, Math.ceil((end - now) / 1e6));
  const hours = Math.floor(seconds / 3_600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** ISO without fractions, for links. */
export function isoSecond(micros: Micros): string {
  return dateOf(micros)
    .toISOString()
    .replace(/\.\d+Z$/, "Z");
}

/** How many readings the estimate below looks back over. */
const READINGS = 64;

/**
 * Server clock minus this machine's, microseconds. Each reading is too small by the way the message took, so the largest of the last ones
 * is the nearest to the truth; the window lets it follow a clock that is set.
 */
export class ClockOffset {
  readonly #readings: number[] = [];

  add(serverTime: Micros, receivedMillis: number): void {
    this.#readings.push(serverTime - receivedMillis * 1_000);
    if (this.#readings.length > READINGS) this.#readings.shift();
  }

  get offset(): Micros {
    return this.#readings.length === 0 ? 0 : Math.max(...this.#readings);
  }
}
