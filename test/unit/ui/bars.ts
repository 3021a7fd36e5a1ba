import type { BarView } from "#lib/contracts/views.ts";

/** A final built bar at `start`, changed as wanted. */
export function bar(start: number, change: Partial<BarView> = {}): BarView {
  return {
    start,
    open: 100,
    high: 101,
    low: 99,
    close: 100.5,
    volume: 10,
    vwap: 100,
    trades: 5,
    final: true,
    revision: 0,
    origin: "built",
    partial: false,
    ...change,
  };
}

/** `count` bars, `length` apart. */
export function run(count: number, length: number, from = 0): BarView[] {
  return Array.from({ length: count }, (_, i) => bar(from + i * length));
}
