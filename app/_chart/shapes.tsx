"use client";
import { memo, type ComponentType } from "react";
import type { BarView } from "#lib/contracts/views.ts";
import { isUp } from "../_lib/bars.ts";
import type { ChartType } from "../_lib/chart-types.ts";
import type { BarSeries } from "./bar-series.ts";
import { Clipped } from "./layers.tsx";
import { areaPath, hollowPath, isAbove, ohlcPath } from "./_prepare/bar-paths.ts";
import { columnScale, type Columns } from "./_prepare/columns.ts";
import { candlePath, hollowCandle, linePath } from "./_prepare/paths.ts";
import { usePixels } from "./use-pixels.ts";
import { useForming, type Visible } from "./use-series.ts";

export interface ClosedProps {
  visible: Visible;
  /** The same bars, one a column of pixels where several share it. */
  columns: Columns;
}

export interface FormingProps {
  series: BarSeries;
  /** What is drawn of the newest bar and of the one before it: Heikin-Ashi, or themselves. */
  shape: (bar: BarView) => BarView;
  before: BarView | undefined;
  visible: Visible;
}

/** Coordinates, and the newest bar as it is drawn; null while it is not in sight. */
function useNewest({ series, shape, visible }: FormingProps) {
  const pixels = usePixels();
  const bar = useForming(series);
  return bar && visible.newest ? { pixels, bar: shape(bar), position: series.last } : null;
}

function useColumns({ columns }: ClosedProps) {
  const pixels = usePixels();
  return { ...pixels, x: columnScale(pixels.x, columns) };
}

/** Closed candles: one path a colour, drawn again once a bar. */
const ClosedCandles = memo(function ClosedCandles(props: ClosedProps) {
  const pixels = useColumns(props);
  const { bars, first } = props.columns;
  return (
    <Clipped plot={pixels.plot}>
      <path className="c-up crisp" d={candlePath(bars, first, pixels, true)} />
      <path className="c-down crisp" d={candlePath(bars, first, pixels, false)} />
    </Clipped>
  );
});

/** The newest candle, hollow while it forms. It alone is drawn with each tick. */
function FormingCandle(props: FormingProps) {
  const newest = useNewest(props);
  if (!newest) return null;
  const { pixels, bar, position } = newest;
  const way = isUp(bar) ? "up" : "down";
  if (bar.final) {
    return (
      <Clipped plot={pixels.plot}>
        <path className={`c-${way} crisp`} d={candlePath([bar], position, pixels, isUp(bar))} />
      </Clipped>
    );
  }
  const { wick, body } = hollowCandle(bar, position, pixels);
  return (
    <Clipped plot={pixels.plot}>
      <path className={`c-${way} crisp`} d={wick} />
      <rect className={`hollow ${way} crisp`} {...body} />
    </Clipped>
  );
}

const ClosedHollow = memo(function ClosedHollow(props: ClosedProps) {
  const pixels = useColumns(props);
  const { bars, first } = props.columns;
  const path = (up: boolean): string => hollowPath(bars, first, pixels, { up, before: undefined });
  return (
    <Clipped plot={pixels.plot}>
      <path className="c-up crisp" fillRule="evenodd" d={path(true)} />
      <path className="c-down crisp" fillRule="evenodd" d={path(false)} />
    </Clipped>
  );
});

/** Here every rising body is hollow: the one that forms has a dashed edge, and half of its colour where it falls. */
function FormingHollow(props: FormingProps) {
  const newest = useNewest(props);
  if (!newest) return null;
  const { pixels, bar, position } = newest;
  const { before } = props;
  const up = isAbove(bar, before);
  const way = up ? "up" : "down";
  if (bar.final) {
    return (
      <Clipped plot={pixels.plot}>
        <path className={`c-${way} crisp`} fillRule="evenodd" d={hollowPath([bar], position, pixels, { up, before })} />
      </Clipped>
    );
  }
  const { wick, body } = hollowCandle(bar, position, pixels);
  return (
    <Clipped plot={pixels.plot}>
      <path className={`c-${way} crisp`} d={wick} />
      <rect className={`hollow unfinished ${way} ${isUp(bar) ? "" : "falling"} crisp`} {...body} />
    </Clipped>
  );
}

const ClosedBars = memo(function ClosedBars(props: ClosedProps) {
  const pixels = useColumns(props);
  const { bars, first } = props.columns;
  return (
    <Clipped plot={pixels.plot}>
      <path className="c-up crisp" d={ohlcPath(bars, first, pixels, true)} />
      <path className="c-down crisp" d={ohlcPath(bars, first, pixels, false)} />
    </Clipped>
  );
});

/** The newest bar; a ring at its close while it forms. */
function FormingBar(props: FormingProps) {
  const newest = useNewest(props);
  if (!newest) return null;
  const { pixels, bar, position } = newest;
  const way = isUp(bar) ? "up" : "down";
  return (
    <Clipped plot={pixels.plot}>
      <path className={`c-${way} crisp`} d={ohlcPath([bar], position, pixels, isUp(bar))} />
      {!bar.final && (
        <circle className={`hollow ${way}`} cx={pixels.x(position) + 0.5} cy={pixels.y(bar.close)} r={3} />
      )}
    </Clipped>
  );
}

/** Closes as a line, over what lies below it if wanted; the piece to the forming bar is the forming layer's. */
const ClosedCloses = memo(function ClosedCloses({ visible, filled }: ClosedProps & { filled: boolean }) {
  const pixels = usePixels();
  const { bars, first } = visible;
  const closes = bars.map((bar) => bar.close);
  const line = linePath(closes, first, pixels);
  const [from, to] = [pixels.x(first) + 0.5, pixels.x(first + bars.length - 1) + 0.5];
  return (
    <Clipped plot={pixels.plot}>
      {filled && <path className="price-area" d={areaPath(line, from, to, floorOf(pixels.plot))} />}
      <path className="price-line" d={line} />
    </Clipped>
  );
});

/** The bottom of the pane, below the room under the lowest price. */
const floorOf = (plot: { y: number; height: number }): number => plot.y + plot.height + 8;

function FormingClose({ filled, ...props }: FormingProps & { filled: boolean }) {
  const newest = useNewest(props);
  if (!newest) return null;
  const { pixels, bar, position } = newest;
  const { before } = props;
  const first = before ? position - 1 : position;
  const line = linePath(before ? [before.close, bar.close] : [bar.close], first, pixels);
  const [from, to] = [pixels.x(first) + 0.5, pixels.x(position) + 0.5];
  return (
    <Clipped plot={pixels.plot}>
      {filled && <path className="price-area" d={areaPath(line, from, to, floorOf(pixels.plot))} />}
      <path className="price-line" d={line} />
      <circle className="price-end" cx={to} cy={pixels.y(bar.close)} r={3} />
    </Clipped>
  );
}

interface Shape {
  Closed: ComponentType<ClosedProps>;
  Forming: ComponentType<FormingProps>;
}

const CANDLES: Shape = { Closed: ClosedCandles, Forming: FormingCandle };

export const SHAPES: Readonly<Record<ChartType, Shape>> = {
  candles: CANDLES,
  hollow: { Closed: ClosedHollow, Forming: FormingHollow },
  bars: { Closed: ClosedBars, Forming: FormingBar },
  line: {
    Closed: (props) => <ClosedCloses {...props} filled={false} />,
    Forming: (props) => <FormingClose {...props} filled={false} />,
  },
  area: {
    Closed: (props) => <ClosedCloses {...props} filled />,
    Forming: (props) => <FormingClose {...props} filled />,
  },
  "heikin-ashi": CANDLES,
};
