"use client";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { beforePaint, waitsForPaint } from "../_ui/before-paint.ts";
import { adapt, type Stage, type Viewport } from "./_prepare/viewport.ts";

/** From one view to the next, given what surrounds it. */
export type Move = (view: Viewport, stage: Stage) => Viewport;

/** The chart's view. While it follows it moves with the series; otherwise only a gesture moves it. */
export function useViewport(stage: Stage, begin: (stage: Stage) => Viewport): [Viewport, (move: Move) => void] {
  const [moved, setMoved] = useState(() => begin(stage));
  const view = useMemo(() => adapt(moved, stage), [moved, stage]);
  const newest = useRef({ view, stage });
  useEffect(() => {
    newest.current = { view: waitsForPaint(newest) ? adapt(newest.current.view, stage) : view, stage };
  });
  const act = useCallback((move: Move) => {
    // Several gestures may come between two paints: each begins where the one before ended.
    const { view: from, stage: around } = newest.current;
    newest.current = { view: move(from, around), stage: around };
    beforePaint(newest, () => setMoved(newest.current.view));
  }, []);
  return [view, act];
}
