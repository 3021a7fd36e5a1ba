import type { BarView } from "#lib/contracts/views.ts";
import type { Calendar } from "#lib/domain/calendar/calendar.ts";

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
    const session = calendar.segmentOf(bar.start).start;
    if (session !== before) segments.push({ first: first + i, values: [] });
    before = session;
    segments.at(-1)?.values.push(values[i] ?? null);
  });
  return segments;
}
