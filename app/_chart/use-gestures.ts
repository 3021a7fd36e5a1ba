"use client";
import { useEffect, useRef, type PointerEvent, type RefObject } from "react";
import type { CrosshairStore } from "./crosshair-store.ts";
import type { ChartLayout } from "./layout.ts";
import { MAX_STEP, MIN_STEP, pan, positionAt, zoomTo, type Viewport } from "./_prepare/viewport.ts";
import type { Move } from "./use-viewport.ts";

/** Movement below which a press is a click, pixels. */
const CLICK = 4;
/** Pixels that a line of a wheel stands for. */
const LINE = 16;
const ZOOM_SPEED = 0.0022;

interface Pointer {
  x: number;
  y: number;
}

interface GestureOptions {
  element: RefObject<HTMLDivElement | null>;
  layout: ChartLayout;
  view: Viewport;
  act: (move: Move) => void;
  crosshair: CrosshairStore;
  onPick: (position: number) => void;
  /** Dragging with Shift: from where, to where, and whether it is over. */
  onDragRange: (from: number, to: number, done: boolean) => void;
}

/** Zooming is in whole pixels a bar; what a small turn leaves over is kept for the next. */
type ZoomRest = RefObject<{ step: number; exact: number } | null>;

const local = (event: PointerEvent): Pointer => {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
};

/** The view zoomed by `factor` around `x`, and the rest kept. */
function zoomBy(rest: ZoomRest, factor: number, x: number): Move {
  return (view, stage) => {
    const exact = rest.current?.step === view.step ? rest.current.exact : view.step;
    const wanted = Math.min(MAX_STEP + 0.4, Math.max(MIN_STEP - 0.4, exact * factor));
    const next = zoomTo(view, wanted, x, stage);
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

/** A drag that chooses a range instead of moving the chart. */
function useRangeDrag(view: Viewport, onDragRange: GestureOptions["onDragRange"]) {
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

/** Drag moves, with Shift it chooses a range, wheel and pinch zoom around the pointer, a click picks the bar under it. */
export function useGestures({ element, layout, view, act, crosshair, onPick, onDragRange }: GestureOptions) {
  const pointers = useRef(new Map<number, Pointer>());
  const travelled = useRef(0);
  const zoom = useRef<{ step: number; exact: number } | null>(null);
  const ranging = useRangeDrag(view, onDragRange);

  useWheel(element, act, zoom);

  const pinch = (id: number, to: Pointer): void => {
    const other = [...pointers.current].find(([held]) => held !== id)?.[1];
    const from = pointers.current.get(id);
    if (!other || !from) return;
    const before = Math.hypot(from.x - other.x, from.y - other.y);
    const after = Math.hypot(to.x - other.x, to.y - other.y);
    const middle = (to.x + other.x) / 2;
    act(zoomBy(zoom, after / Math.max(1, before), middle));
  };

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || (event.target as Element).closest("[data-floating]")) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, local(event));
    travelled.current = 0;
    ranging.begin(event.shiftKey ? local(event).x : null);
  };

  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const at = local(event);
    const from = pointers.current.get(event.pointerId);
    if (from && ranging.move(at.x)) travelled.current += Math.abs(at.x - from.x);
    else if (from && pointers.current.size > 1) pinch(event.pointerId, at);
    else if (from) {
      travelled.current += Math.abs(at.x - from.x) + Math.abs(at.y - from.y);
      if (travelled.current >= CLICK && at.x !== from.x) act((view_, stage) => pan(view_, at.x - from.x, stage));
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
    onPointerLeave: (event: PointerEvent<HTMLDivElement>): void => {
      if (event.pointerType !== "touch") crosshair.set(null);
    },
  };
}
