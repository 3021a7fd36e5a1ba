"use client";
import { memo } from "react";
import type { ChartType } from "../_lib/chart-link.ts";
import {
  ClosedCandles,
  ClosedLine,
  ClosedVolume,
  FormingCandle,
  FormingLine,
  FormingVolume,
  ProfileLayer,
  ReferenceLines,
  TimeLines,
} from "./layers.tsx";
import type { BarSeries } from "./bar-series.ts";
import { VOLUME_TOP, type ChartLayout } from "./layout.ts";
import { PricePane, VolumePane } from "./panes.tsx";
import type { Profile } from "./_prepare/profile.ts";
import type { Segment } from "./_prepare/session-vwap.ts";
import type { TimeTick } from "./_prepare/ticks.ts";
import { rightOf, type Viewport } from "./_prepare/viewport.ts";
import type { Scales, Visible } from "./use-series.ts";

interface ChartPanesProps {
  series: BarSeries;
  layout: ChartLayout;
  view: Viewport;
  visible: Visible;
  scales: Scales;
  ticks: readonly TimeTick[];
  type: ChartType;
  decimals: number;
  vwap: readonly Segment[];
  previousClose: number | null;
  profile: Profile | null;
}

/** Price above, volume below, on one axis of positions. Nothing in here is drawn again by a tick but the forming bar. */
export const ChartPanes = memo(function ChartPanes(props: ChartPanesProps) {
  const { series, layout, view, visible, scales, ticks, type, decimals, vwap, previousClose, profile } = props;
  const pane = { layout, left: view.left, right: rightOf(view, layout.plotWidth) };
  const bars = { visible, step: view.step };
  const [Closed, Forming] = type === "candles" ? [ClosedCandles, FormingCandle] : [ClosedLine, FormingLine];
  return (
    <>
      <PricePane {...pane} scale={scales.price} decimals={decimals} series={series}>
        <TimeLines ticks={ticks} step={view.step} above={layout.gap} />
        {profile && <ProfileLayer profile={profile} width={layout.profile} />}
        <Closed {...bars} />
        <ReferenceLines step={view.step} vwap={vwap} previousClose={previousClose} />
        <Forming {...bars} series={series} />
      </PricePane>
      <VolumePane {...pane} top={scales.volumeTop} ticks={ticks}>
        <TimeLines ticks={ticks} step={view.step} above={VOLUME_TOP} />
        <ClosedVolume {...bars} />
        <FormingVolume {...bars} series={series} />
      </VolumePane>
    </>
  );
});
