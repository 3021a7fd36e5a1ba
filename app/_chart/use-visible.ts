"use client";
import { useMemo } from "react";
import type { BarView } from "#lib/contracts/views.ts";
import type { BarSeries } from "./bar-series.ts";
import { between } from "./_prepare/pieces.ts";
import { positionAt, type PlacedView } from "./_prepare/viewport.ts";
import type { Visible } from "./use-series.ts";

/** The closed bars in sight and one beyond each edge; the same object while the same bars are. */
export function useVisible(closed: readonly BarView[], series: BarSeries, view: PlacedView, width: number): Visible {
  const from = Math.floor(positionAt(view, 0)) - 1;
  const to = Math.ceil(positionAt(view, width)) + 1;
  return useMemo((): Visible => {
    const { first, last } = series;
    return { ...between({ bars: closed, first }, from, to + 1), newest: last >= from && last <= to };
  }, [closed, series, from, to]);
}
