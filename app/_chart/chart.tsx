"use client";
import { memo, useId, useRef, useState, type Ref } from "react";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import type { ChartType } from "../_lib/chart-types.ts";
import { decimalsOf } from "../_lib/format.ts";
import type { Older } from "./bar-loader.ts";
import type { ScaleKind } from "../_lib/price-scales.ts";
import { Axes } from "./axes.tsx";
import { ChartOverlay } from "./chart-overlay.tsx";
import { ChartPanes } from "./chart-panes.tsx";
import { DrawingControls } from "./_drawings/drawing-controls.tsx";
import { DrawingsLayer } from "./_drawings/drawings-layer.tsx";
import { useDrawing } from "./_drawings/use-drawing.ts";
import { CrosshairStore } from "./crosshair-store.ts";
import { HistoryEdge } from "./history-edge.tsx";
import type { ChartLayout } from "./layout.ts";
import { Lineage } from "./lineage.tsx";
import { popoverPlace } from "./_prepare/popover.ts";
import { xOf } from "./_prepare/viewport.ts";
import { type ChosenRange, useRange } from "./use-range.ts";
import { ProfileNote } from "./profile-head.tsx";
import { Readouts } from "./readouts.tsx";
import { Revisions } from "./revision-list.tsx";
import { ChartSummary } from "./summary.tsx";
import type { ChartData } from "./use-chart-data.ts";
import { useChartKeys, type ChartHandle } from "./use-chart-keys.ts";
import { usePicked } from "./use-picked.ts";
import { useCrosshairLink } from "./use-crosshair-link.ts";
import { usePlacedHalts } from "./use-halts.ts";
import { useGestures } from "./use-gestures.ts";
import type { Studies } from "./studies.ts";
import { useDerived } from "./use-derived.ts";
import { useOlder } from "./use-older.ts";
import { useScene } from "./use-scene.ts";
import type { ReportedView, SavedView } from "./use-view-report.ts";

interface ChartProps {
  data: ChartData;
  /** What days and sessions are. */
  calendar: CalendarName;
  older: Older;
  type: ChartType;
  /** Closed time takes its true width. */
  linear: boolean;
  scale: ScaleKind;
  tickSize: number;
  previousClose: number | null;
  stale: boolean;
  phone: boolean;
  layout: ChartLayout;
  saved: SavedView;
  onView: (view: ReportedView) => void;
  handle: Ref<ChartHandle>;
  /** What is drawn besides the bars. */
  studies: Studies;
  /** Start of the bar whose lineage lies open at first. */
  opened: number | null;
  range: ChosenRange | null;
  onRange: (range: ChosenRange | null) => void;
}

/** A chart of bars: panes with the axes of Recharts, and over them what moves with the pointer and the clock. */
export const Chart = memo(function Chart(props: ChartProps) {
  const { data, calendar, older, type, tickSize, previousClose, stale, phone, layout } = props;
  const { handle, studies, range, onRange } = props;
  const { series, loader, interval, symbol } = data;
  const element = useRef<HTMLDivElement>(null);
  const summaryId = useId();
  const [crosshair] = useState(() => new CrosshairStore());
  useCrosshairLink(crosshair, data, calendar);
  const scene = useScene(data, { ...props, symbols: studies.comparing.symbols });
  const { closed, held, stage, view, act, visible, shaped, price, comparedLines, reset } = scene;
  const decimals = decimalsOf(tickSize);
  const { scales } = price;
  const derived = { chosen: studies.choosing.chosen, older, closed, visible, view, layout, scales };
  const { indicators, ticks, profile } = useDerived(data, calendar, derived);
  useOlder(data, older, view, stage);
  const { picked, setPicked, pick, show } = usePicked(series, view.axis, act, props.opened);
  const ranging = useRange({ data, calendar, view, width: layout.plotWidth, range, onRange });
  const { drawing: session } = studies;
  const drawing = useDrawing({ session, data, scene, element, crosshair, calendar, layout, tickSize });
  const gestures = useGestures({
    element,
    layout,
    view,
    act,
    crosshair,
    onPick: drawing.orElse(pick),
    onDragRange: ranging.drag,
    onDragPrices: price.drag,
    onReset: reset,
  });
  const halts = usePlacedHalts(data, calendar);
  const keys = { handle, element, act, crosshair, view, data, picked, setPicked, ranging, layout };
  useChartKeys({ ...keys, price: price.move, scale: scales.price, before: drawing.key, onReset: reset });

  const overlay = { symbol, series, layout, view, interval, calendar, scale: scales.price, decimals };
  const pickedBar = picked === null ? undefined : series.at(picked);
  return (
    <div
      ref={element}
      className="plot"
      // The keys move and zoom it: it must take the focus.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="group"
      aria-label={`${symbol}, ${interval} ${type}; arrows move, plus and minus zoom, 0 chooses what is in sight`}
      aria-describedby={summaryId}
      {...drawing.before(gestures)}
    >
      <div className={stale ? "panes oldchart" : "panes"}>
        <ChartPanes
          {...{ series, layout, view, closed: held, visible, shaped, scales, ticks, type, decimals, tickSize }}
          {...{ calendar: calendarOf(calendar), indicators, comparedLines, previousClose, profile }}
        />
      </div>
      <ChartOverlay {...overlay} {...{ visible, stale, halts, profile, picked, crosshair }} range={ranging.marked}>
        <DrawingsLayer {...{ session, closed, decimals }} plane={drawing.plane} />
      </ChartOverlay>
      {profile && <ProfileNote {...{ profile, decimals }} />}
      <Readouts
        {...{ series, crosshair, interval, calendar, decimals, previousClose, layout }}
        {...{ indicators, comparedLines, studies, halts }}
        heikinAshiAt={shaped.heikinAshiAt}
      />
      <Axes layout={layout} act={act} price={price.move} auto={price.manual === null} />
      <Revisions {...{ series, interval, decimals }} top={layout.priceHeight} onShow={show} />
      <DrawingControls {...{ session, decimals }} plane={drawing.plane} />
      <HistoryEdge
        {...{ older, onRetry: loader.loadOlder }}
        room={xOf(view, series.first)}
        floor={layout.height - layout.priceHeight}
      />
      {pickedBar && picked !== null && (
        <Lineage
          key={pickedBar.start}
          symbol={symbol}
          interval={interval}
          calendar={calendar}
          bar={pickedBar}
          series={series}
          decimals={decimals}
          place={phone ? null : popoverPlace(xOf(view, picked), pickedBar.high, scales.price, layout)}
          onClose={() => setPicked(null)}
        />
      )}
      <ChartSummary id={summaryId} {...{ symbol, interval, visible, series, decimals, halts }} />
    </div>
  );
});
