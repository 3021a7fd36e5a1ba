import { type Calendar, windowOf } from "../../domain/calendar/calendar.ts";
import type { Micros } from "../../domain/interval.ts";

/** Windows of one interval that follow each other, `from` inclusive, `to` exclusive. */
export interface Run {
  interval: "1m" | "1h" | "1d";
  from: Micros;
  to: Micros;
}

/**
 * The fewest windows of 1m, 1h and 1d of a calendar that cover a range, oldest first, each instant once. The range is widened to whole
 * minutes; one that reaches the present is widened to the end of its day or session, whose windows hold what has come so far.
 */
export function coverRange(calendar: Calendar, from: Micros, to: Micros, now: Micros): Run[] {
  const { start } = windowOf(calendar, "1m", from);
  const end = to >= now ? calendar.segmentOf(Math.max(now - 1, start)).end : ceil(calendar, "1m", to);
  return cover(calendar, start, end, ["1d", "1h", "1m"]).filter((run) => run.from < run.to);
}

function cover(calendar: Calendar, from: Micros, to: Micros, intervals: readonly Run["interval"][]): Run[] {
  const [longest, ...shorter] = intervals;
  if (!longest) return [];
  const first = ceil(calendar, longest, from);
  const last = windowOf(calendar, longest, to).start;
  if (first >= last) return cover(calendar, from, to, shorter);
  return [
    ...cover(calendar, from, first, shorter),
    { interval: longest, from: first, to: last },
    ...cover(calendar, last, to, shorter),
  ];
}

/** The first border of windows at or after an instant. */
function ceil(calendar: Calendar, interval: Run["interval"], time: Micros): Micros {
  const { start, end } = windowOf(calendar, interval, time);
  return start === time ? time : end;
}
