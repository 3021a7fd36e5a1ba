import type { Calendar, CalendarName } from "./calendar.ts";
import { UsEquitiesCalendar } from "./us-equities.ts";
import { UtcCalendar } from "./utc.ts";

const calendars: Readonly<Record<CalendarName, Calendar>> = {
  utc: new UtcCalendar(),
  "us-equities": new UsEquitiesCalendar(),
};

/** The calendar of this name. */
export function calendarOf(name: CalendarName): Calendar {
  return calendars[name];
}
