import { type Calendar, CALENDARS, type CalendarName, type Segment, windowOf } from "../domain/calendar/calendar.ts";
import { calendarOf } from "../domain/calendar/calendars.ts";
import type { Micros } from "../domain/interval.ts";
import { intervalName } from "./intervals.ts";

/** From `from` on, null from the beginning, time is cut by this calendar. */
export interface CalendarChange {
  from: Micros | null;
  calendar: CalendarName;
}

interface Period {
  from: Micros;
  calendar: Calendar;
}

/** One for all symbols: most never have another. */
const ALWAYS = new Map(
  CALENDARS.map((name): [CalendarName, readonly Period[]] => [name, [{ from: -Infinity, calendar: calendarOf(name) }]]),
);

function always(name: CalendarName): readonly Period[] {
  return ALWAYS.get(name) ?? [{ from: -Infinity, calendar: calendarOf(name) }];
}

/**
 * Which calendar cuts a symbol's time into windows. Another one takes effect where a segment of the present one ends, behind all that was
 * ever seen of the symbol: so windows still tile time, each lies within one session, and none that may be stored is cut otherwise later.
 */
export class SlotCalendar {
  /** Oldest first; never empty. */
  #periods = always("utc");

  /** The calendar of what comes. */
  get name(): CalendarName {
    return this.#last.calendar.name;
  }

  /** Cuts by another calendar from the end of the segment in which `seen` lies, the newest time that was seen; all time where none was. */
  change(name: CalendarName, seen: Micros): void {
    if (seen === -Infinity) {
      this.#periods = always(name);
      return;
    }
    // One that has not begun yet has cut nothing.
    while (this.#last.from > seen) this.#periods = this.#periods.slice(0, -1);
    if (this.name === name) return;
    const from = this.#last.calendar.segmentOf(seen).end;
    this.#periods = [...this.#periods, { from, calendar: calendarOf(name) }];
  }

  /** The window of the interval in which an instant lies. */
  windowOf(interval: number, time: Micros): Segment {
    let index = this.#periods.length - 1;
    while (index > 0 && time < (this.#periods[index]?.from ?? 0)) index -= 1;
    const { from, calendar } = this.#periods[index] ?? this.#last;
    const window = windowOf(calendar, intervalName(interval), time);
    return window.start >= from ? window : { ...window, start: from };
  }

  get changes(): CalendarChange[] {
    return this.#periods.map(({ from, calendar }) => ({
      from: from === -Infinity ? null : from,
      calendar: calendar.name,
    }));
  }

  restore(changes: readonly CalendarChange[]): void {
    this.#periods = changes.map(({ from, calendar }) => ({ from: from ?? -Infinity, calendar: calendarOf(calendar) }));
  }

  get #last(): Period {
    const last = this.#periods.at(-1);
    if (!last) throw new RangeError("A symbol has no calendar");
    return last;
  }
}
