"use client";
import { useEffect, type RefObject } from "react";
import type { Interval } from "#lib/domain/interval.ts";
import { historyKey } from "../_chart/_drawings/drawing-keys.ts";
import type { DrawingSession } from "../_chart/_drawings/session.ts";
import type { ChartHandle } from "../_chart/use-chart-keys.ts";
import { lookKey, type ChartLook } from "../_lib/chart-keys.ts";
import { intervalOfKey } from "../_lib/chart-link.ts";
import { isTyping } from "../_lib/keys.ts";
import type { StudyDialog } from "./use-studies.tsx";

interface KeyMap {
  /** Of several charts on a page the keys are those of one. */
  isActive: boolean;
  handle: RefObject<ChartHandle | null>;
  look: ChartLook;
  onLook: (look: ChartLook) => void;
  onInterval: (interval: Interval) => void;
  onStudy: (dialog: StudyDialog) => void;
  drawing: DrawingSession;
  /** null: there are no alerts of it. */
  onAlert: (() => void) | null;
}

/** What keys do to a chart wherever on its page the focus is: interval, look, indicators, undoing a drawing; the rest is the chart's own. */
export function useKeyMap({ isActive, handle, look, onLook, onInterval, onStudy, onAlert, drawing }: KeyMap): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isTyping(event.target)) return;
      const wanted = historyKey(event);
      if (wanted) {
        drawing.store[wanted]();
        event.preventDefault();
      }
      if (event.ctrlKey || event.metaKey) return;
      const target = event.target instanceof Element ? event.target : null;
      const onPage = target === document.body || target?.closest(".plot") !== null;
      const interval = event.altKey ? null : intervalOfKey(event.key);
      const changed = lookKey(event, look);
      if (interval) onInterval(interval);
      else if (changed) onLook(changed);
      else if (event.key === "/" && !event.altKey) onStudy("indicators");
      else if (event.altKey && event.code === "KeyO") onStudy("drawings");
      else if (event.altKey && event.code === "KeyW" && onAlert) onAlert();
      else if (!onPage || handle.current?.key(event) !== true) return;
      event.preventDefault();
    };
    if (isActive) document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [isActive, handle, look, onLook, onInterval, onStudy, onAlert, drawing]);
}
