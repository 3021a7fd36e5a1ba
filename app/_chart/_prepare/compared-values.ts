import type { BarView } from "#lib/contracts/views.ts";
import type { Micros } from "#lib/domain/interval.ts";

/**
 * The closes of another symbol at the times of these bars, null where it has no bar then. Bars belong together by the window of `length`
 * in which they begin, so that a day or an hour that opens with its exchange meets one of UTC.
 */
export function alignedCloses(
  bars: readonly Pick<BarView, "start">[],
  others: readonly Pick<BarView, "start" | "close">[],
  length: Micros,
): (number | null)[] {
  const windowOf = (start: Micros): number => Math.floor(start / length);
  let other = 0;
  return bars.map(({ start }) => {
    const wanted = windowOf(start);
    while (other < others.length && windowOf(others[other]?.start ?? Infinity) < wanted) other++;
    const met = others[other];
    return met && windowOf(met.start) === wanted ? met.close : null;
  });
}

/**
 * Closes of another symbol as prices of this one: those at which both have changed as much since the first bar in sight. On an axis of
 * percentages counted from `base` they stand at their own change. `since` is the other's close there.
 */
export function asPrices(closes: readonly (number | null)[], since: number, base: number): (number | null)[] {
  return closes.map((close) => (close === null ? null : (close / since) * base));
}

/** The first close that there is: from it the other symbol's change is counted. */
export function firstClose(closes: readonly (number | null)[]): number | null {
  return closes.find((close) => close !== null && close > 0) ?? null;
}

interface Series {
  readonly first: number;
  readonly last: number;
  at(position: number): Pick<BarView, "start" | "close"> | undefined;
}

/** The close of the bar in whose window `time` lies; null where there is none. */
export function closeAt(series: Series, time: Micros, length: Micros): number | null {
  const wanted = Math.floor(time / length);
  let [low, high] = [series.first, series.last];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const bar = series.at(middle);
    if (!bar) return null;
    const window = Math.floor(bar.start / length);
    if (window === wanted) return bar.close;
    if (window < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}

/** From the lowest to the highest of all these values; null when there is none. */
export function extentOfLines(
  lines: readonly { values: readonly (number | null)[] }[],
): { low: number; high: number } | null {
  let [low, high] = [Infinity, -Infinity];
  for (const { values } of lines) {
    for (const value of values) {
      if (value === null) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? { low, high } : null;
}
