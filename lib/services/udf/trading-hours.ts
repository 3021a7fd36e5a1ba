import type { CalendarName } from "../../domain/calendar/calendar.ts";
import { EARLY_CLOSES, HOLIDAYS } from "../../domain/calendar/us-equities-days.ts";

/** Sessions in the words of the protocol. */
export interface TradingHours {
  timezone: string;
  session: string;
  /** `YYYYMMDD,…`: no trading. */
  session_holidays: string;
  /** `‹session›:‹days›`: other hours than usual. */
  corrections: string;
}

const HOURS: Readonly<Record<CalendarName, TradingHours>> = {
  utc: { timezone: "Etc/UTC", session: "24x7", session_holidays: "", corrections: "" },
  "us-equities": {
    timezone: "America/New_York",
    session: "0930-1600",
    session_holidays: datesOf(HOLIDAYS),
    corrections: `0930-1300:${datesOf(EARLY_CLOSES)}`,
  },
};

/** The regular session of a calendar: the bars that the datafeed gives are of no other. */
export function tradingHours(calendar: CalendarName): TradingHours {
  return HOURS[calendar];
}

function datesOf(years: Readonly<Record<number, string>>): string {
  return Object.entries(years)
    .flatMap(([year, dates]) => dates.split(" ").map((date) => `${year}${date}`))
    .join(",");
}
