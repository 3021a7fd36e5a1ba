import type { BarView } from "#lib/contracts/views.ts";
import type { Calendar, Session } from "#lib/domain/calendar/calendar.ts";
import type { ZoneClock } from "../../_lib/zone-clock.ts";

/** Bars of one session that stand side by side, by their positions. */
export interface SessionSpan {
  session: Session;
  first: number;
  last: number;
  /** A date begins with it: its edge is the day's. */
  newDay: boolean;
}

/** The sessions of bars from position `first` on, in their order. */
export function sessionSpans(
  calendar: Calendar,
  zone: ZoneClock,
  bars: readonly BarView[],
  first: number,
): SessionSpan[] {
  const spans: SessionSpan[] = [];
  let begun = Number.NaN;
  bars.forEach(({ start }, i) => {
    const segment = calendar.segmentOf(start);
    const open = spans.at(-1);
    if (open && segment.start === begun) {
      open.last = first + i;
      return;
    }
    begun = segment.start;
    const before = bars[i - 1];
    const newDay = before === undefined || zone.dayMark(before.start) !== zone.dayMark(start);
    spans.push({ session: segment.session, first: first + i, last: first + i, newDay });
  });
  return spans;
}

const NAMES: Readonly<Partial<Record<Session, readonly [string, string]>>> = {
  pre: ["Pre-market", "Pre"],
  post: ["Post-market", "Post"],
  closed: ["Closed", "Closed"],
};

/** Pixels of a letter of the axis's type. */
const LETTER = 6.2;

/** The name of a session outside the regular one as far as it fits into `width` pixels. */
export function sessionName(session: Session, width: number): string {
  return NAMES[session]?.find((name) => name.length * LETTER + 8 <= width) ?? "";
}
