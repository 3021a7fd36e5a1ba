"use client";
import { memo, type ComponentType, useCallback } from "react";
import type { BarView } from "#lib/contracts/views.ts";
import { isUp } from "../_lib/bars.ts";
import type { ChartType } from "../_lib/chart-types.ts";
import type { BarSeries } from "./bar-series.ts";
import { Clipped } from "./layers.tsx";
import { areaPath, hollowPath, isAbove, ohlcPath } from "./_prepare/bar-paths.ts";
import { columnScale, columnsOf } from "./_prepare/columns.ts";
import { candlePath, hollowCandle, linePath, type Pixels } from "./_prepare/paths.ts";
import { between, type PlacedBars, type PositionRange } from "./_prepare/pieces.ts";
import { type DrawPiece, Pieces } from "./pieces.tsx";
import { usePixels } from "./use-pixels.ts";
import { useForming, type Visible } from "./use-series.ts";

export interface ClosedProps {
  /** All that are held. */
  closed: PlacedBars;
  sight: PositionRange;
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

/** The path of the bars of a colour from position `first` on; `before` is the bar before the first. */
type PathOf = (bars: readonly BarView[], first: number, pixels: Pixels, colour: Colour) => string;
interface Colour {
  up: boolean;
  before: BarView | undefined;
}

/** Closed bars of two colours, one a column of pixels where several share it. */
function TwoColours({ closed, sight, path, fillRule }: ClosedProps & { path: PathOf; fillRule?: "evenodd" }) {
  const { plot } = usePixels();
  const draw = useCallback<DrawPiece>(
    (from, to, pixels) => {
      const { bars, first, per } = columnsOf(between(closed, from, to), pixels.step);
      const placed = { ...pixels, x: columnScale(pixels.x, { per }) };
      const before = closed.bars[from - closed.first - 1];
      return [true, false].map((up) => (
        <path
          key={String(up)}
          className={up ? "c-up crisp" : "c-down crisp"}
          fillRule={fillRule}
          d={path(bars, first, placed, { up, before })}
        />
      ));
    },
    [closed, path, fillRule],
  );
  return (
    <Clipped plot={plot}>
      <Pieces {...{ sight, draw }} />
    </Clipped>
  );
}

const candles: PathOf = (bars, first, pixels, { up }) => candlePath(bars, first, pixels, up);
const ohlc: PathOf = (bars, first, pixels, { up }) => ohlcPath(bars, first, pixels, up);

/** Closed candles: drawn again once a bar. */
const ClosedCandles = memo((props: ClosedProps) => <TwoColours {...props} path={candles} />);

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

const ClosedHollow = memo((props: ClosedProps) => <TwoColours {...props} path={hollowPath} fillRule="evenodd" />);

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

const ClosedBars = memo((props: ClosedProps) => <TwoColours {...props} path={ohlc} />);

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
const ClosedCloses = memo(function ClosedCloses({ closed, sight, filled }: ClosedProps & { filled: boolean }) {
  const { plot } = usePixels();
  const floor = floorOf(plot);
  const draw = useCallback<DrawPiece>(
    (from, to, pixels) => {
      // From the last of the piece before: the line goes on.
      const { bars, first } = between(closed, from - 1, to);
      const closes = bars.map((bar) => bar.close);
      const line = linePath(closes, first, pixels);
      const [begin, end] = [pixels.x(first) + 0.5, pixels.x(first + bars.length - 1) + 0.5];
      return (
        <>
          {filled && <path className="price-area" d={areaPath(line, begin, end, floor)} />}
          <path className="price-line" d={line} />
        </>
      );
    },
    [closed, filled, floor],
  );
  return (
    <Clipped plot={plot}>
      <Pieces {...{ sight, draw }} />
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
