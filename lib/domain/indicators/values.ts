import type { Calendar } from "../calendar/calendar.ts";
import type { Interval, Micros } from "../interval.ts";

/** What an indicator needs of a bar. */
export interface IndicatorBar {
  readonly start: Micros;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number | null;
  /** null where the source does not say. */
  readonly vwap: number | null;
}

/** One number for each of the kind's lines; null where there is none yet. */
export type Values = readonly (number | null)[];

/** What an indicator knows after the closed bars so far. */
export interface IndicatorStream {
  /** Takes the next closed bar and gives the values after it. */
  advance(bar: IndicatorBar): Values;
  /** The values as if a bar were the next closed one; nothing is taken. */
  peek(bar: IndicatorBar): Values;
}

/** Where the bars are from. */
export interface IndicatorContext {
  readonly calendar: Calendar;
  readonly interval: Interval;
}
