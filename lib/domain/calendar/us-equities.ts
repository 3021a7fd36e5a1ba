import { DAY, HOUR, type Micros } from "../interval.ts";
import type { Calendar, Segment } from "./calendar.ts";
import { dayNumber, newYorkOffset, weekdayOf } from "./new-york.ts";
import { EARLY_CLOSES, HOLIDAYS } from "./us-equities-days.ts";

const sortedHolidays = dayNumbers(HOLIDAYS);
const holidays: ReadonlySet<number> = new Set(sortedHolidays);
const earlyCloses: ReadonlySet<number> = new Set(dayNumbers(EARLY_CLOSES));

/** Microseconds of UTC. */
interface TradingDay {
  pre: Micros;
  open: Micros;
  close: Micros;
  /** The end of its post-market. */
  end: Micros;
}

/**
 * The sessions of the US stock exchanges in New York: pre-market 04:00 to 09:30, regular to 16:00, post-market to 20:00. Where regular
 * trading ends at 13:00 the post-market ends at 17:00. Outside the years of the facts every Monday to Friday is a day of trading.
 */
export class UsEquitiesCalendar implements Calendar {
  readonly name = "us-equities";
  #segment: Segment = { session: "closed", start: 0, end: 0 };

  segmentOf(time: Micros): Segment {
    const { start, end } = this.#segment;
    if (time >= start && time < end) return this.#segment;
    return (this.#segment = segmentOf(time));
  }
}

function segmentOf(time: Micros): Segment {
  // The last day whose pre-market would have begun: at 4 in the morning, which is 8 or 9 of UTC.
  let day = Math.floor((time - 8 * HOUR) / DAY);
  if (time < tradingDay(day).pre) day -= 1;
  let before = day;
  while (!isTradingDay(before)) before -= 1;
  const { pre, open, close, end } = tradingDay(before);
  if (time < open) return { session: "pre", start: pre, end: open };
  if (time < close) return { session: "regular", start: open, end: close };
  if (time < end) return { session: "post", start: close, end };
  let next = day + 1;
  while (!isTradingDay(next)) next += 1;
  return { session: "closed", start: end, end: tradingDay(next).pre };
}

/** By the number of the day since 1970. */
function isTradingDay(day: number): boolean {
  const weekday = weekdayOf(day);
  return weekday > 0 && weekday < 6 && !holidays.has(day);
}

function tradingDay(day: number): TradingDay {
  const midnight = day * DAY + newYorkOffset(day);
  const close = earlyCloses.has(day) ? 13 : 16;
  return {
    pre: midnight + 4 * HOUR,
    open: midnight + 9.5 * HOUR,
    close: midnight + close * HOUR,
    end: midnight + (close + 4) * HOUR,
  };
}

/** Days of trading from 1 January 1970 to before a day. */
export function tradingDaysBefore(day: number): number {
  let holidaysBefore = 0;
  for (let most = sortedHolidays.length; holidaysBefore < most;) {
    const middle = (holidaysBefore + most) >>> 1;
    if ((sortedHolidays[middle] ?? 0) < day) holidaysBefore = middle + 1;
    else most = middle;
  }
  return weekdaysBefore(day) - holidaysBefore;
}

/** Mondays to Fridays from 1 January 1970, a Thursday, to before a day. */
function weekdaysBefore(day: number): number {
  const week = Math.floor(day / 7);
  return 5 * week + (WEEKDAYS_BEFORE[day - 7 * week] ?? 0);
}

/** Within a week that begins on a Thursday. */
const WEEKDAYS_BEFORE = [0, 1, 2, 2, 2, 3, 4];

/** Ascending. */
function dayNumbers(years: Readonly<Record<number, string>>): number[] {
  return Object.entries(years).flatMap(([year, dates]) =>
    dates.split(" ").map((date) => dayNumber(Number(year), Number(date.slice(0, 2)) - 1, Number(date.slice(2)))),
  );
}
