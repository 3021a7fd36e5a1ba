"use client";
import type { ReactNode } from "react";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import type { Interval } from "#lib/domain/interval.ts";
import { AlertLines } from "./alert-lines.tsx";
import { ActionMarks } from "./action-marks.tsx";
import type { BarSeries } from "./bar-series.ts";
import type { CrosshairStore } from "./crosshair-store.ts";
import { CrosshairView } from "./crosshair.tsx";
import { HaltMarks } from "./halt-marks.tsx";
import { HeldMarks } from "./held-marks.tsx";
import { LastPrice } from "./last-price.tsx";
import type { ChartLayout } from "./layout.ts";
import { PickedBar, Seams, StaleHatch } from "./marks.tsx";
import type { PlacedHalt } from "./_prepare/halts.ts";
import type { PriceScale } from "./_prepare/domains.ts";
import type { Profile } from "./_prepare/profile.ts";
import type { PlacedView } from "./_prepare/viewport.ts";
import { ProfileHead } from "./profile-head.tsx";
import { RangeMark } from "./range-mark.tsx";
import { RevisionMarks } from "./revision-marks.tsx";
import { SessionBands } from "./session-bands.tsx";
import type { BarRange } from "./use-range.ts";
import type { Visible } from "./use-series.ts";

interface ChartOverlayProps {
  symbol: string;
  series: BarSeries;
  layout: ChartLayout;
  view: PlacedView;
  interval: Interval;
  calendar: CalendarName;
  scale: PriceScale;
  decimals: number;
  visible: Visible;
  stale: boolean;
  halts: readonly PlacedHalt[];
  profile: Profile | null;
  range: BarRange | null;
  /** Position of the bar that was asked where it comes from. */
  picked: number | null;
  crosshair: CrosshairStore;
  /** What somebody drew. */
  children: ReactNode;
}

/** What lies over the panes: marks that move with the pointer, the clock or a tick, and would draw the bars anew inside them. */
export function ChartOverlay({
  symbol,
  visible,
  stale,
  halts,
  profile,
  range,
  picked,
  crosshair,
  children,
  ...over
}: ChartOverlayProps) {
  const { layout, decimals } = over;
  return (
    <svg className="overlay" width={layout.width} height={layout.height} aria-hidden="true">
      <Seams layout={layout} />
      <SessionBands {...over} visible={visible} />
      <HaltMarks {...over} halts={halts} />
      <RevisionMarks {...over} />
      {range && <RangeMark {...over} range={range} />}
      <ActionMarks {...over} />
      <AlertLines {...over} symbol={symbol} />
      {stale && <StaleHatch {...over} />}
      {children}
      <LastPrice {...over} stale={stale} halted={halts.at(-1)?.halt.to === null} />
      <HeldMarks {...over} symbol={symbol} />
      {picked !== null && <PickedBar {...over} position={picked} />}
      <CrosshairView {...over} store={crosshair} />
      {profile && <ProfileHead {...{ layout, profile, decimals }} />}
    </svg>
  );
}
