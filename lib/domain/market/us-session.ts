import { DAY, HOUR, MINUTE } from "../interval.ts";

/** Regular hours of the US equity market in minutes of the UTC day; null on Saturdays and Sundays. Holidays trade like other days. */
export function usSession(day: number): { open: number; close: number } | null {
  const weekday = (day + 4) % 7; // day 0, 1 January 1970, was a Thursday
  if (weekday === 0 || weekday === 6) return null;
  const offset = isDaylightTime(day) ? 4 : 5;
  const minutes = (hours: number): number => ((hours + offset) * HOUR) / MINUTE;
  return { open: minutes(9.5), close: minutes(16) };
}

/** New York has daylight time from the second Sunday of March to the first of November (Energy Policy Act of 2005). */
function isDaylightTime(day: number): boolean {
  const date = new Date((day * DAY) / 1000);
  const year = date.getUTCFullYear();
  return day >= sundayOf(year, 2, 2) && day < sundayOf(year, 10, 1);
}

/** UTC day number of the nth Sunday of a month (0 to 11). */
function sundayOf(year: number, month: number, nth: number): number {
  const first = Date.UTC(year, month, 1);
  const weekday = new Date(first).getUTCDay();
  return first / 86_400_000 + ((7 - weekday) % 7) + 7 * (nth - 1);
}
