"use client";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { PriceRange, ScaleKind } from "../_lib/price-scales.ts";
import { beforePaint, waitsForPaint } from "../_ui/before-paint.ts";
import type { BarSeries } from "./bar-series.ts";
import type { PriceScale } from "./_prepare/domains.ts";
import type { PriceMove } from "./_prepare/price-keys.ts";
import { isDrawable, movedRange } from "./_prepare/price-units.ts";
import { useScales, type Scales, type Visible } from "./use-series.ts";
import type { Shaped } from "./use-shape.ts";

interface PriceAxisOptions {
  kind: ScaleKind;
  /** What else is to be in sight; null for nothing. */
  others: PriceRange | null;
  height: number;
  tickSize: number;
  /** Position at the plot's left edge: percentages count from the first bar right of it. */
  left: number;
  /** The range that a link asks for. */
  saved: PriceRange | null;
}

export interface PriceAxis {
  scales: Scales;
  /** The range set by hand; null while the axis follows the bars in sight. */
  manual: PriceRange | null;
  move: (move: PriceMove) => void;
  follow: () => void;
  /** Moves prices with the pointer, pixels down; null while the axis follows. */
  drag: ((down: number) => void) | null;
}

/** Gestures on prices: each from where the one before ended, also where several come between two paints. */
function useMoves(scale: PriceScale, tickSize: number, setRange: (range: PriceRange | null) => void) {
  const newest = useRef(scale);
  useEffect(() => {
    if (!waitsForPaint(newest)) newest.current = scale;
  });
  return useCallback(
    (move: PriceMove) => {
      const next = move(newest.current);
      if (next && !isDrawable(next, tickSize)) return;
      if (next) newest.current = { ...newest.current, ...next };
      beforePaint(newest, () => setRange(next));
    },
    [setRange, tickSize],
  );
}

/** From what percentages count: the close of the first bar right of the plot's left edge; where none has closed yet, the open of the newest. */
export function closeOfFirst(series: BarSeries, { bars, first }: Visible, left: number): number {
  return bars[Math.max(0, Math.ceil(left) - first)]?.close ?? series.forming()?.open ?? Number.NaN;
}

/** The price axis: of the bars in sight until somebody sets it, which no tick undoes. */
export function usePriceAxis(
  series: BarSeries,
  visible: Visible,
  { visible: drawn, shape }: Shaped,
  { kind, others, height, tickSize, left, saved }: PriceAxisOptions,
): PriceAxis {
  const [manual, setManual] = useState(saved);
  const isRelative = kind === "percent" || kind === "indexed";
  const base = isRelative ? closeOfFirst(series, visible, left) : Number.NaN;
  const scaling = useMemo(() => ({ kind, base, manual }), [kind, base, manual]);
  const scales = useScales(series, drawn, { height, tickSize, scaling, others, shape });
  const move = useMoves(scales.price, tickSize, setManual);
  const follow = useCallback(() => move(() => null), [move]);
  const drag = useMemo(
    () => manual && ((down: number): void => move((scale) => movedRange(scale, down / height))),
    [manual, move, height],
  );
  return { scales, manual, move, follow, drag };
}
