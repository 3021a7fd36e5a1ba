import type { LatestLine } from "../../contracts/latest.ts";
import type { Ticker } from "../../contracts/tickers.ts";
import { type CalendarName, sessionDay } from "../../domain/calendar/calendar.ts";
import { calendarOf } from "../../domain/calendar/calendars.ts";
import type { Micros } from "../../domain/interval.ts";

/** A symbol and the start of the regular session that is its present day. */
export interface SymbolDay {
  symbol: string;
  calendar: CalendarName;
  day: Micros;
  /** The day is over and no other has begun: at night, or of a recording that was played. */
  ended: boolean;
}

/** The day that counts as today for a symbol: the clock's, but of a recording the one in which it last traded. */
export function symbolDay(
  { symbol, source, calendar }: Pick<Ticker, "symbol" | "source" | "calendar">,
  line: LatestLine | null,
  now: Micros,
): SymbolDay {
  const today = sessionDay(calendarOf(calendar), now);
  if (source !== "recording") {
    return { symbol, calendar, day: today.start, ended: now >= today.end && line?.dayStart !== today.start };
  }
  const { tradeTime = null, dayStart = null } = line ?? {};
  const day = dayStart ?? (tradeTime === null ? today : sessionDay(calendarOf(calendar), tradeTime)).start;
  return { symbol, calendar, day, ended: tradeTime !== null && dayStart === null };
}
