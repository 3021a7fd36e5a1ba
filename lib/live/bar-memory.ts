import { builtView } from "../contracts/bar-view.ts";
import { type BarLine, isPriced } from "../contracts/bars.ts";
import type { Interval } from "../domain/interval.ts";
import { Board } from "./board.ts";
import type { LiveBar } from "./hub.ts";
import { isNewer } from "./version.ts";

/** Bars held of a symbol by interval: as many as a page may miss while it is slow. The least recently changed makes room. */
const BARS_HELD: Readonly<Record<Interval, number>> = { "1s": 30, "1m": 5, "5m": 3, "1h": 3, "1d": 3 };

interface Held extends LiveBar {
  line: number;
  changed: number;
}

/** By start, in the order of change. */
type Series = Map<number, Held>;

/** The newest bars of each symbol and interval. */
export class BarMemory {
  readonly #series: Board<Series>;

  /** `capacity`: the most pairs of symbol and interval; the one quiet for longest makes room. */
  constructor(capacity: number) {
    this.#series = new Board(capacity);
  }

  /** Pairs of symbol and interval. */
  get size(): number {
    return this.#series.size;
  }

  /** False when what is held is as new, and for days of other sessions than the regular one: those are read, not followed. */
  accept(bar: BarLine, changed: number): boolean {
    if (bar.interval === "1d" && bar.session !== "regular") return false;
    const key = seriesKey(bar.symbol, bar.interval);
    const series: Series = this.#series.get(key) ?? new Map();
    const held = series.get(bar.start);
    if (held && !isNewer(bar, held)) return false;
    series.delete(bar.start);
    series.set(bar.start, hold(bar, changed));
    if (series.size > BARS_HELD[bar.interval]) {
      const [quietest] = series.keys();
      if (quietest !== undefined) series.delete(quietest);
    }
    this.#series.set(key, series, changed);
    return true;
  }

  /** Oldest first. */
  bars(symbol: string, interval: Interval): LiveBar[] {
    return sorted(this.#series.get(seriesKey(symbol, interval))?.values() ?? []);
  }

  /** Those that changed after `cursor`, oldest first. */
  since(symbol: string, interval: Interval, cursor: number): LiveBar[] {
    const series = this.#series.getSince(seriesKey(symbol, interval), cursor);
    if (!series) return [];
    return sorted([...series.values()].filter(({ changed }) => changed > cursor));
  }
}

function seriesKey(symbol: string, interval: Interval): string {
  return `${symbol}|${interval}`;
}

function sorted(bars: Iterable<Held>): LiveBar[] {
  return [...bars].toSorted((a, b) => a.update.start - b.update.start);
}

function updateOf(bar: BarLine): LiveBar["update"] {
  const { symbol, interval, start, firing } = bar;
  return isPriced(bar) ? { symbol, interval, firing, ...builtView(bar) } : { symbol, interval, start, gone: true };
}

function hold(bar: BarLine, changed: number): Held {
  return {
    update: updateOf(bar),
    complete: bar.complete,
    epoch: bar.epoch,
    offset: bar.offset,
    line: bar.line,
    changed,
  };
}
