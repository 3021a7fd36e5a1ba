"use client";
import { memo, useMemo } from "react";
import type { Calendar } from "#lib/domain/calendar/calendar.ts";
import type { ChartType } from "../_lib/chart-types.ts";
import { ClosedVolume, FormingVolume, ProfileLayer, ReferenceLines, TimeLines } from "./layers.tsx";
import type { BarSeries } from "./bar-series.ts";
import { SHAPES } from "./shapes.tsx";
import type { Shaped } from "./use-shape.ts";
import { VOLUME_TOP, type ChartLayout } from "./layout.ts";
import { PricePane, TimePane, VolumePane } from "./panes.tsx";
import type { PlacedBars } from "./_prepare/pieces.ts";
import type { Profile } from "./_prepare/profile.ts";
import type { TimeTick } from "./_prepare/ticks.ts";
import type { PlacedView } from "./_prepare/viewport.ts";
import type { Scales, Visible } from "./use-series.ts";
import { ClosedCompared, FormingCompared } from "./compared-lines.tsx";
import type { ComparedLine } from "./use-compared.ts";
import { ClosedIndicator, FormingIndicator } from "./indicator-lines.tsx";
import { IndicatorPane } from "./indicator-pane.tsx";
import { isInPane } from "../_lib/chosen-indicators.ts";
import type { DrawnIndicator } from "./use-indicators.ts";

interface ChartPanesProps {
  series: BarSeries;
  layout: ChartLayout;
  view: PlacedView;
  visible: Visible;
  /** All closed bars that are held. */
  closed: PlacedBars;
  /** The same bars as the type draws them. */
  shaped: Shaped;
  scales: Scales;
  ticks: readonly TimeTick[];
  type: ChartType;
  decimals: number;
  tickSize: number;
  calendar: Calendar;
  indicators: readonly DrawnIndicator[];
  comparedLines: readonly ComparedLine[];
  previousClose: number | null;
  profile: Profile | null;
}

/** Price above, volume below, on one axis of positions. Nothing in here is drawn again by a tick but the forming bar. */
export const ChartPanes = memo(function ChartPanes(props: ChartPanesProps) {
  const { series, layout, view, visible, shaped, scales, ticks, type, decimals, tickSize } = props;
  const { calendar, closed, indicators, comparedLines, previousClose, profile } = props;
  const overlays = indicators.filter(({ chosen }) => !isInPane(chosen));
  const lower = indicators.filter(({ chosen }) => isInPane(chosen));
  const lines = { calendar, visible };
  const pane = { layout, view };
  const { Closed, Forming } = SHAPES[type];
  const sight = useMemo(() => ({ from: visible.first, to: visible.first + visible.bars.length }), [visible]);
  const bars = { closed, sight };
  return (
    <>
      <PricePane {...pane} scale={scales.price} decimals={decimals} tickSize={tickSize} series={series}>
        <TimeLines ticks={ticks} above={layout.gap} />
        {profile && <ProfileLayer profile={profile} width={layout.profile} />}
        <Closed closed={shaped.closed} sight={sight} />
        <ReferenceLines previousClose={previousClose} />
        {overlays.map((drawn) => (
          <ClosedIndicator key={drawn.place} {...bars} calendar={calendar} drawn={drawn} />
        ))}
        {comparedLines.map((line) => (
          <ClosedCompared key={line.symbol} line={line} visible={visible} />
        ))}
        {comparedLines.map((line) => (
          <FormingCompared key={line.symbol} {...{ line, visible, series }} base={scales.price.base} />
        ))}
        <Forming visible={visible} series={series} shape={shaped.shape} before={shaped.before} />
        {overlays.map((drawn) => (
          <FormingIndicator key={drawn.place} {...lines} drawn={drawn} series={series} />
        ))}
      </PricePane>
      <VolumePane {...pane} top={scales.volumeTop}>
        <TimeLines ticks={ticks} above={VOLUME_TOP} />
        <ClosedVolume {...bars} />
        <FormingVolume shown={visible.newest} series={series} />
      </VolumePane>
      {lower.map((drawn) => (
        <IndicatorPane key={drawn.place} {...{ drawn, calendar, series, visible, ticks }} {...bars} {...pane} />
      ))}
      <TimePane {...pane} ticks={ticks} />
    </>
  );
});
