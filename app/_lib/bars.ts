import type { BarView } from "#lib/contracts/views.ts";
import { type CalendarName, windowOf } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import type { Interval, Micros } from "#lib/domain/interval.ts";

/** The most bars that one chart holds; beyond it the oldest go, and paging brings them back. */
export const BARS_KEPT = 20_000;

/** Which of two readings of the same window says more. A tie goes to `incoming`, the one that came later. */
export function preferred(current: BarView, incoming: BarView): BarView {
  if (current.origin !== incoming.origin) {
    // A bar that the source gave stands in for a built one that missed the window's beginning, and for nothing else.
    const built = current.origin === "built" ? current : incoming;
    const given = current.origin === "given" ? current : incoming;
    return built.partial ? given : built;
  }
  if (current.revision !== incoming.revision) return current.revision > incoming.revision ? current : incoming;
  if (current.final !== incoming.final) return current.final ? current : incoming;
  return (current.trades ?? 0) > (incoming.trades ?? 0) ? current : incoming;
}

const isSame = (a: BarView, b: BarView): boolean =>
  a.final === b.final &&
  a.revision === b.revision &&
  a.open === b.open &&
  a.high === b.high &&
  a.low === b.low &&
  a.close === b.close &&
  a.volume === b.volume &&
  a.trades === b.trades &&
  a.origin === b.origin &&
  a.partial === b.partial;

/** Two lists, each oldest first, as one: a window once, the better reading of it. The same array when `incoming` changes nothing. */
export function mergeBars(held: readonly BarView[], incoming: readonly BarView[]): readonly BarView[] {
  const merged: BarView[] = [];
  let changed = false;
  let h = 0;
  let i = 0;
  while (h < held.length || i < incoming.length) {
    const a = held[h];
    const b = incoming[i];
    if (a && (!b || a.start < b.start)) {
      merged.push(a);
      h++;
    } else if (b && (!a || b.start < a.start)) {
      merged.push(b);
      changed = true;
      i++;
    } else if (a && b) {
      const better = preferred(a, b);
      const kept = better === b && isSame(a, b) ? a : better;
      if (kept !== a) changed = true;
      merged.push(kept);
      h++;
      i++;
    }
  }
  return changed ? merged : held;
}

/** Position of the newest bar that starts at or before `time`; −1 when all are later. */
export function indexAt(bars: readonly BarView[], time: number): number {
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bars[middle]?.start ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The end of the window that begins at `start`. */
export function barEnd(calendar: CalendarName, interval: Interval, start: Micros): Micros {
  return windowOf(calendarOf(calendar), interval, start).end;
}

/** What a bar's open compares with its close; an unchanged bar counts as up. */
export const isUp = (bar: Pick<BarView, "open" | "close">): boolean => bar.close >= bar.open;
