"use client";
import type { Ref } from "react";
import type { InstrumentView } from "#lib/contracts/views.ts";

import { decimalsOf, price } from "../_lib/format.ts";
import { useQuote, useStale } from "../_live/hooks.ts";
import { Notice, useTrouble } from "../_shell/notice.tsx";
import { Failure } from "../_ui/failure.tsx";
import { Late } from "../_ui/late.tsx";
import { usePhone } from "../_ui/use-phone.ts";
import { useSize } from "../_ui/use-size.ts";
import type { Studies } from "../_chart/studies.ts";
import { isInPane } from "../_lib/chosen-indicators.ts";
import { Chart } from "../_chart/chart.tsx";
import type { ChartHandle } from "../_chart/use-chart-keys.ts";
import type { ReportedView, SavedView } from "../_chart/use-view-report.ts";
import { chartLayout } from "../_chart/layout.ts";
import type { LoaderState } from "../_chart/bar-loader.ts";
import type { ChartData } from "../_chart/use-chart-data.ts";
import { useForming } from "../_chart/use-series.ts";
import type { ScaleKind } from "../_lib/price-scales.ts";
import type { ChartType } from "../_lib/chart-types.ts";
import { useMemo } from "react";
import type { TimeRange } from "./use-distribution.ts";

interface ChartPanelProps {
  instrument: InstrumentView;
  shown: ChartData | null;
  wanted: ChartData;
  state: LoaderState;
  type: ChartType;
  /** Closed time takes its true width. */
  linear: boolean;
  scale: ScaleKind;
  studies: Studies;
  saved: SavedView;
  onView: (view: ReportedView) => void;
  handle: Ref<ChartHandle>;
  /** The range that is looked at closer. */
  /** Start of the bar whose lineage lies open at first. */
  opened: number | null;
  range: TimeRange | null;
  onRange: (range: TimeRange | null) => void;
}

/** A chart narrower than this is laid out as on a phone, pixels. */
const NARROW = 560;

/** The chart in each of its states: arriving, empty, failed, live, stale. */
export function ChartPanel(props: ChartPanelProps) {
  const { instrument, shown, wanted, state, studies } = props;
  const lower = studies.choosing.chosen.filter(isInPane).length;
  const [box, size] = useSize<HTMLDivElement>();
  const phone = usePhone();
  const narrow = phone || size.width < NARROW;
  const traded = instrument.legs === undefined;
  const layout = useMemo(
    () => chartLayout(size.width, size.height, narrow, lower, traded),
    [size, narrow, lower, traded],
  );
  const ready = shown !== null && shown.series.length > 0;
  return (
    <section className="panel chart" aria-label="Chart" aria-busy={shown !== wanted}>
      <h2 className="sr">Bars</h2>
      {shown && <NewestClose data={shown} instrument={instrument} />}
      <div className="fill" ref={box}>
        {ready && layout.plotWidth > 60 && layout.plotHeight > 60 ? (
          <Drawn {...props} shown={shown} layout={layout} phone={phone} />
        ) : (
          <Waiting instrument={instrument} state={state} wanted={wanted} />
        )}
        <PanelNotice symbol={instrument.symbol} />
      </div>
    </section>
  );
}

function PanelNotice({ symbol }: { symbol: string }) {
  const quote = useQuote(symbol);
  return <Notice newest={quote?.time ?? null} />;
}

interface DrawnProps extends Omit<ChartPanelProps, "shown"> {
  shown: ChartData;
  layout: ReturnType<typeof chartLayout>;
  phone: boolean;
}

function Drawn(props: DrawnProps) {
  const {
    instrument,
    shown,
    wanted,
    state,
    type,
    linear,
    scale,
    studies,
    saved,
    onView,
    handle,
    layout,
    phone,
    opened,
    range,
    onRange,
  } = props;
  const quote = useQuote(instrument.symbol);
  const trouble = useTrouble();
  const stale = useStale(instrument);
  return (
    <Chart
      key={`${shown.symbol}|${shown.interval}|${shown.regular}|${shown.adjust}|${linear}`}
      handle={handle}
      opened={opened}
      range={range}
      onRange={onRange}
      data={shown}
      older={shown === wanted ? state.older : { state: "loading" }}
      type={type}
      linear={linear}
      scale={scale}
      studies={studies}
      calendar={instrument.calendar}
      tickSize={instrument.tickSize}
      previousClose={quote?.previousClose ?? null}
      stale={stale || trouble !== null}
      phone={phone}
      layout={layout}
      saved={saved}
      onView={onView}
    />
  );
}

/** The newest close as text: for those who do not see the drawing. */
function NewestClose({ data, instrument }: { data: ChartData; instrument: InstrumentView }) {
  const bar = useForming(data.series);
  return (
    <output className="sr" aria-label="Last price" aria-live="off">
      {price(bar?.close, decimalsOf(instrument.tickSize))}
    </output>
  );
}

function emptyWords({ legs }: InstrumentView): string {
  if (!legs) return "The first trade draws the first bar.";
  return legs[0].calendar === legs[1].calendar
    ? "The first window in which both trade draws the first bar."
    : "The two trade at different hours: bars of 1s, 1m and 5m begin together, hours and days do not.";
}

function Waiting({ instrument, state, wanted }: Pick<ChartPanelProps, "instrument" | "state" | "wanted">) {
  if (state.phase === "failed") {
    return (
      <Failure
        title="The bars could not be read"
        error={state.error}
        still="Prices, quotes and trades go on beside it."
        onRetry={wanted.loader.start}
      />
    );
  }
  if (state.phase === "loading") {
    return (
      <div className="calm" aria-busy="true">
        <Late>
          <p role="status">Loading {wanted.interval} bars</p>
        </Late>
      </div>
    );
  }
  if (state.older.state === "arriving") {
    const share = Math.round(state.older.progress * 100);
    return (
      <div className="calm" role="status">
        <h3>History is arriving</h3>
        <p>
          {instrument.name} is asked for its {wanted.interval} bars; they show as they come.
        </p>
        <p>
          <span className="progress">
            <i style={{ width: `${share}%` }} />
          </span>
          {share} %
        </p>
      </div>
    );
  }
  return (
    <div className="calm">
      <h3>No {wanted.interval} bars yet</h3>
      <p>
        {state.older.state === "failed" ? `History could not be had: ${state.older.reason}` : emptyWords(instrument)}
      </p>
    </div>
  );
}
