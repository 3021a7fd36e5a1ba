"use client";
import { memo, useId, type ReactNode } from "react";
import { isUp } from "../_lib/bars.ts";
import type { BarSeries } from "./bar-series.ts";
import { candlePath, hollowCandle, linePath, volumePath } from "./_prepare/paths.ts";
import type { Segment } from "./_prepare/session-vwap.ts";
import type { Profile } from "./_prepare/profile.ts";
import type { TimeTick } from "./_prepare/ticks.ts";
import { useForming, usePixels, type Plot, type Visible } from "./use-series.ts";

interface LayerProps {
  visible: Visible;
  step: number;
}

/** Cuts what it holds at the plot's edges; 8 pixels of room above, where the first grid line may carry a candle's wick. */
function Clipped({ plot, children }: { plot: Plot; children: ReactNode }) {
  const id = useId();
  return (
    <>
      <clipPath id={id}>
        <rect x={plot.x} y={plot.y - 8} width={plot.width} height={plot.height + 16} />
      </clipPath>
      <g clipPath={`url(#${id})`}>{children}</g>
    </>
  );
}

/** Closed candles: one path a colour, drawn again once a bar. */
export const ClosedCandles = memo(function ClosedCandles({ visible, step }: LayerProps) {
  const pixels = usePixels(step);
  if (!pixels) return null;
  return (
    <Clipped plot={pixels.plot}>
      <path className="c-up crisp" d={candlePath(visible.bars, visible.first, pixels, true)} />
      <path className="c-down crisp" d={candlePath(visible.bars, visible.first, pixels, false)} />
    </Clipped>
  );
});

/** Closes as a line; the piece to the forming bar is the forming layer's. */
export const ClosedLine = memo(function ClosedLine({ visible, step }: LayerProps) {
  const pixels = usePixels(step);
  if (!pixels) return null;
  return (
    <Clipped plot={pixels.plot}>
      <path
        className="price-line"
        d={linePath(
          visible.bars.map((bar) => bar.close),
          visible.first,
          pixels,
        )}
      />
    </Clipped>
  );
});

interface FormingProps {
  series: BarSeries;
  visible: Visible;
  step: number;
}

/** The newest bar, hollow while it forms. It alone is drawn with each tick. */
export function FormingCandle({ series, visible, step }: FormingProps) {
  const pixels = usePixels(step);
  const bar = useForming(series);
  if (!pixels || !bar || !visible.newest) return null;
  const way = isUp(bar) ? "up" : "down";
  if (bar.final) {
    return (
      <Clipped plot={pixels.plot}>
        <path className={`c-${way} crisp`} d={candlePath([bar], series.last, pixels, isUp(bar))} />
      </Clipped>
    );
  }
  const { wick, body } = hollowCandle(bar, series.last, pixels);
  return (
    <Clipped plot={pixels.plot}>
      <path className={`c-${way} crisp`} d={wick} />
      <rect className={`hollow ${way} crisp`} {...body} />
    </Clipped>
  );
}

export function FormingLine({ series, visible, step }: FormingProps) {
  const pixels = usePixels(step);
  const bar = useForming(series);
  if (!pixels || !bar || !visible.newest) return null;
  const before = series.at(series.last - 1);
  const values = before ? [before.close, bar.close] : [bar.close];
  const first = before ? series.last - 1 : series.last;
  return (
    <Clipped plot={pixels.plot}>
      <path className="price-line" d={linePath(values, first, pixels)} />
      <circle className="price-end" cx={pixels.x(series.last) + 0.5} cy={pixels.y(bar.close)} r={3} />
    </Clipped>
  );
}

export const ClosedVolume = memo(function ClosedVolume({ visible, step }: LayerProps) {
  const pixels = usePixels(step);
  if (!pixels) return null;
  const standing = { ...pixels, floor: pixels.plot.y + pixels.plot.height };
  return (
    <Clipped plot={pixels.plot}>
      <path className="c-up volume crisp" d={volumePath(visible.bars, visible.first, standing, true)} />
      <path className="c-down volume crisp" d={volumePath(visible.bars, visible.first, standing, false)} />
    </Clipped>
  );
});

export function FormingVolume({ series, visible, step }: FormingProps) {
  const pixels = usePixels(step);
  const bar = useForming(series);
  if (!pixels || !bar || !visible.newest) return null;
  const standing = { ...pixels, floor: pixels.plot.y + pixels.plot.height };
  const way = isUp(bar) ? "up" : "down";
  return (
    <Clipped plot={pixels.plot}>
      <path className={`c-${way} volume crisp`} d={volumePath([bar], series.last, standing, isUp(bar))} />
    </Clipped>
  );
}

interface LinesProps {
  step: number;
  vwap: readonly Segment[];
  previousClose: number | null;
}

/** The session's VWAP and the previous close. */
export const ReferenceLines = memo(function ReferenceLines({ step, vwap, previousClose }: LinesProps) {
  const pixels = usePixels(step);
  if (!pixels) return null;
  const { plot } = pixels;
  const y = previousClose === null ? null : Math.round(pixels.y(previousClose)) + 0.5;
  return (
    <Clipped plot={plot}>
      {y !== null && <line className="line-c crisp" x1={plot.x} x2={plot.x + plot.width} y1={y} y2={y} />}
      <path className="line-a" d={vwap.map(({ first, values }) => linePath(values, first, pixels)).join("")} />
    </Clipped>
  );
});

/** Volume by price right of the plot: neutral, because it has no direction. */
export const ProfileLayer = memo(function ProfileLayer({ profile, width }: { profile: Profile; width: number }) {
  const pixels = usePixels(1);
  if (!pixels) return null;
  const left = pixels.plot.x + pixels.plot.width + 1;
  return (
    <g className="profile crisp">
      {profile.bins.map((bin, i) => {
        const top = Math.round(pixels.y(bin.high));
        const bottom = Math.round(pixels.y(bin.low));
        const weight = i === profile.control ? "control" : bin.valueArea ? "area" : undefined;
        return (
          <rect
            key={bin.low}
            className={weight}
            x={left}
            y={top}
            width={bin.share * (width - 12)}
            height={Math.max(1, bottom - top - 1)}
          />
        );
      })}
    </g>
  );
});

/** Vertical lines under the time labels; a day's edge is stronger. */
export const TimeLines = memo(function TimeLines({
  ticks,
  step,
  above,
}: {
  ticks: readonly TimeTick[];
  step: number;
  /** How far they reach beyond the plot, above and below. */
  above: number;
}) {
  const pixels = usePixels(step);
  if (!pixels) return null;
  const { plot } = pixels;
  return (
    <g className="crisp">
      {ticks.map(({ position, edge }) => {
        // A day begins between two bars, a time of day is a bar's.
        const x = Math.round(pixels.x(position) - (edge ? step / 2 : 0)) + 0.5;
        return (
          <line
            key={position}
            className={edge ? "day-line" : "grid-line"}
            x1={x}
            x2={x}
            y1={plot.y - above}
            y2={plot.y + plot.height + above}
          />
        );
      })}
    </g>
  );
});
