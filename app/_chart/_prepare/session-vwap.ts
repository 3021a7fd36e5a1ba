import type { BarView } from "#lib/contracts/views.ts";
import { DAY } from "#lib/domain/interval.ts";

/**
 * The volume-weighted average price since the session began, after each bar. A session is a UTC day. Of the first day of the series only
 * what begins with that day is known to be whole, so a day that is cut off by the series' start has none.
 */
export function sessionVwap(bars: readonly BarView[]): (number | null)[] {
  let day = Number.NaN;
  let value = 0;
  let volume = 0;
  let anchored = false;
  let before: number | null = null;
  return bars.map((bar) => {
    const today = Math.floor(bar.start / DAY);
    if (today !== day) {
      anchored = before !== null || bar.start === today * DAY;
      day = today;
      value = 0;
      volume = 0;
    }
    before = bar.start;
    if (bar.vwap !== null) {
      value += bar.vwap * bar.volume;
      volume += bar.volume;
    }
    return anchored && volume > 0 ? value / volume : null;
  });
}

/** A line that belongs together: values from position `first` on. */
export interface Segment {
  first: number;
  values: (number | null)[];
}

/** Values of bars from position `first` cut where a session begins: a new session does not go on from the old one. */
export function bySession(bars: readonly BarView[], first: number, values: readonly (number | null)[]): Segment[] {
  const segments: Segment[] = [];
  let day = Number.NaN;
  bars.forEach((bar, i) => {
    const today = Math.floor(bar.start / DAY);
    if (today !== day) segments.push({ first: first + i, values: [] });
    day = today;
    segments.at(-1)?.values.push(values[i] ?? null);
  });
  return segments;
}
