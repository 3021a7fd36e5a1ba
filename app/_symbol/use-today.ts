"use client";
import { useMemo } from "react";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { sessionDay } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { useJudged } from "../_live/hooks.ts";
import type { TimeRange } from "./use-distribution.ts";

/** The session whose trades count as today's: the clock's, of a recording the one it last played. Changes once a day. */
export function useToday({ symbol, recorded, calendar }: InstrumentView): TimeRange | null {
  const start = useJudged((now, { quotes }) => {
    const time = recorded ? (quotes.quote(symbol)?.time ?? null) : now;
    return time === null ? null : sessionDay(calendarOf(calendar), time).start;
  });
  return useMemo(
    () => (start === null ? null : { from: start, to: calendarOf(calendar).segmentOf(start).end }),
    [start, calendar],
  );
}
