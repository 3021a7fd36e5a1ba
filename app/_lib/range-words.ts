import type { Micros } from "#lib/domain/interval.ts";
import { dateMark, minuteTime, ZONE } from "./clock.ts";

/** `21 Nov 14:02 – 14:40`, with both days where there are two; without its day where that is the one that began at `today`. */
export function rangeWords({ from, to }: { from: Micros; to: Micros }, today?: Micros): string {
  const isOne = dateMark(from) === dateMark(to);
  const day = isOne && today !== undefined && from >= today ? "" : `${dateMark(from)} `;
  return `${day}${minuteTime(from)} – ${isOne ? "" : `${dateMark(to)} `}${minuteTime(to)}`;
}

/** How far the log has been read. */
export function readingWords({ done, total }: { done: number; total: number }): string {
  return `${total === 0 ? 100 : Math.floor((done / total) * 100)} % of the log read`;
}

/** The log does not hold a range any more. */
export function goneWords(since: Micros | null): string {
  if (since === null) return "The log does not hold this range any more";
  return `The log holds trades since ${dateMark(since)} ${minuteTime(since)} ${ZONE}: choose a later range`;
}
