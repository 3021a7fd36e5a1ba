"use client";
import { useImperativeHandle, type Ref, type RefObject } from "react";
import type { CrosshairStore } from "./crosshair-store.ts";
import type { ChartLayout } from "./layout.ts";
import type { PriceScale } from "./_prepare/domains.ts";
import { keyMove } from "./_prepare/keys.ts";
import { pointedPrice } from "./_prepare/price-pixels.ts";
import { priceKey, type PriceMove } from "./_prepare/price-keys.ts";
import { type PlacedView, xOf } from "./_prepare/viewport.ts";
import type { ChartData } from "./use-chart-data.ts";
import type { Ranging } from "./use-range.ts";
import type { Move } from "./use-viewport.ts";

/** What the page asks of the chart by its keys. */
export interface ChartHandle {
  /** Whether the key was one of the chart's. */
  key: (event: Pick<KeyboardEvent, "key" | "shiftKey"> & Partial<Pick<KeyboardEvent, "altKey" | "code">>) => boolean;
  /** What is drawn; null while nothing is. */
  plot: () => Element | null;
  /** The price under the crosshair; null while it is nowhere, or not over the prices. */
  price: () => number | null;
}

interface KeyOptions {
  handle: Ref<ChartHandle>;
  element: RefObject<Element | null>;
  act: (move: Move) => void;
  crosshair: CrosshairStore;
  view: PlacedView;
  /** The bars to walk through. */
  data: ChartData;
  picked: number | null;
  setPicked: (position: number | null) => void;
  ranging: Pick<Ranging, "marked" | "chooseVisible" | "clear">;
  /** Moves the price axis. */
  price: (move: PriceMove) => void;
  scale: PriceScale;
  layout: ChartLayout;
  onReset: () => void;
  /** Keys that come before the chart's own: whether one was taken. */
  before: ChartHandle["key"];
}

/** Keys move and zoom the view, lead the crosshair from bar to bar, and pick the bar under it. */
export function useChartKeys(options: KeyOptions): void {
  const { handle, element, act, crosshair, view, data, picked, setPicked, ranging } = options;
  const { price, scale, layout, onReset, before } = options;
  const { series } = data;
  useImperativeHandle(
    handle,
    () => ({
      plot: () => element.current,
      price: () => {
        const at = crosshair.get();
        if (!at) return null;
        return at.y === null ? (series.at(at.position)?.close ?? null) : pointedPrice(at.y, scale, layout);
      },
      key: (event) => {
        if (before(event)) return true;
        const { key, shiftKey } = event;
        const priced = priceKey(event);
        if (priced) {
          price(priced);
          return true;
        }
        if (event.altKey) {
          if (event.code !== "KeyR") return false;
          onReset();
          return true;
        }
        if (key === "Escape" && (picked !== null || crosshair.get())) {
          setPicked(null);
          crosshair.set(null);
          return true;
        }
        if (key === "Escape" && ranging.marked) {
          ranging.clear();
          return true;
        }
        if (key === "0") {
          ranging.chooseVisible();
          return true;
        }
        const at = crosshair.get();
        if (key === "Enter" && at && series.at(at.position)) {
          setPicked(at.position);
          return true;
        }
        if (shiftKey && (key === "ArrowLeft" || key === "ArrowRight")) {
          const from = at?.position ?? series.last + (key === "ArrowLeft" ? 1 : 0);
          const to = Math.min(series.last, Math.max(series.first, from + (key === "ArrowLeft" ? -1 : 1)));
          crosshair.set({ position: to, y: null });
          if (xOf(view, to) < 2 * view.step) act((current, stage) => keyMove("ArrowLeft")?.(current, stage) ?? current);
          return true;
        }
        const move = keyMove(key);
        if (move) act(move);
        return move !== null;
      },
    }),
    [element, act, crosshair, view, series, picked, setPicked, ranging, price, scale, layout, onReset, before],
  );
}
