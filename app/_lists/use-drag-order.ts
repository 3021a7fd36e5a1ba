"use client";
import { useCallback, useEffect, useRef, useState, type PointerEvent, type RefObject } from "react";
import { droppedBefore, gapAt } from "../_lib/drag-order.ts";

/** Movement that makes a press a drag, px. */
const BEGINS = 4;
/** Near an edge the list scrolls by so much a movement, px. */
const EDGE = 24;

interface DragOrderOptions {
  /** What is shown, in its order; null: it cannot be dragged. */
  symbols: readonly string[] | null;
  rowHeight: number;
  /** Of the rows; its first one lies at its top. */
  rows: RefObject<HTMLElement | null>;
  scroller: RefObject<HTMLElement | null>;
  onMove: (symbol: string, before: string | null) => void;
}

export interface Dragged {
  symbol: string;
  /** Where it would go. */
  gap: number;
}

/** Orders rows by dragging: a press that moves takes the row along, Esc lets it be. */
export function useDragOrder({ symbols, rowHeight, rows, scroller, onMove }: DragOrderOptions) {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const latest = useRef({ symbols, onMove });
  useEffect(() => {
    latest.current = { symbols, onMove };
  }, [symbols, onMove]);
  const end = useRef<(() => void) | null>(null);
  useEffect(() => () => end.current?.(), []);

  const begin = useCallback(
    (event: PointerEvent, symbol: string) => {
      if (event.button !== 0 || latest.current.symbols === null) return;
      const from = event.clientY;
      let gap: number | null = null;
      const move = (moved: globalThis.PointerEvent): void => {
        const box = rows.current?.getBoundingClientRect();
        const shown = latest.current.symbols;
        if (!box || !shown || (gap === null && Math.abs(moved.clientY - from) < BEGINS)) return;
        gap = gapAt(moved.clientY, box.top, rowHeight, shown.length);
        setDragged({ symbol, gap });
        scrollAtEdge(scroller.current, moved.clientY);
      };
      const stop = (): void => {
        for (const [name, listener] of listeners) window.removeEventListener(name, listener);
        end.current = null;
        setDragged(null);
      };
      const drop = (): void => {
        stop();
        if (gap === null) return;
        // The click that ends a drag is none.
        window.addEventListener("click", swallow, { capture: true, once: true });
        setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), 0);
        const before = droppedBefore(latest.current.symbols ?? [], symbol, gap);
        if (before !== undefined) latest.current.onMove(symbol, before);
      };
      const key = (pressed: KeyboardEvent): void => {
        if (pressed.key !== "Escape") return;
        pressed.preventDefault();
        stop();
      };
      const listeners = [
        ["pointermove", move],
        ["pointerup", drop],
        ["pointercancel", stop],
        ["keydown", key],
      ] as [string, EventListener][];
      for (const [name, listener] of listeners) window.addEventListener(name, listener);
      end.current = stop;
    },
    [rowHeight, rows, scroller],
  );
  return { dragged, begin };
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

function scrollAtEdge(element: HTMLElement | null, y: number): void {
  const box = element?.getBoundingClientRect();
  if (!element || !box) return;
  if (y < box.top + 2 * EDGE) element.scrollTop -= EDGE;
  else if (y > box.bottom - EDGE) element.scrollTop += EDGE;
}
