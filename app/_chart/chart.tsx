"use client";
import { memo, useCallback, useEffect, useId, useMemo, useRef, useState, type Ref } from "react";
import type { Calendar, CalendarName } from "#lib/domain/calendar/calendar.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import type { ChartType } from "../_lib/chart-link.ts";
import { decimalsOf } from "../_lib/format.ts";
import type { Older } from "./bar-loader.ts";
import { ChartPanes } from "./chart-panes.tsx";
import { CrosshairStore } from "./crosshair-store.ts";
import { CrosshairView } from "./crosshair.tsx";
import { HeldMarks } from "./held-marks.tsx";
import { HistoryEdge } from "./history-edge.tsx";
import { LastPrice } from "./last-price.tsx";
import type { ChartLayout } from "./layout.ts";
import { Lineage } from "./lineage.tsx";
import { PickedBar, Seams, StaleHatch } from "./marks.tsx";
import { popoverPlace } from "./_prepare/popover.ts";
import { volumeProfile } from "./_prepare/profile.ts";
import { bySession, plusBar, sessionSums, vwapOf } from "./_prepare/session-vwap.ts";
import { timeTicks } from "./_prepare/ticks.ts";
import { screensBefore, xOf, type Stage } from "./_prepare/viewport.ts";
import { RangeMark } from "./range-mark.tsx";
import { type ChosenRange, useRange } from "./use-range.ts";
import { ProfileHead } from "./profile-head.tsx";
import { Readout } from "./readout.tsx";
import { ChartSummary } from "./summary.tsx";
import type { ChartData } from "./use-chart-data.ts";
import { useChartKeys, type ChartHandle } from "./use-chart-keys.ts";
import { useGestures } from "./use-gestures.ts";
import { useClosed, useScales, type Visible } from "./use-series.ts";
import { savedViewport, useViewReport, type ReportedView, type SavedView } from "./use-view-report.ts";
import { useViewport } from "./use-viewport.ts";
import { useBarZone } from "../_live/zone.ts";
import { useVisible } from "./use-visible.ts";

interface ChartProps {
  data: ChartData;
  /** What days and sessions are. */
  calendar: CalendarName;
  older: Older;
  type: ChartType;
  tickSize: number;
  previousClose: number | null;
  stale: boolean;
  phone: boolean;
  layout: ChartLayout;
  saved: SavedView;
  onView: (view: ReportedView) => void;
  handle: Ref<ChartHandle>;
  range: ChosenRange | null;
  onRange: (range: ChosenRange | null) => void;
}

/** Bins of the volume profile. */
const BINS = 44;
/** Pixels between labels of the time axis, at least. */
const LABEL_GAP = 90;
/** Older bars are read before the oldest held comes within so many screens. */
const READ_AHEAD = 1.5;

/** The session's VWAP after each bar in sight, and by position. */
function useVwap(data: ChartData, calendar: Calendar, closed: ReturnType<typeof useClosed>, visible: Visible) {
  const { series, interval } = data;
  const sums = useMemo(() => (interval === "1d" ? null : sessionSums(calendar, closed)), [calendar, closed, interval]);
  const vwapAt = useCallback(
    (position: number) => {
      const forming = position === series.last ? series.forming() : null;
      if (forming) return vwapOf(plusBar(calendar, sums?.at(-1) ?? null, forming));
      return vwapOf(sums?.[position - series.first] ?? null);
    },
    [calendar, sums, series],
  );
  const vwap = useMemo(() => {
    const { bars, first } = visible;
    return bySession(
      calendar,
      bars,
      first,
      bars.map((_, i) => vwapAt(first + i)),
    );
  }, [calendar, visible, vwapAt]);
  return { vwap, vwapAt };
}

/** A chart of bars: panes that Recharts scales, and over them what moves with the pointer and the clock. */
export const Chart = memo(function Chart(props: ChartProps) {
  const { data, calendar, older, type, tickSize, previousClose, stale, phone, layout, saved, onView, handle } = props;
  const { range, onRange } = props;
  const { series, loader, interval, symbol } = data;
  const element = useRef<HTMLDivElement>(null);
  const summaryId = useId();
  const [crosshair] = useState(() => new CrosshairStore());
  const [picked, setPicked] = useState<number | null>(null);
  const closed = useClosed(series);
  const stage = useMemo(
    (): Stage => ({ width: layout.plotWidth, first: series.first, last: series.last }),
    // `closed` stands for the series, which lives outside React.
    // oxlint-disable-next-line react/exhaustive-deps
    [layout.plotWidth, series, closed],
  );
  const [view, act] = useViewport(stage, (around) => savedViewport(around, data, saved));
  const visible = useVisible(closed, series, view, layout.plotWidth);
  const scales = useScales(series, visible, layout.plotHeight, tickSize);
  const decimals = decimalsOf(tickSize);
  const { vwap, vwapAt } = useVwap(data, calendarOf(calendar), closed, visible);
  const zone = useBarZone(interval);
  const ticks = useMemo(
    () => timeTicks(visible.bars, visible.first, { zone, interval, step: view.step, gap: LABEL_GAP }),
    [visible, zone, interval, view.step],
  );
  const { low, high } = scales.price;
  const profile = useMemo(
    () => (phone ? null : volumeProfile(visible.bars, low, high, BINS)),
    [visible, low, high, phone],
  );

  const near = screensBefore(view, stage) < READ_AHEAD;
  useEffect(() => {
    if (near && older.state === "idle") loader.loadOlder();
  }, [near, older, loader]);
  useViewReport(view, stage, data, onView);
  const pick = (position: number): void => {
    setPicked((before) => (before === position || !series.at(position) ? null : position));
  };
  const ranging = useRange({ data, calendar, view, width: layout.plotWidth, range, onRange });
  const gestures = useGestures({ element, layout, view, act, crosshair, onPick: pick, onDragRange: ranging.drag });
  useChartKeys({ handle, act, crosshair, view, data, picked, setPicked, ranging });

  const overlay = { series, layout, view, interval, calendar, scale: scales.price, decimals };
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
      {...gestures}
    >
      <div className={stale ? "panes oldchart" : "panes"}>
        <ChartPanes
          {...{ series, layout, view, visible, scales, ticks, type, decimals, vwap, previousClose, profile }}
        />
      </div>
      <svg className="overlay" width={layout.width} height={layout.height} aria-hidden="true">
        <Seams layout={layout} />
        {ranging.marked && <RangeMark {...overlay} range={ranging.marked} />}
        {stale && <StaleHatch {...overlay} />}
        <LastPrice {...overlay} stale={stale} />
        <HeldMarks {...overlay} symbol={symbol} />
        {picked !== null && <PickedBar {...overlay} position={picked} />}
        <CrosshairView {...overlay} store={crosshair} />
        {profile && <ProfileHead layout={layout} control={profile.bins[profile.control]} decimals={decimals} />}
      </svg>
      <Readout
        {...{ series, crosshair, interval, calendar, decimals, vwapAt, previousClose }}
        volumeTop={layout.priceHeight}
      />
      <HistoryEdge older={older} room={xOf(view, stage.first)} onRetry={loader.loadOlder} />
      {pickedBar && picked !== null && (
        <Lineage
          key={pickedBar.start}
          symbol={symbol}
          interval={interval}
          calendar={calendar}
          bar={pickedBar}
          place={phone ? null : popoverPlace(xOf(view, picked), pickedBar.high, scales.price, layout)}
          onClose={() => setPicked(null)}
        />
      )}
      <ChartSummary id={summaryId} symbol={symbol} interval={interval} bars={visible.bars} decimals={decimals} />
    </div>
  );
});
