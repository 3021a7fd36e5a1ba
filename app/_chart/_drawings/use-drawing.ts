"use client";
import { type MouseEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import type { CrosshairStore } from "../crosshair-store.ts";
import type { ChartLayout } from "../layout.ts";
import type { ChartData } from "../use-chart-data.ts";
import type { ChartHandle } from "../use-chart-keys.ts";
import type { useGestures } from "../use-gestures.ts";
import type { useScene } from "../use-scene.ts";
import { revealed } from "../_prepare/viewport.ts";
import { drawingKey } from "./keys-on-chart.ts";
import type { Plane } from "./plane.ts";
import { drawingUnder, type Pointer, PointerDrawing, type Surface } from "./pointer-drawing.ts";
import type { Doing, DrawingSession } from "./session.ts";
import { isSnapping } from "./snap-choice.ts";
import { useDrawingPlane } from "./use-drawing-plane.ts";

interface DrawingOptions {
  session: DrawingSession;
  data: ChartData;
  /** What is in sight. */
  scene: ReturnType<typeof useScene>;
  element: RefObject<HTMLDivElement | null>;
  crosshair: CrosshairStore;
  calendar: CalendarName;
  layout: ChartLayout;
  tickSize: number;
}

type Gestures = ReturnType<typeof useGestures>;
type PlotMouse = MouseEvent<HTMLDivElement>;

/** For the cursor, and for what a finger may scroll. */
function mark(plot: HTMLElement | null, { tool, selected, measure, hovered }: Doing): void {
  const word = tool ? "placing" : hovered !== null ? "over" : selected !== null || measure ? "selected" : null;
  if (word === null) plot?.removeAttribute("data-drawing");
  else plot?.setAttribute("data-drawing", word);
}

/** The chart shows what is being done, and does what the session asks of it. */
function useBoundChart({ session, element, scene }: DrawingOptions, plane: Plane): void {
  const { act } = scene;
  const newest = useRef(plane);
  useEffect(() => {
    newest.current = plane;
  });
  useEffect(() => {
    const show = (): void => mark(element.current, session.doing());
    show();
    const unbind = session.bind({
      focus: () => element.current?.focus({ preventScroll: true }),
      reveal: (time) => act((view, stage) => revealed(view, newest.current.places.slot(time), stage)),
    });
    const off = session.subscribe(show);
    return () => {
      off();
      unbind();
    };
  }, [session, element, act]);
}

/** What is no business of drawing: a layer that stands on the chart. */
const isFloating = ({ target }: PlotMouse): boolean =>
  target instanceof Element && target.closest("[data-floating]") !== null;

/** Points snap unless Ctrl or Cmd is held. */
function pointerOf(event: PlotMouse & Partial<Pick<PointerEvent, "pointerId" | "pointerType">>): Pointer {
  const { left, top } = event.currentTarget.getBoundingClientRect();
  return {
    id: event.pointerId ?? 0,
    at: { x: event.clientX - left, y: event.clientY - top },
    isTouch: event.pointerType === "touch",
    isPressed: event.buttons !== 0,
    snaps: isSnapping() && !event.ctrlKey && !event.metaKey,
  };
}

/** The chart's gestures, after those of drawing: what is no drawing's business goes on to them. */
function withDrawing(gestures: Gestures, pointers: PointerDrawing, surface: Surface): Gestures {
  const { session } = surface;
  return {
    onPointerDown: (event) => {
      const isDrawing =
        event.button === 0 && !isFloating(event) && pointers.down(pointerOf(event), surface, event.shiftKey);
      if (isDrawing) event.currentTarget.setPointerCapture(event.pointerId);
      else gestures.onPointerDown(event);
    },
    onPointerMove: (event) => {
      pointers.move(pointerOf(event), surface);
      gestures.onPointerMove(event);
    },
    onPointerUp: (event) => {
      if (!pointers.up(pointerOf(event), surface)) gestures.onPointerUp(event);
    },
    onPointerCancel: (event) => {
      pointers.end(event.pointerId, surface);
      gestures.onPointerCancel(event);
    },
    onDoubleClick: (event) => {
      if (isFloating(event) || session.doing().tool) return;
      const met = drawingUnder(pointerOf(event), surface);
      if (met?.drawing.kind === "note") session.write(met.drawing);
      else if (!met) gestures.onDoubleClick(event);
    },
    onPointerLeave: (event) => {
      session.hover(null);
      gestures.onPointerLeave(event);
    },
  };
}

/** Drawing with pointers and keys. */
export function useDrawing(options: DrawingOptions) {
  const { session, data, scene, element, crosshair, calendar, layout, tickSize } = options;
  const { series } = data;
  const { closed, view, price, shaped } = scene;
  const plane = useDrawingPlane(data, { closed, calendar, view, scale: price.scales.price, layout, tickSize });
  const [pointers] = useState(() => new PointerDrawing());
  useBoundChart(options, plane);
  const barAt: Surface["barAt"] = (start) => {
    const position = series.positionOf(start);
    return position === null ? undefined : (shaped.heikinAshiAt?.(position) ?? series.at(position));
  };
  const key: ChartHandle["key"] = (event) =>
    drawingKey(event, { session, plane, series, crosshair, element: element.current });
  return {
    plane,
    key,
    /** A click beside all drawings ends the selection; only where there was none it is the chart's. */
    orElse:
      (pick: (position: number) => void) =>
      (position: number): void => {
        if (!session.cancel()) pick(position);
      },
    before: (gestures: Gestures): Gestures => withDrawing(gestures, pointers, { session, plane, barAt }),
  };
}
