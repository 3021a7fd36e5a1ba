"use client";
import { useEffect, useRef, type PointerEvent } from "react";
import type { ChartLayout } from "./layout.ts";
import type { PriceScale } from "./_prepare/domains.ts";
import { spreadRange } from "./_prepare/price-units.ts";
import type { PriceMove } from "./_prepare/price-keys.ts";
import { atNewest, DEFAULT_STEP } from "./_prepare/viewport.ts";
import { zoomBy, type ZoomRest } from "./use-gestures.ts";
import type { Move } from "./use-viewport.ts";

interface AxesProps {
  layout: ChartLayout;
  act: (move: Move) => void;
  price: (move: PriceMove) => void;
  /** Whether the price axis follows the bars in sight. */
  auto: boolean;
}

/** A drag over the plot's height spreads prices so many e-folds. */
const PRICE_SPEED = 2.5;
const TIME_SPEED = 0.006;
const WHEEL_SPEED = 0.0012;
/** Pixels that a line of a wheel stands for. */
const LINE = 16;

/** Moves of one pointer that is pressed on an element, pixels since the one before. */
function useDrag(onDrag: (dx: number, dy: number) => void) {
  const held = useRef<{ x: number; y: number } | null>(null);
  const end = (): void => {
    held.current = null;
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>): void => {
      if (event.button !== 0 || held.current) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      held.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>): void => {
      const from = held.current;
      if (!from) return;
      held.current = { x: event.clientX, y: event.clientY };
      onDrag(event.clientX - from.x, event.clientY - from.y);
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}

const spread =
  (factor: number, share: number): PriceMove =>
  (scale: PriceScale) =>
    spreadRange(scale, factor, share);

/** What can be dragged beside the plot: prices apart or together, bars wider or narrower. Keys do the same. */
export function Axes({ layout, act, price, auto }: AxesProps) {
  const { width, height, axis, foot, top, plotWidth, plotHeight, priceHeight } = layout;
  const prices = useRef<HTMLDivElement>(null);
  const rest: ZoomRest = useRef(null);
  const priceDrag = useDrag((_, dy) => price(spread(Math.exp((dy / plotHeight) * PRICE_SPEED), 0.5)));
  const timeDrag = useDrag((dx) => act(zoomBy(rest, Math.exp(-dx * TIME_SPEED), plotWidth)));
  useEffect(() => {
    const target = prices.current;
    if (!target) return undefined;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      event.stopPropagation();
      const turned = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1);
      const y = event.clientY - target.getBoundingClientRect().top;
      price(spread(Math.exp(turned * WHEEL_SPEED), 1 - (y - top) / plotHeight));
    };
    target.addEventListener("wheel", onWheel, { passive: false });
    return () => target.removeEventListener("wheel", onWheel);
  }, [price, top, plotHeight]);
  return (
    <>
      <div
        ref={prices}
        className="axis-drag prices"
        data-floating
        style={{ left: width - axis, top: 0, width: axis, height: priceHeight }}
        title="Drag to spread the prices, double-click for those in sight"
        {...priceDrag}
        onDoubleClick={(event) => {
          event.stopPropagation();
          price(() => null);
        }}
      />
      <div
        className="axis-drag times"
        data-floating
        style={{ left: 0, top: height - foot, width: width - axis, height: foot }}
        title="Drag to spread the bars, double-click for the newest at the usual size"
        {...timeDrag}
        onDoubleClick={(event) => {
          event.stopPropagation();
          act((_, stage) => atNewest(stage, DEFAULT_STEP));
        }}
      />
      <button
        type="button"
        className="auto"
        data-floating
        style={{ left: width - axis, top: height - foot, width: axis, height: foot }}
        aria-pressed={auto}
        title={auto ? "Prices of the bars in sight" : "Prices set by hand: press for those of the bars in sight"}
        onClick={() => price((scale) => (auto ? { low: scale.low, high: scale.high } : null))}
      >
        auto
      </button>
    </>
  );
}
