"use client";
import { useEffect, useRef, type MouseEvent, type PointerEvent, type RefObject } from "react";
import type { CrosshairStore } from "./crosshair-store.ts";
import type { ChartLayout } from "./layout.ts";
import { MAX_STEP, MIN_STEP, pan, positionAt, slotX, zoomTo, type PlacedView } from "./_prepare/viewport.ts";
import type { Move } from "./use-viewport.ts";

/** Movement below which a press is a click, pixels. */
const CLICK = 4;
/** Pixels that a line of a wheel stands for. */
const LINE = 16;
const ZOOM_SPEED = 0.0022;

/** Share of the plot before the newest bar in which zooming keeps that bar where it is. */
const FOLLOWED = 0.25;

interface Pointer {
  x: number;
  y: number;
}

interface GestureOptions {
  element: RefObject<HTMLDivElement | null>;
  layout: ChartLayout;
  view: PlacedView;
  act: (move: Move) => void;
  crosshair: CrosshairStore;
  onPick: (position: number) => void;
  /** Dragging up and down, where the price axis does not follow the bars; pixels. */
  onDragPrices: ((down: number) => void) | null;
  onReset: () => void;
  /** Dragging with Shift: from where, to where, and whether it is over. */
  onDragRange: (from: number, to: number, done: boolean) => void;
}

/** Zooming is in steps that can be drawn; what a small turn leaves over is kept for the next. */
export type ZoomRest = RefObject<{ step: number; exact: number } | null>;

type Corner = Pick<DOMRect, "left" | "top">;

/** Where the pointer is in the chart; asking for the chart's own place costs a layout, so while it is pressed the one from then holds. */
const local = (event: PointerEvent, corner: Corner = event.currentTarget.getBoundingClientRect()): Pointer => ({
  x: event.clientX - corner.left,
  y: event.clientY - corner.top,
});

/** The view zoomed by `factor` around `x`, and the rest kept. */
export function zoomBy(rest: ZoomRest, factor: number, x: number): Move {
  return (view, stage) => {
    const exact = rest.current?.step === view.step ? rest.current.exact : view.step;
    const wanted = Math.min(MAX_STEP * 1.02, Math.max(MIN_STEP * 0.9, exact * factor));
    // A chart that follows goes on following where the pointer is near its newest bars.
    const near = x >= slotX(view, stage.last) - stage.width * FOLLOWED;
    const next = zoomTo(near ? view : { ...view, following: false }, wanted, x, stage);
    rest.current = { step: next.step, exact: wanted };
    return next;
  };
}

function useWheel(element: RefObject<HTMLDivElement | null>, act: (move: Move) => void, rest: ZoomRest): void {
  useEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const scale = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
      const sideways = event.shiftKey ? event.deltaY : event.deltaX;
      if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
        act((from, stage) => pan(from, -sideways * scale, stage));
        return;
      }
      const x = event.clientX - target.getBoundingClientRect().left;
      const speed = event.ctrlKey ? ZOOM_SPEED * 4 : ZOOM_SPEED;
      act(zoomBy(rest, Math.exp(-event.deltaY * scale * speed), x));
    };
    target.addEventListener("wheel", onWheel, { passive: false });
    return () => target.removeEventListener("wheel", onWheel);
  }, [element, act, rest]);
}

/** Two pointers further apart: zoomed around their middle. */
function pinch(rest: ZoomRest, pointers: ReadonlyMap<number, Pointer>, id: number, to: Pointer): Move {
  const other = [...pointers].find(([held]) => held !== id)?.[1];
  const from = pointers.get(id);
  if (!other || !from) return (view) => view;
  const before = Math.hypot(from.x - other.x, from.y - other.y);
  const after = Math.hypot(to.x - other.x, to.y - other.y);
  return zoomBy(rest, after / Math.max(1, before), (to.x + other.x) / 2);
}

/** A drag that chooses a range instead of moving the chart. */
function useRangeDrag(view: PlacedView, onDragRange: GestureOptions["onDragRange"]) {
  const begun = useRef<number | null>(null);
  return {
    begin: (x: number | null): void => {
      begun.current = x === null ? null : positionAt(view, x);
    },
    /** Whether it is such a drag. */
    move: (x: number): boolean => {
      if (begun.current !== null) onDragRange(begun.current, positionAt(view, x), false);
      return begun.current !== null;
    },
    end: (x: number, moved: boolean): void => {
      if (begun.current !== null && moved) onDragRange(begun.current, positionAt(view, x), true);
      begun.current = null;
    },
  };
}

/**
 * Drag moves, with Shift it chooses a range, wheel and pinch zoom around the pointer, a click picks the bar under it, a double-click
 * brings the usual view back.
 */
export function useGestures(options: GestureOptions) {
  const { element, layout, view, act, crosshair, onPick, onDragPrices, onDragRange, onReset } = options;
  const pointers = useRef(new Map<number, Pointer>());
  const travelled = useRef(0);
  const corner = useRef<Corner | undefined>(undefined);
  const zoom: ZoomRest = useRef(null);
  const ranging = useRangeDrag(view, onDragRange);

  useWheel(element, act, zoom);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || (event.target as Element).closest("[data-floating]")) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    corner.current = event.currentTarget.getBoundingClientRect();
    const at = local(event, corner.current);
    pointers.current.set(event.pointerId, at);
    travelled.current = 0;
    ranging.begin(event.shiftKey ? at.x : null);
  };

  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const from = pointers.current.get(event.pointerId);
    const at = local(event, from && corner.current);
    if (from && ranging.move(at.x)) travelled.current += Math.abs(at.x - from.x);
    else if (from && pointers.current.size > 1) act(pinch(zoom, pointers.current, event.pointerId, at));
    else if (from) {
      travelled.current += Math.abs(at.x - from.x) + Math.abs(at.y - from.y);
      if (travelled.current >= CLICK && at.x !== from.x) act((view_, stage) => pan(view_, at.x - from.x, stage));
      if (travelled.current >= CLICK && at.y !== from.y) onDragPrices?.(at.y - from.y);
    }
    if (from) pointers.current.set(event.pointerId, at);
    if (event.pointerType === "touch" && from) return;
    const inside = at.x < layout.plotWidth && at.y < layout.height - layout.foot;
    crosshair.set(inside ? { position: Math.round(positionAt(view, at.x)), y: Math.round(at.y) } : null);
  };

  const onPointerUp = (event: PointerEvent<HTMLDivElement>): void => {
    const pressed = pointers.current.delete(event.pointerId);
    const at = local(event);
    ranging.end(at.x, pressed && travelled.current >= CLICK);
    if (!pressed || travelled.current >= CLICK || at.x >= layout.plotWidth) return;
    const position = Math.round(positionAt(view, at.x));
    crosshair.set({ position, y: Math.round(at.y) });
    onPick(position);
  };

  return {
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onPointerCancel: (event: PointerEvent<HTMLDivElement>): void => {
      pointers.current.delete(event.pointerId);
    },
    onDoubleClick: (event: MouseEvent<HTMLDivElement>): void => {
      if (!(event.target as Element).closest("[data-floating]")) onReset();
    },
    onPointerLeave: (event: PointerEvent<HTMLDivElement>): void => {
      if (event.pointerType !== "touch") crosshair.set(null);
    },
  };
}
