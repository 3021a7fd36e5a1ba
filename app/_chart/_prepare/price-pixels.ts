import type { ChartLayout } from "../layout.ts";
import type { PriceScale } from "./domains.ts";
import { priceAtShare, shareOf } from "./price-units.ts";

/** Pixels from the chart's top of a price, the same line on which Recharts' axis lies. */
export function yOfPrice(value: number, scale: PriceScale, { top, plotHeight }: ChartLayout): number {
  return top + (1 - shareOf(scale, value)) * plotHeight;
}

export function priceAtY(y: number, scale: PriceScale, { top, plotHeight }: ChartLayout): number {
  return priceAtShare(scale, 1 - (y - top) / plotHeight);
}
