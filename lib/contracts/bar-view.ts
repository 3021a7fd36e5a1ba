import type { BarView } from "./views.ts";

/** The view and nothing else of what it is made from. */
export function plainView(bar: BarView): BarView {
  return {
    start: bar.start,
    open: bar.open,
    high: bar.high,
    low: bar.low,
    close: bar.close,
    volume: bar.volume,
    vwap: bar.vwap,
    trades: bar.trades,
    final: bar.final,
    revision: bar.revision,
    origin: bar.origin,
    partial: bar.partial,
  };
}

/** A bar that the engine built, stored or just told of, as the chart draws it. */
export function builtView(bar: Omit<BarView, "origin" | "partial"> & { complete: boolean }): BarView {
  return plainView({ ...bar, origin: "built", partial: !bar.complete });
}
