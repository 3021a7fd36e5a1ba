import type { Interval, Micros } from "#lib/domain/interval.ts";
import { Zone } from "#lib/domain/zone.ts";

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const two = (value: number): string => String(value).padStart(2, "0");

/** A calendar date; months from 0. */
export interface WallDate {
  year: number;
  month: number;
  day: number;
}

/** Instants as the wall clock of one time zone shows them. */
export class ZoneClock {
  readonly zone: Zone;
  readonly #names = new Map<Micros, string>();

  constructor(name: string) {
    this.zone = new Zone(name);
  }

  /** What stands beside a clock: `UTC`, `EST` and in summer `EDT`, `GMT+1`. */
  name(time: Micros): string {
    const offset = this.zone.offsetAt(time);
    const held = this.#names.get(offset);
    if (held !== undefined) return held;
    const format = new Intl.DateTimeFormat("en-US", { timeZone: this.zone.name, timeZoneName: "short" });
    const parts = format.formatToParts(Math.floor(time / 1_000));
    const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? this.zone.name;
    this.#names.set(offset, name);
    return name;
  }

  /** The wall clock's own count of microseconds: whole days and hours of it are whole multiples. */
  wall(time: Micros): Micros {
    return time + this.zone.offsetAt(time);
  }

  #date(time: Micros): Date {
    return new Date(Math.floor(this.wall(time) / 1_000));
  }

  date(time: Micros): WallDate {
    const date = this.#date(time);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() };
  }

  /** `14:17` */
  minuteTime(time: Micros): string {
    const date = this.#date(time);
    return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  }

  /** `14:17:43` */
  secondTime(time: Micros): string {
    return `${this.minuteTime(time)}:${two(this.#date(time).getUTCSeconds())}`;
  }

  /** `14:17:43.876` */
  milliTime(time: Micros): string {
    return `${this.secondTime(time)}.${String(this.#date(time).getUTCMilliseconds()).padStart(3, "0")}`;
  }

  /** `Fri 20 Nov`, with the year when it is not that of `now`. */
  day(time: Micros, now: Micros = time): string {
    const text = `${this.dayMark(time)} ${this.monthMark(time)}`;
    const { year } = this.date(time);
    return year === this.date(now).year ? text : `${text} ${year}`;
  }

  /** `Fri 20` on a day edge, `Nov` on a month edge, `2026` on a year edge, `20 Nov` between. */
  dayMark(time: Micros): string {
    const date = this.#date(time);
    return `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()}`;
  }

  monthMark(time: Micros): string {
    return MONTHS[this.date(time).month] ?? "";
  }

  yearMark(time: Micros): string {
    return String(this.date(time).year);
  }

  dateMark(time: Micros): string {
    return `${this.date(time).day} ${this.monthMark(time)}`;
  }

  /** The bar's own time for readouts: a date for daily bars, else a range of times with its date. */
  barTime(start: Micros, interval: Interval, end: Micros, now: Micros): string {
    if (interval === "1d") return this.day(start, now);
    const time = (at: Micros): string => (interval === "1s" ? this.secondTime(at) : this.minuteTime(at));
    return `${this.day(start, now)} ${time(start)} – ${time(end)}`;
  }
}

const clocks = new Map<string, ZoneClock>();

/** The clock of a zone: the same object each time. */
export function clockOf(name: string): ZoneClock {
  const clock = clocks.get(name) ?? new ZoneClock(name);
  clocks.set(name, clock);
  return clock;
}

export const UTC_CLOCK: ZoneClock = clockOf("UTC");
