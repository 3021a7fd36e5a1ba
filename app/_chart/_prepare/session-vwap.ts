import type { BarView } from "#lib/contracts/views.ts";
import type { Calendar } from "#lib/domain/calendar/calendar.ts";
import type { Micros } from "#lib/domain/interval.ts";

/** What a session has traded after a bar; null where its beginning is not known. */
export interface SessionSum {
  /** Start of the session. */
  session: Micros;
  /** Price times size, and size. */
  value: number;
  volume: number;
}

const sessionOf = (calendar: Calendar, bar: BarView): Micros => calendar.segmentOf(bar.start).start;

/** The sum after one more bar: of the same session, or the first of another. */
export function plusBar(calendar: Calendar, sum: SessionSum | null, bar: BarView): SessionSum | null {
  const session = sessionOf(calendar, bar);
  if (sum === null) return null;
  const { value, volume } = sum.session === session ? sum : { value: 0, volume: 0 };
  return bar.vwap === null
    ? { session, value, volume }
    : { session, value: value + bar.vwap * bar.volume, volume: volume + bar.volume };
}

/** The volume-weighted average price of a session so far. */
export const vwapOf = (sum: SessionSum | null): number | null =>
  sum !== null && sum.volume > 0 ? sum.value / sum.volume : null;

/**
 * What each session has traded after each bar: a UTC day, or a part of a stock's day. One that is cut off by the series' start is not
 * known to be whole, so it has no sum.
 */
export function sessionSums(calendar: Calendar, bars: readonly BarView[]): (SessionSum | null)[] {
  const first = bars[0];
  const cut = first && first.start !== sessionOf(calendar, first) ? sessionOf(calendar, first) : null;
  let sum: SessionSum | null = null;
  return bars.map((bar) => {
    const session = sessionOf(calendar, bar);
    if (session === cut) return null;
    sum = plusBar(calendar, sum ?? { session, value: 0, volume: 0 }, bar);
    return sum;
  });
}

/** A line that belongs together: values from position `first` on. */
export interface Segment {
  first: number;
  values: (number | null)[];
}

/** Values of bars from position `first` cut where a session begins: a new session does not go on from the old one. */
export function bySession(
  calendar: Calendar,
  bars: readonly BarView[],
  first: number,
  values: readonly (number | null)[],
): Segment[] {
  const segments: Segment[] = [];
  let before = Number.NaN;
  bars.forEach((bar, i) => {
    const session = sessionOf(calendar, bar);
    if (session !== before) segments.push({ first: first + i, values: [] });
    before = session;
    segments.at(-1)?.values.push(values[i] ?? null);
  });
  return segments;
}
