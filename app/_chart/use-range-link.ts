"use client";
import { useCallback, useContext, useEffect, useRef } from "react";
import { beforePaint, waitsForPaint } from "../_ui/before-paint.ts";
import type { BarSeries } from "./bar-series.ts";
import { ChartLinksContext } from "./chart-links.ts";
import { rangeInSight, viewOfRange } from "./_prepare/shared-range.ts";
import type { PlacedView, Stage } from "./_prepare/viewport.ts";
import type { Move } from "./use-viewport.ts";

interface RangeLinkOptions {
  series: BarSeries;
  view: PlacedView;
  stage: Stage;
  act: (move: Move) => void;
}

/** All charts of the page show the same range: what a hand moves here is told, what it moves elsewhere is followed. Gives `act` for hands. */
export function useRangeLink({ series, view, stage, act }: RangeLinkOptions): (move: Move) => void {
  const { range } = useContext(ChartLinksContext);
  const byHand = useRef(false);
  const newest = useRef(view);
  useEffect(() => {
    newest.current = view;
    if (!byHand.current) return;
    byHand.current = false;
    range?.set(rangeInSight(view, stage, series), series);
  }, [range, view, stage, series]);

  const { first } = stage;
  useEffect(() => {
    if (!range) return undefined;
    const follow = (shared: ReturnType<typeof range.get>, by: object | null): void => {
      // What a hand has moved here will be told with the next frame.
      if (shared && by !== series && !waitsForPaint(byHand))
        act((_, around) => viewOfRange(shared, newest.current, around, series));
    };
    follow(range.get(), range.by());
    return range.subscribe(follow);
    // `first` changes when older bars have come, which the range may reach into.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [range, series, act, first]);

  return useCallback(
    (move: Move) => {
      act(move);
      // With the draw, not before: a bar that comes first is no move by hand.
      beforePaint(byHand, () => {
        byHand.current = true;
      });
    },
    [act],
  );
}
