import type { ChartLayout } from "../layout.ts";
import { VOLUME_TOP } from "../layout.ts";
import type { Pixels, Scale } from "./paths.ts";
import type { TimeAxis } from "./time-axis.ts";
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
  axis: TimeAxis;
  slotX: Scale;
}

function panePixels({ left, step, axis }: PlacedView, plot: Plot, y: Scale): PanePixels {
  // Not rounded: bars narrower than a pixel are put into columns by what is drawn.
  const slotX = (slot: number): number => plot.x + (slot - left) * step;
  return { x: (position) => slotX(axis.slot(position)), slotX, y, step, plot, axis };
}

/** Of the pane of prices, whose heights are those of `priceHeights`: the pixels of Recharts' axes, which are given the same range. */
export function pricePixels(view: PlacedView, layout: ChartLayout, heights: Scale): PanePixels {
  return panePixels(view, { x: 0, y: layout.top, width: layout.plotWidth, height: layout.plotHeight }, heights);
}

/** Heights of values in a pane below it, which is `height` pixels high. */
export function lowerHeights(height: number, { low, high }: { low: number; high: number }): Scale {
  const room = height - VOLUME_TOP;
  return (value) => VOLUME_TOP + (1 - (value - low) / (high - low)) * room;
}

/** Of such a pane. */
export function lowerPixels(view: PlacedView, { plotWidth }: ChartLayout, height: number, heights: Scale): PanePixels {
  return panePixels(view, { x: 0, y: VOLUME_TOP, width: plotWidth, height: height - VOLUME_TOP }, heights);
}
