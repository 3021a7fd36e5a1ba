import type { AlertTrigger } from "../contracts/alerts.ts";
import { type BarLine, barId } from "../contracts/bars.ts";
import { type LatestLine, MAX_PRINTS_PER_LINE } from "../contracts/latest.ts";

export interface LiveBatch {
  bars: BarLine[];
  latest: LatestLine[];
  alerts: AlertTrigger[];
}

/** Lines that wait before they are conflated. */
export const LIVE_CAPACITY = 20_000;

/**
 * Lines that wait for a slow reader, in the order in which they came. Beyond LIVE_CAPACITY they are conflated: the newest line of each
 * symbol, with the prints of those it replaces (what exceeds a line's own limit is counted in `skipped`), and the newest of each bar;
 * if that is still too much, the bars that have waited longest are dropped. Alerts beyond it: the oldest make room, the log has them.
 */
export class LiveBuffer {
  readonly #capacity: number;
  #bars: BarLine[] = [];
  #latest: LatestLine[] = [];
  #alerts: AlertTrigger[] = [];

  constructor(capacity = LIVE_CAPACITY) {
    this.#capacity = capacity;
  }

  get isEmpty(): boolean {
    return this.#bars.length + this.#latest.length + this.#alerts.length === 0;
  }

  addBar(line: BarLine): void {
    this.#bars.push(line);
    if (this.#bars.length > this.#capacity) this.#conflateBars();
  }

  addLatest(line: LatestLine): void {
    this.#latest.push(line);
    if (this.#latest.length > this.#capacity) this.#latest = conflateLatest(this.#latest);
  }

  addAlert(alert: AlertTrigger): void {
    this.#alerts.push(alert);
    if (this.#alerts.length > this.#capacity) this.#alerts.shift();
  }

  take(): LiveBatch {
    const batch = { bars: this.#bars, latest: this.#latest, alerts: this.#alerts };
    this.#alerts = [];
    this.#bars = [];
    this.#latest = [];
    return batch;
  }

  /** Down to half the capacity, so that the next line does not do it all again. */
  #conflateBars(): void {
    const newest = new Map<string, BarLine>();
    for (const line of this.#bars) {
      const key = barId(line.symbol, line.interval, line.start);
      newest.delete(key); // so that order is that of the newest lines
      newest.set(key, line);
    }
    this.#bars = [...newest.values()].slice(-Math.ceil(this.#capacity / 2));
  }
}

/** The newest line of each symbol, with the prints of the older ones. */
export function conflateLatest(lines: readonly LatestLine[]): LatestLine[] {
  const newest = new Map<string, LatestLine>();
  for (const line of lines) {
    const before = newest.get(line.symbol);
    newest.delete(line.symbol);
    newest.set(line.symbol, before ? withPrintsOf(before, line) : line);
  }
  return [...newest.values()];
}

function withPrintsOf(before: LatestLine, line: LatestLine): LatestLine {
  const prints = [...(before.prints ?? []), ...(line.prints ?? [])];
  const kept = prints.slice(-MAX_PRINTS_PER_LINE);
  const skipped = (before.skipped ?? 0) + (line.skipped ?? 0) + prints.length - kept.length;
  return { ...line, prints: kept, skipped };
}
