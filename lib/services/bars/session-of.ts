import type { Session } from "../../domain/calendar/calendar.ts";
import type { Interval } from "../../domain/interval.ts";

/** The session to which bars are limited: the one asked for, else of days the regular one, else none. */
export function sessionOf(interval: Interval, asked: Session | undefined): Session | undefined {
  return asked ?? (interval === "1d" ? "regular" : undefined);
}
