import type { Micros } from "#lib/domain/interval.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** `21 Nov 14:02 – 14:40`, with both days where there are two; without its day where that is the one that began at `today`. */
export function rangeWords(zone: ZoneClock, { from, to }: { from: Micros; to: Micros }, today?: Micros): string {
  const isOne = zone.dateMark(from) === zone.dateMark(to);
  const day = isOne && today !== undefined && from >= today ? "" : `${zone.dateMark(from)} `;
  return `${day}${zone.minuteTime(from)} – ${isOne ? "" : `${zone.dateMark(to)} `}${zone.minuteTime(to)}`;
}

/** How far the log has been read. */
export function readingWords({ done, total }: { done: number; total: number }): string {
  return `${total === 0 ? 100 : Math.floor((done / total) * 100)} % of the log read`;
}

/** The log does not hold a range any more. */
export function goneWords(zone: ZoneClock, since: Micros | null): string {
  if (since === null) return "The log does not hold this range any more";
  return `The log holds trades since ${zone.dateMark(since)} ${zone.minuteTime(since)} ${zone.name(since)}: choose a later range`;
}
