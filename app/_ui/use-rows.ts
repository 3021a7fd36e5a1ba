"use client";
import { useCallback, useState, type RefObject, type UIEvent } from "react";
import { rowWindow, type RowWindow } from "../_lib/window.ts";
import { useSize } from "./use-size.ts";

/** Rows that are scrolled by before anything is drawn again. */
const STEP = 4;

export interface RowsInSight extends RowWindow {
  element: RefObject<HTMLDivElement | null>;
  onScroll: (event: UIEvent) => void;
}

/** Which of `count` rows, each `height` pixels high, are to be drawn in a box that scrolls. */
export function useRows(count: number, height: number): RowsInSight {
  const [element, size] = useSize<HTMLDivElement>();
  const [top, setTop] = useState(0);
  const onScroll = useCallback(
    // Drawn again once in some rows, not with every pixel.
    ({ currentTarget }: UIEvent) => setTop(Math.floor(currentTarget.scrollTop / height / STEP) * STEP * height),
    [height],
  );
  return { element, onScroll, ...rowWindow(top, size.height + STEP * height, height, count) };
}
