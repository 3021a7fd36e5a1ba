import type { BarView } from "#lib/contracts/views.ts";
import { DAY } from "#lib/domain/interval.ts";

/** What a session has traded after a bar; null where its beginning is not known. */
export interface SessionSum {
  day: number;
  /** Price times size, and size. */
  value: number;
  volume: number;
}

const dayOf = (bar: BarView): number => Math.floor(bar.start / DAY);

/** The sum after one more bar: of the same session, or the first of another. */
export function plusBar(sum: SessionSum | null, bar: BarView): SessionSum | null {
  const day = dayOf(bar);
  if (sum === null) return null;
  const { value, volume } = sum.day === day ? sum : { value: 0, volume: 0 };
  return bar.vwap === null
    ? { day, value, volume }
    : { day, value: value + bar.vwap * bar.volume, volume: volume + bar.volume };
}

/** The volume-weighted average price of a session so far. */
export const vwapOf = (sum: SessionSum | null): number | null =>
  sum !== null && sum.volume > 0 ? sum.value / sum.volume : null;

/**
 * What each session has traded after each bar. A session is a UTC day. A day that is cut off by the series' start is not known to be whole,
 * so it has no sum.
 */
export function sessionSums(bars: readonly BarView[]): (SessionSum | null)[] {
  const first = bars[0];
  const cut = first && first.start !== dayOf(first) * DAY ? dayOf(first) : null;
  let sum: SessionSum | null = null;
  return bars.map((bar) => {
    const day = dayOf(bar);
    if (day === cut) return null;
    sum = plusBar(sum ?? { day, value: 0, volume: 0 }, bar);
    return sum;
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
