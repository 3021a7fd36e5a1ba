import type { BarView } from "#lib/contracts/views.ts";

/** Heikin-Ashi bars and the bars that they were made of, so that they can be continued. */
export interface HeikinAshi {
  source: readonly BarView[];
  bars: readonly BarView[];
}

/**
 * The Heikin-Ashi bar of a bar (Valcu, "Using the Heikin-Ashi technique", 2004): it closes at the mean of the four prices, and opens in
 * the middle of the Heikin-Ashi body before it; the first opens in the middle of its own body.
 */
export function heikinAshiBar(before: BarView | undefined, bar: BarView): BarView {
  const close = (bar.open + bar.high + bar.low + bar.close) / 4;
  const open = before ? (before.open + before.close) / 2 : (bar.open + bar.close) / 2;
  return { ...bar, open, close, high: Math.max(bar.high, open, close), low: Math.min(bar.low, open, close) };
}

/**
 * Heikin-Ashi bars of all `source` bars. Each depends on all before it: from the first one that `made` was not made of they are made
 * anew, so an appended bar costs one, and bars paged in before the others all of them.
 */
export function heikinAshi(source: readonly BarView[], made: HeikinAshi | null): HeikinAshi {
  if (made?.source === source) return made;
  const most = Math.min(source.length, made?.source.length ?? 0);
  let same = 0;
  while (same < most && source[same] === made?.source[same]) same++;
  const bars = made?.bars.slice(0, same) ?? [];
  for (let i = same; i < source.length; i++) {
    const bar = source[i];
    if (bar) bars.push(heikinAshiBar(bars[i - 1], bar));
  }
  return { source, bars };
}

/** Remembers what it made, so that a longer list of the same bars costs only what is new. */
export function continuedHeikinAshi(): (source: readonly BarView[]) => readonly BarView[] {
  let made: HeikinAshi | null = null;
  return (source) => {
    made = heikinAshi(source, made);
    return made.bars;
  };
}
