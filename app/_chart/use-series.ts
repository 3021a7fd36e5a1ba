"use client";
import { useCallback, useMemo, useRef, useSyncExternalStore } from "react";
import type { BarView } from "#lib/contracts/views.ts";
import type { BarSeries } from "./bar-series.ts";
import { extentOf, priceScale, union, volumeTop, type PriceScale, type Scaling } from "./_prepare/domains.ts";
import type { PriceRange } from "../_lib/price-scales.ts";

export const useClosed = (series: BarSeries): readonly BarView[] =>
  useSyncExternalStore(series.onClosed, series.closed, series.closed);

export const useForming = (series: BarSeries): BarView | null =>
  useSyncExternalStore(series.onForming, series.forming, series.forming);

/** The newest bar once it is final, as where the market has closed or a recording has ended; null while it forms. */
export function useEnded(series: BarSeries): BarView | null {
  const read = useCallback((): BarView | null => {
    const newest = series.forming();
    return newest?.final ? newest : null;
  }, [series]);
  return useSyncExternalStore(series.onForming, read, read);
}

/** The bars in sight. */
export interface Visible {
  bars: readonly BarView[];
  /** Position of the first of them. */
  first: number;
  /** Whether the newest bar is in sight. */
  newest: boolean;
}

export interface Scales {
  price: PriceScale;
  volumeTop: number;
}

const isSame = (a: Scales, b: Scales): boolean =>
  a.volumeTop === b.volumeTop &&
  a.price.kind === b.price.kind &&
  Object.is(a.price.base, b.price.base) &&
  a.price.low === b.price.low &&
  a.price.high === b.price.high &&
  a.price.step === b.price.step;

interface ScaleOptions {
  height: number;
  tickSize: number;
  scaling: Scaling;
  /** Prices besides those of the bars. */
  others: PriceRange | null;
  /** What is drawn of the newest bar. */
  shape: (bar: BarView) => BarView;
}

/** Scales of what is in sight; the chart re-renders only when the snapped ones move, not with every tick. */
export function useScales(series: BarSeries, visible: Visible, options: ScaleOptions): Scales {
  const { height, tickSize, scaling, others, shape } = options;
  const kept = useRef<Scales | null>(null);
  const still = useMemo(() => {
    const extent = extentOf(visible.bars);
    return others ? union(extent, { ...others, volume: 0 }) : extent;
  }, [visible, others]);
  const read = useCallback((): Scales => {
    const forming = visible.newest ? series.forming() : null;
    const extent = forming ? union(still, extentOf([shape(forming)])) : still;
    const scales = { price: priceScale(extent, height, tickSize, scaling), volumeTop: volumeTop(extent) };
    if (kept.current && isSame(kept.current, scales)) return kept.current;
    kept.current = scales;
    return scales;
  }, [series, visible, still, height, tickSize, scaling, shape]);
  return useSyncExternalStore(series.onForming, read, read);
}
