"use client";
import { memo, useCallback, useId, type ReactNode } from "react";
import { isUp } from "../_lib/bars.ts";
import type { BarSeries } from "./bar-series.ts";
import { columnScale, columnsOf } from "./_prepare/columns.ts";
import { volumePath } from "./_prepare/paths.ts";
import { between, type PlacedBars, type PositionRange } from "./_prepare/pieces.ts";
import type { Profile } from "./_prepare/profile.ts";
import type { TimeTick } from "./_prepare/ticks.ts";
import type { Plot } from "./_prepare/pane-pixels.ts";
import { type DrawPiece, Pieces } from "./pieces.tsx";
import { usePixels } from "./use-pixels.ts";
import { useForming } from "./use-series.ts";

/** Cuts what it holds at the plot's edges; 8 pixels of room above, where the first grid line may carry a candle's wick. */
export function Clipped({ plot, children }: { plot: Plot; children: ReactNode }) {
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

export const ClosedVolume = memo(function ClosedVolume({
  closed,
  sight,
}: {
  closed: PlacedBars;
  sight: PositionRange;
}) {
  const { plot } = usePixels();
  const floor = plot.y + plot.height;
  const draw = useCallback<DrawPiece>(
    (from, to, pixels) => {
      const columns = columnsOf(between(closed, from, to), pixels.step);
      const standing = { ...pixels, x: columnScale(pixels.x, columns), floor };
      return (
        <>
          <path className="c-up volume crisp" d={volumePath(columns.bars, columns.first, standing, true)} />
          <path className="c-down volume crisp" d={volumePath(columns.bars, columns.first, standing, false)} />
        </>
      );
    },
    [closed, floor],
  );
  return (
    <Clipped plot={plot}>
      <Pieces {...{ sight, draw }} />
    </Clipped>
  );
});

export function FormingVolume({ series, shown }: { series: BarSeries; shown: boolean }) {
  const pixels = usePixels();
  const bar = useForming(series);
  if (!bar || !shown) return null;
  const standing = { ...pixels, floor: pixels.plot.y + pixels.plot.height };
  const way = isUp(bar) ? "up" : "down";
  return (
    <Clipped plot={pixels.plot}>
      <path className={`c-${way} volume crisp`} d={volumePath([bar], series.last, standing, isUp(bar))} />
    </Clipped>
  );
}

interface LinesProps {
  previousClose: number | null;
}

/** The previous close. */
export const ReferenceLines = memo(function ReferenceLines({ previousClose }: LinesProps) {
  const pixels = usePixels();
  const { plot } = pixels;
  const y = previousClose === null ? null : Math.round(pixels.y(previousClose)) + 0.5;
  return (
    <Clipped plot={plot}>
      {y !== null && <line className="line-c crisp" x1={plot.x} x2={plot.x + plot.width} y1={y} y2={y} />}
    </Clipped>
  );
});

/** Volume by price right of the plot: neutral, because it has no direction. */
export const ProfileLayer = memo(function ProfileLayer({ profile, width }: { profile: Profile; width: number }) {
  const pixels = usePixels();
  const { plot } = pixels;
  const left = plot.x + plot.width + 1;
  // Prices set by hand may leave part of what was traded out of sight.
  const within = (price: number): number =>
    Math.round(Math.min(plot.y + plot.height, Math.max(plot.y, pixels.y(price))));
  return (
    <g className="profile crisp">
      {profile.bins.map((bin, i) => {
        const [top, bottom] = [within(bin.high), within(bin.low)];
        if (top === bottom && (pixels.y(bin.high) > plot.y + plot.height || pixels.y(bin.low) < plot.y)) return null;
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
  above,
}: {
  ticks: readonly TimeTick[];
  /** How far they reach beyond the plot, above and below. */
  above: number;
}) {
  const { plot, slotX, step } = usePixels();
  return (
    <g className="crisp">
      {ticks.map(({ position, edge }) => {
        // A day begins between two bars, a time of day is a bar's.
        const x = Math.round(slotX(position) - (edge ? step / 2 : 0)) + 0.5;
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
