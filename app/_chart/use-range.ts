"use client";
import { useCallback, useState } from "react";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import { barEnd } from "../_lib/bars.ts";
import { inSight } from "./_prepare/in-sight.ts";
import type { PlacedView } from "./_prepare/viewport.ts";
import type { ChartData } from "./use-chart-data.ts";

/** The first and the last bar of a range, by their starts. */
export interface BarRange {
  first: number;
  last: number;
}

/** `from` inclusive, `to` exclusive. */
export interface ChosenRange {
  from: number;
  to: number;
}

export type Ranging = ReturnType<typeof useRange>;

interface RangeOptions {
  data: ChartData;
  calendar: CalendarName;
  view: PlacedView;
  width: number;
  range: ChosenRange | null;
  onRange: (range: ChosenRange | null) => void;
}

/** Choosing a range of bars: while it is dragged it is drawn, at the end it is told of. */
export function useRange({ data, calendar, view, width, range, onRange }: RangeOptions) {
  const { series, interval } = data;
  const [dragged, setDragged] = useState<BarRange | null>(null);

  const between = useCallback(
    (a: number, b: number): BarRange | null => {
      const clamp = (position: number): number => Math.min(series.last, Math.max(series.first, Math.round(position)));
      const first = series.at(clamp(Math.min(a, b)))?.start;
      const last = series.at(clamp(Math.max(a, b)))?.start;
      return first === undefined || last === undefined ? null : { first, last };
    },
    [series],
  );
  const choose = useCallback(
    (bars: BarRange | null): void => {
      setDragged(null);
      onRange(bars && { from: bars.first, to: barEnd(calendar, interval, bars.last) });
    },
    [onRange, calendar, interval],
  );
  return {
    /** What is to be drawn; the last bar of a range is the one in which its last instant lies. */
    marked: dragged ?? (range && { first: range.from, last: range.to - 1 }),
    clear: (): void => onRange(null),
    /** Positions under the pointer; `done` when it is let go. */
    drag: (from: number, to: number, done: boolean): void => {
      const bars = between(from, to);
      if (done) choose(bars);
      else setDragged(bars);
    },
    /** The bars in sight. */
    chooseVisible: (): void => {
      const seen = inSight(series, view, width);
      choose(seen && between(seen.first, seen.last));
    },
  };
}
