import type { BarView } from "#lib/contracts/views.ts";
import { DAY, HOUR, INTERVAL_LENGTH, MINUTE, SECOND, type Interval, type Micros } from "#lib/domain/interval.ts";
import type { ZoneClock } from "../../_lib/zone-clock.ts";

/** The 1-2-5 step of which about `wanted` fit into `range`, never finer than `finest`. */
export function niceStep(range: number, wanted: number, finest: number): number {
  if (!(range > 0)) return finest;
  const rough = range / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999) ?? rough;
  return Math.max(step, finest);
}

/** Whole multiples of `step` within `[low, high]`. */
export function priceTicks(low: number, high: number, step: number): number[] {
  const begin = Math.ceil(low / step - 1e-9);
  const end = Math.floor(high / step + 1e-9);
  // Multiplying keeps the error of one rounding; adding up would collect it.
  return Array.from({ length: Math.max(0, end - begin + 1) }, (_, i) => Number(((begin + i) * step).toPrecision(12)));
}

export interface TimeTick {
  position: number;
  label: string;
  /** What begins here: a time of day, a day, a month or a year. The coarser wins where two would touch. */
  rank: 0 | 1 | 2 | 3;
  /** An edge that is drawn stronger: a day's among hours, a year's among days. */
  edge: boolean;
}

const UNITS: readonly Micros[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7].map((n) => n * DAY),
];

/** Days of the month that are named between months, where there is room. */
function monthDays(step: number, gap: number): readonly number[] {
  if (step * 7 >= gap) return [8, 15, 22];
  return step * 14 >= gap ? [15] : [];
}

/** Whether a daily bar is the first at or after one of those days of its month. */
function passesDay(zone: ZoneClock, before: Micros, time: Micros, days: readonly number[]): boolean {
  const [a, b] = [zone.date(before).day, zone.date(time).day];
  return days.some((day) => a < day && b >= day);
}

function rankOf(zone: ZoneClock, before: Micros, time: Micros): TimeTick["rank"] {
  if (Math.floor(zone.wall(before) / DAY) === Math.floor(zone.wall(time) / DAY)) return 0;
  const a = zone.date(before);
  const b = zone.date(time);
  if (a.year !== b.year) return 3;
  return a.month === b.month ? 1 : 2;
}

function isTick(zone: ZoneClock, before: Micros, time: Micros, rank: TimeTick["rank"], unit: Micros): boolean {
  if (rank > 1 || (rank === 1 && unit <= DAY)) return true;
  return Math.floor(zone.wall(before) / unit) !== Math.floor(zone.wall(time) / unit);
}

function labelOf(zone: ZoneClock, time: Micros, rank: TimeTick["rank"], interval: Interval, unit: Micros): string {
  if (rank === 3) return zone.yearMark(time);
  if (interval === "1d") return rank === 2 ? zone.monthMark(time) : zone.dateMark(time);
  if (rank > 0) return zone.dayMark(time);
  return unit < MINUTE ? zone.secondTime(time) : zone.minuteTime(time);
}

/**
 * Labels of the time axis for the bars from position `first`: where a round time begins, days and months before hours, at least `gap`
 * pixels apart. Closed time has no width, so a tick stands at the first bar at or after its time.
 */
export function timeTicks(
  bars: readonly Pick<BarView, "start">[],
  first: number,
  options: { zone: ZoneClock; interval: Interval; step: number; gap: number },
): TimeTick[] {
  const { zone, interval, step, gap } = options;
  const length = INTERVAL_LENGTH[interval];
  const unit = UNITS.find((candidate) => candidate >= length && (candidate / length) * step >= gap) ?? Infinity;
  const days = monthDays(step, gap);
  const candidates: TimeTick[] = [];
  for (let i = 1; i < bars.length; i++) {
    const before = bars[i - 1]?.start ?? 0;
    const time = bars[i]?.start ?? 0;
    const rank = rankOf(zone, before, time);
    if (interval === "1d" ? rank < 2 && !passesDay(zone, before, time, days) : !isTick(zone, before, time, rank, unit))
      continue;
    const edge = rank >= (interval === "1d" ? 3 : 1);
    candidates.push({ position: first + i, label: labelOf(zone, time, rank, interval, unit), rank, edge });
  }
  const kept: TimeTick[] = [];
  for (const tick of candidates.toSorted((a, b) => b.rank - a.rank || a.position - b.position)) {
    if (kept.every((other) => Math.abs(other.position - tick.position) * step >= gap * 0.75)) kept.push(tick);
  }
  return kept.toSorted((a, b) => a.position - b.position);
}

/** Gives the ticks that it gave before as long as those that come are the same: what is drawn by them stays as it is. */
export function keepTicks(): (ticks: readonly TimeTick[]) => readonly TimeTick[] {
  let kept: readonly TimeTick[] = [];
  return (ticks) => {
    const isSame = (tick: TimeTick, place: number): boolean => {
      const { position, label, edge } = kept[place] ?? {};
      return position === tick.position && label === tick.label && edge === tick.edge;
    };
    if (kept.length !== ticks.length || !ticks.every(isSame)) kept = ticks;
    return kept;
  };
}
