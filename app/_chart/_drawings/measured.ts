import type { BarView } from "#lib/contracts/views.ts";
import { DAY, HOUR, MINUTE, SECOND, type Micros } from "#lib/domain/interval.ts";
import { DASH, percent, quantity, short, signed } from "../../_lib/format.ts";
import { indexAt } from "../../_lib/bars.ts";
import type { Point } from "#lib/contracts/drawings.ts";
import type { TimePlaces } from "./places.ts";

/** What lies between two points. */
export interface Measured {
  change: number;
  /** Of the first price; not a number where that is zero or below. */
  percent: number;
  /** From the first bar to the second; below zero into the past. */
  bars: number;
  duration: Micros;
  /** null of a composite, of which nothing is traded. */
  volume: number | null;
  /** Whether all bars between are held and closed; otherwise the volume is the least that it can be. */
  complete: boolean;
}

/** Volume is that of closed bars from the earlier point to before the later one: as many as are counted. */
export function measured(
  [a, b]: readonly [Point, Point],
  { slot }: Pick<TimePlaces, "slot">,
  closed: readonly BarView[],
): Measured {
  const [from, to] = [Math.min(a.time, b.time), Math.max(a.time, b.time)];
  const between = closed.slice(indexAt(closed, from - 1) + 1, indexAt(closed, to - 1) + 1);
  const [oldest, newest] = [closed[0], closed.at(-1)];
  return {
    change: b.price - a.price,
    percent: a.price > 0 ? (b.price / a.price - 1) * 100 : Number.NaN,
    bars: Math.round(slot(b.time) - slot(a.time)),
    duration: b.time - a.time,
    volume: between.reduce(
      (sum: number | null, { volume }) => (sum === null || volume === null ? null : sum + volume),
      0,
    ),
    complete:
      oldest !== undefined &&
      newest !== undefined &&
      oldest.start <= from &&
      Math.round(slot(to)) <= Math.round(slot(newest.start)) + 1,
  };
}

const UNITS = [
  [DAY, "d"],
  [HOUR, "h"],
  [MINUTE, "min"],
  [SECOND, "s"],
] as const;

/** `1 d 2 h`, `35 min`, `−12 s`: the two largest units. */
export function lengthWords(duration: Micros): string {
  const size = Math.abs(duration);
  const first = UNITS.findIndex(([unit]) => size >= unit);
  const [large, small] = [UNITS[first], UNITS[first + 1]];
  if (!large) return "0 s";
  const count = Math.floor(size / large[0]);
  const rest = small ? Math.floor((size - count * large[0]) / small[0]) : 0;
  const words = `${count} ${large[1]}${small && rest > 0 ? ` ${rest} ${small[1]}` : ""}`;
  return duration < 0 ? `\u2212${words}` : words;
}

/** Three lines: prices, time, volume. */
export function measuredWords(
  { change, percent: per, bars, duration, volume, complete }: Measured,
  decimals: number,
): string[] {
  const count = `${bars < 0 ? "\u2212" : ""}${quantity(Math.abs(bars))} ${Math.abs(bars) === 1 ? "bar" : "bars"}`;
  const amount = volume !== null && (complete || volume > 0) ? `${complete ? "" : "≥ "}${short(volume)}` : DASH;
  return [`${signed(change, decimals)}  (${percent(per)})`, `${count}, ${lengthWords(duration)}`, `Volume ${amount}`];
}
