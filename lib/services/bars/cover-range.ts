import { DAY, HOUR, MINUTE, windowStart, type Micros } from "../../domain/interval.ts";

/** Windows of one interval that follow each other, `from` inclusive, `to` exclusive. */
export interface Run {
  interval: "1m" | "1h" | "1d";
  from: Micros;
  to: Micros;
}

/**
 * The fewest windows of 1m, 1h and 1d that cover a range, oldest first, each instant once. The range is widened to whole minutes;
 * one that reaches the present is widened to the end of its day, whose windows hold what has come so far.
 */
export function coverRange(from: Micros, to: Micros, now: Micros): Run[] {
  const start = windowStart("1m", from);
  const end = to >= now ? ceil(Math.max(now, start + 1), DAY) : ceil(to, MINUTE);
  return cover(start, end, [
    ["1d", DAY],
    ["1h", HOUR],
    ["1m", MINUTE],
  ]).filter((run) => run.from < run.to);
}

function cover(from: Micros, to: Micros, lengths: readonly (readonly [Run["interval"], Micros])[]): Run[] {
  const [longest, ...shorter] = lengths;
  if (!longest) return [];
  const [interval, length] = longest;
  const first = ceil(from, length);
  const last = Math.floor(to / length) * length;
  if (first >= last) return cover(from, to, shorter);
  return [...cover(from, first, shorter), { interval, from: first, to: last }, ...cover(last, to, shorter)];
}

function ceil(time: Micros, length: Micros): Micros {
  return Math.ceil(time / length) * length;
}
