"use client";
import { useState } from "react";
import type { BarSeries } from "./bar-series.ts";
import type { TimeAxis } from "./_prepare/time-axis.ts";
import { revealed } from "./_prepare/viewport.ts";
import type { Move } from "./use-viewport.ts";

/** The bar whose lineage lies open, by its position: picked again it closes. `opened`: start of the first one. */
export function usePicked(series: BarSeries, axis: TimeAxis, act: (move: Move) => void, opened: number | null) {
  const [picked, setPicked] = useState(() => (opened === null ? null : series.positionOf(opened)));
  return {
    picked,
    setPicked,
    pick: (position: number): void => {
      setPicked((before) => (before === position || !series.at(position) ? null : position));
    },
    /** Brings a bar into sight and picks it. */
    show: (start: number): void => {
      const position = series.positionOf(start);
      if (position === null) return;
      act((view, stage) => revealed(view, axis.slot(position), stage));
      setPicked(position);
    },
  };
}
