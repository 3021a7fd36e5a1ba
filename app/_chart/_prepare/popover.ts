import type { ChartLayout } from "../layout.ts";
import type { PriceScale } from "./domains.ts";
import { yOfPrice } from "./price-pixels.ts";

export interface PopoverPlace {
  left: number;
  top: number;
  /** Where the nub stands, pixels from the popover's top. */
  nub: number;
  /** The side of the popover at which the nub is. */
  side: "left" | "right";
}

const WIDTH = 364;
const HEIGHT = 330;
const GAP = 16;
const EDGE = 8;

/** Beside the bar at `x` whose high is `high`, at its emptier side, within the chart. */
export function popoverPlace(x: number, high: number, scale: PriceScale, layout: ChartLayout): PopoverPlace {
  const toLeft = x > layout.plotWidth / 2 ? x - GAP - WIDTH >= EDGE : x + GAP + WIDTH > layout.width - EDGE;
  const wanted = toLeft ? x - GAP - WIDTH : x + GAP;
  const left = Math.max(EDGE, Math.min(wanted, layout.width - WIDTH - EDGE));
  const y = yOfPrice(high, scale, layout);
  const top = Math.max(EDGE, Math.min(Math.round(y - 80), layout.height - HEIGHT - EDGE));
  return { left, top, nub: Math.max(16, Math.min(Math.round(y - top), HEIGHT - 24)), side: toLeft ? "right" : "left" };
}
