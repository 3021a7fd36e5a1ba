import type { ChartLayout } from "../layout.ts";
import { VOLUME_TOP } from "../layout.ts";
import type { PriceScale } from "./domains.ts";
import type { Pixels, Scale } from "./paths.ts";
import { priceHeights } from "./price-pixels.ts";
import type { PlacedView } from "./viewport.ts";

/** Where bars are drawn, pixels of their pane. */
export interface Plot {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where a pane's values stand, and bars by their position or their place. */
export interface PanePixels extends Pixels {
  plot: Plot;
  slotX: Scale;
}

function panePixels({ left, step, axis }: PlacedView, plot: Plot, y: Scale): PanePixels {
  // Not rounded: bars narrower than a pixel are put into columns by what is drawn.
  const slotX = (slot: number): number => plot.x + (slot - left) * step;
  return { x: (position) => slotX(axis.slot(position)), slotX, y, step, plot };
}

/** Of the pane of prices; the same pixels as those of Recharts' axes, which are given the same range. */
export function pricePixels(view: PlacedView, layout: ChartLayout, scale: PriceScale): PanePixels {
  const plot = { x: 0, y: layout.top, width: layout.plotWidth, height: layout.plotHeight };
  return panePixels(view, plot, priceHeights(scale, layout));
}

/** Of a pane below it, `height` pixels high without an axis of time. */
export function lowerPixels(
  view: PlacedView,
  { plotWidth }: ChartLayout,
  height: number,
  { low, high }: { low: number; high: number },
): PanePixels {
  const plot = { x: 0, y: VOLUME_TOP, width: plotWidth, height: height - VOLUME_TOP };
  return panePixels(view, plot, (value) => plot.y + (1 - (value - low) / (high - low)) * plot.height);
}
