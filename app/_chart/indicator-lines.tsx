"use client";
import { memo, useCallback } from "react";
import type { Calendar } from "#lib/domain/calendar/calendar.ts";
import { kindOf } from "#lib/domain/indicators/kinds.ts";
import type { BarSeries } from "./bar-series.ts";
import { Clipped } from "./layers.tsx";
import { histogramPath } from "./_prepare/histogram.ts";
import { linePath } from "./_prepare/paths.ts";
import { between, type PlacedBars, type PositionRange } from "./_prepare/pieces.ts";
import { bySession } from "./_prepare/segments.ts";
import { type DrawnIndicator, valuesAt } from "./use-indicators.ts";
import { type DrawPiece, Pieces } from "./pieces.tsx";
import { usePixels } from "./use-pixels.ts";
import { useForming, type Visible } from "./use-series.ts";

interface LinesProps {
  drawn: DrawnIndicator;
  calendar: Calendar;
  visible: Visible;
}

/** The lines of one indicator over the closed bars: drawn again once a bar. */
export const ClosedIndicator = memo(function ClosedIndicator({
  drawn,
  calendar,
  closed,
  sight,
}: Omit<LinesProps, "visible"> & { closed: PlacedBars; sight: PositionRange }) {
  const { plot } = usePixels();
  const { chosen, style, all } = drawn;
  const { kind } = chosen;
  const { color, edge, main } = style;
  const draw = useCallback<DrawPiece>(
    (from, to, pixels) => {
      // From the last of the piece before: lines go on.
      const { bars, first } = between(closed, from - 1, to);
      const rows = all.slice(first - closed.first, first - closed.first + bars.length);
      return kindOf(kind).lines.map(({ name, drawn: way }, line) => {
        const values = rows.map((row) => row[line] ?? null);
        if (way === "histogram") {
          const own = first < from ? 1 : 0;
          const path = histogramPath(values.slice(own), first + own, pixels);
          return <path key={name} className="histogram crisp" d={path} />;
        }
        const segments = kind === "vwap" ? bySession(calendar, bars, first, values) : [{ first, values }];
        const path = segments.map((segment) => linePath(segment.values, segment.first, pixels)).join("");
        return <path key={name} className={way === "edge" ? edge : main} d={path} />;
      });
    },
    [all, calendar, closed, kind, edge, main],
  );
  return (
    <Clipped plot={plot}>
      <g className={color}>
        <Pieces {...{ sight, draw }} />
      </g>
    </Clipped>
  );
});

/** The piece from the newest closed bar to the forming one: drawn with each tick. */
export function FormingIndicator({ drawn, calendar, visible, series }: LinesProps & { series: BarSeries }) {
  const pixels = usePixels();
  const bar = useForming(series);
  if (!bar || !visible.newest) return null;
  const { chosen, style, run } = drawn;
  const { last } = series;
  const now = valuesAt(run, series, last);
  const before = series.at(last - 1);
  const isNew =
    before === undefined ||
    (chosen.kind === "vwap" && calendar.segmentOf(before.start).start !== calendar.segmentOf(bar.start).start);
  const earlier = isNew ? null : valuesAt(run, series, last - 1);
  return (
    <Clipped plot={pixels.plot}>
      <g className={style.color}>
        {kindOf(chosen.kind).lines.map(({ name, drawn: way }, line) => {
          const value = now?.[line] ?? null;
          if (way === "histogram") {
            return <path key={name} className="histogram crisp" d={histogramPath([value], last, pixels)} />;
          }
          const path = linePath([earlier?.[line] ?? null, value], last - 1, pixels);
          return <path key={name} className={way === "edge" ? style.edge : style.main} d={path} />;
        })}
      </g>
    </Clipped>
  );
}
