import type { CalendarName } from "../calendar/calendar.ts";
import type { Interval, Micros } from "../interval.ts";
import type { CompositeOperation } from "./name.ts";

/** What of a leg's bar its composite is made from. */
export interface LegBar {
  start: Micros;
  open: number;
  high: number;
  low: number;
  close: number;
  trades: number | null;
  final: boolean;
  revision: number;
  origin: "built" | "given";
  partial: boolean;
}

/** A bar of two symbols: no volume, for nothing of it was traded. */
export interface ComposedBar extends LegBar {
  volume: null;
  vwap: null;
}

/** The price of a composite; null where there is none: a ratio needs a divisor above zero. */
export function combine(operation: CompositeOperation, left: number | null, right: number | null): number | null {
  if (left === null || right === null) return null;
  const value = operation === "-" ? left - right : right > 0 ? left / right : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

/** A ratio is written with so many significant digits of what it is now. */
const DIGITS = 6;
const USUAL_TICK = 1e-6;
const FINEST = -10;

/** The smallest step of a composite on the screen: of a spread the finer one of its legs. */
export function tickOf(operation: CompositeOperation, legs: readonly [number, number], last: number | null): number {
  if (operation === "-") return Math.min(...legs);
  if (last === null || last <= 0) return USUAL_TICK;
  const power = Math.floor(Math.log10(last)) + 1 - DIGITS;
  // 10 ** -6 is not 1e-6.
  return Number(`1e${Math.min(0, Math.max(FINEST, power))}`);
}

/**
 * The bar of two bars that begin at the same time. Open and close are those of both legs, exact as far as these fell at the same moment. Which
 * prices were there together in between bars do not say: high and low are the bounds that the composite can not have left,
 * high of the one against low of the other. Corrections of either leg count as its own; it is final when both are; its trades are
 * those of both legs. null where a ratio has no divisor above zero.
 */
export function composeBar(operation: CompositeOperation, left: LegBar, right: LegBar): ComposedBar | null {
  const open = combine(operation, left.open, right.open);
  const close = combine(operation, left.close, right.close);
  const high = combine(operation, left.high, right.low);
  const low = combine(operation, left.low, right.high);
  if (open === null || close === null || high === null || low === null) return null;
  return {
    start: left.start,
    open,
    high,
    low,
    close,
    volume: null,
    vwap: null,
    trades: left.trades === null || right.trades === null ? null : left.trades + right.trades,
    final: left.final && right.final,
    revision: left.revision + right.revision,
    origin: left.origin === "given" || right.origin === "given" ? "given" : "built",
    partial: left.partial || right.partial,
  };
}

/** Whether the windows of two calendars begin together: hours and days begin with their own sessions, shorter windows everywhere alike. */
export function isComposable(left: CalendarName, right: CalendarName, interval: Interval): boolean {
  return left === right || (interval !== "1h" && interval !== "1d");
}

/**
 * The bars of two legs, each oldest first, as bars of the composite: of the windows in which both traded. A price of another time is
 * not carried into a window without one: nobody could have traded the two together then.
 */
export function joinBars(
  operation: CompositeOperation,
  lefts: readonly LegBar[],
  rights: readonly LegBar[],
): ComposedBar[] {
  const composed: ComposedBar[] = [];
  let r = 0;
  for (const left of lefts) {
    while ((rights[r]?.start ?? Infinity) < left.start) r++;
    const right = rights[r];
    const bar = right?.start === left.start ? composeBar(operation, left, right) : null;
    if (bar) composed.push(bar);
  }
  return composed;
}
