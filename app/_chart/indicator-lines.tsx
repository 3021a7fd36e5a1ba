"use client";
import { memo } from "react";
import type { Calendar } from "#lib/domain/calendar/calendar.ts";
import { kindOf } from "#lib/domain/indicators/kinds.ts";
import type { BarSeries } from "./bar-series.ts";
import { Clipped } from "./layers.tsx";
import { histogramPath } from "./_prepare/histogram.ts";
import { linePath } from "./_prepare/paths.ts";
import { bySession } from "./_prepare/segments.ts";
import { type DrawnIndicator, valuesAt } from "./use-indicators.ts";
import { usePixels } from "./use-pixels.ts";
import { useForming, type Visible } from "./use-series.ts";

interface LinesProps {
  drawn: DrawnIndicator;
  calendar: Calendar;
  visible: Visible;
}

/** The lines of one indicator over the closed bars: drawn again once a bar. */
export const ClosedIndicator = memo(function ClosedIndicator({ drawn, calendar, visible }: LinesProps) {
  const pixels = usePixels();
  const { chosen, style, rows } = drawn;
  const { bars, first } = visible;
  return (
    <Clipped plot={pixels.plot}>
      <g className={style.color}>
        {kindOf(chosen.kind).lines.map(({ name, drawn: way }, line) => {
          const values = rows.map((row) => row[line] ?? null);
          if (way === "histogram") {
            return <path key={name} className="histogram crisp" d={histogramPath(values, first, pixels)} />;
          }
          const segments = chosen.kind === "vwap" ? bySession(calendar, bars, first, values) : [{ first, values }];
          const path = segments.map((segment) => linePath(segment.values, segment.first, pixels)).join("");
          return <path key={name} className={way === "edge" ? style.edge : style.main} d={path} />;
        })}
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
