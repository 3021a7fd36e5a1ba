"use client";
import { useCallback, useMemo } from "react";
import type { ChartType } from "../_lib/chart-types.ts";
import { INTERVAL_LENGTH } from "#lib/domain/interval.ts";
import type { ChartLayout } from "./layout.ts";
import { linearAxis, SIDE_BY_SIDE } from "./_prepare/time-axis.ts";
import { atNewest, DEFAULT_STEP, type PlacedView, positionAt, type Stage } from "./_prepare/viewport.ts";
import type { ChartData } from "./use-chart-data.ts";
import { comparable, type ScaleKind } from "../_lib/price-scales.ts";
import { extentOfLines } from "./_prepare/compared-values.ts";
import { useComparedData, useComparedLines } from "./use-compared.ts";
import { useRangeLink } from "./use-range-link.ts";
import { closeOfFirst, usePriceAxis } from "./use-price-axis.ts";
import { useClosed } from "./use-series.ts";
import { useShape } from "./use-shape.ts";
import { savedViewport, useViewReport, type ReportedView, type SavedView } from "./use-view-report.ts";
import { useViewport } from "./use-viewport.ts";
import { useVisible } from "./use-visible.ts";

interface SceneOptions {
  type: ChartType;
  /** Closed time takes its true width. */
  linear: boolean;
  /** What the price axis shows. */
  scale: ScaleKind;
  tickSize: number;
  layout: ChartLayout;
  saved: SavedView;
  /** Symbols to compare with; they are drawn in percent. */
  symbols: readonly string[];
  onView: (view: ReportedView) => void;
}

/** What is in sight: bars, the way they are drawn, and both axes with what moves them. */
export function useScene(data: ChartData, options: SceneOptions) {
  const { type, linear, scale, tickSize, layout, saved, symbols, onView } = options;
  const { series, interval } = data;
  const closed = useClosed(series);
  const axis = useMemo(
    () => (linear ? linearAxis(series, INTERVAL_LENGTH[interval]) : SIDE_BY_SIDE),
    // `closed` stands for the series, which lives outside React: what draws by the axis draws again when bars come.
    // oxlint-disable-next-line react/exhaustive-deps
    [series, interval, linear, linear ? closed : null],
  );
  const stage = useMemo(
    (): Stage => ({ width: layout.plotWidth, first: axis.slot(series.first), last: axis.slot(series.last) }),
    // As above.
    // oxlint-disable-next-line react/exhaustive-deps
    [layout.plotWidth, series, axis, closed],
  );
  const [bare, move] = useViewport(stage, (around) => savedViewport(around, data, axis, saved));
  const view = useMemo((): PlacedView => ({ ...bare, axis }), [bare, axis]);
  const act = useRangeLink({ series, view, stage, act: move });
  const { first } = series;
  const held = useMemo(() => ({ bars: closed, first }), [closed, first]);
  const visible = useVisible(closed, series, view, layout.plotWidth);
  const shaped = useShape(type, held, series, visible);
  const compared = useComparedData(symbols, data);
  const left = positionAt(view, 0);
  const base = closeOfFirst(series, visible, left);
  const comparedLines = useComparedLines(compared, visible, left, base);
  const others = useMemo(() => extentOfLines(comparedLines), [comparedLines]);
  const price = usePriceAxis(series, visible, shaped, {
    kind: compared.length > 0 ? comparable(scale) : scale,
    others,
    height: layout.plotHeight,
    tickSize,
    left,
    saved: saved.prices,
  });
  useViewReport(view, stage, data, price.manual, onView);
  const { follow } = price;
  const reset = useCallback((): void => {
    act((_, around) => atNewest(around, DEFAULT_STEP));
    follow();
  }, [act, follow]);
  return { closed, held, stage, view, act, visible, shaped, price, comparedLines, reset };
}
