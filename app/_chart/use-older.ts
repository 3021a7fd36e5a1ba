"use client";
import { useEffect } from "react";
import type { Older } from "./bar-loader.ts";
import { screensBefore, type Stage, type Viewport } from "./_prepare/viewport.ts";
import type { ChartData } from "./use-chart-data.ts";

/** Older bars are read before the oldest held comes within so many screens. */
const READ_AHEAD = 1.5;

/** Reads older bars as the view nears the oldest that is held. */
export function useOlder({ loader }: ChartData, older: Older, view: Viewport, stage: Stage): void {
  const near = screensBefore(view, stage) < READ_AHEAD;
  useEffect(() => {
    if (near && older.state === "idle") loader.loadOlder();
  }, [near, older, loader]);
}
