"use client";
import { useCallback, useState, type RefObject, type UIEvent } from "react";
import { useSize } from "./use-size.ts";

/** Rows that are drawn beyond what is in sight, on either side. */
const BEYOND = 10;

export interface RowsInSight {
  element: RefObject<HTMLDivElement | null>;
  onScroll: (event: UIEvent) => void;
  /** First row to draw, and the one behind the last. */
  first: number;
  end: number;
}

/** Which of `count` rows, each `height` pixels high, lie in sight of a box that scrolls, `head` pixels below its top. */
export function useRows(count: number, height: number, head: number): RowsInSight {
  const [element, size] = useSize<HTMLDivElement>();
  const [top, setTop] = useState(0);
  const step = height * (BEYOND / 2);
  const onScroll = useCallback(
    (event: UIEvent) => {
      const { scrollTop } = event.currentTarget;
      // Drawn again once in some rows, not with every pixel.
      setTop(Math.max(0, Math.floor(scrollTop / step) * step));
    },
    [step],
  );
  const first = Math.max(0, Math.floor((top - head) / height) - BEYOND);
  const end = Math.min(count, Math.ceil((top + size.height) / height) + 2 * BEYOND);
  return { element, onScroll, first: Math.min(first, Math.max(0, count - 1)), end };
}
