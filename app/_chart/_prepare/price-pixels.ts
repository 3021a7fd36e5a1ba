import type { ChartLayout } from "../layout.ts";
import type { PriceScale } from "./domains.ts";
import { priceAtShare, shareOf } from "./price-units.ts";

/** Pixels from the chart's top of a price, the same line on which Recharts' axis lies. */
export function yOfPrice(value: number, scale: PriceScale, { top, plotHeight }: ChartLayout): number {
  return top + (1 - shareOf(scale, value)) * plotHeight;
}

/** The price at which somebody points; null beside the prices, and where there are none. */
export function pointedPrice(y: number, scale: PriceScale, layout: ChartLayout): number | null {
  if (y < layout.top - 8 || y > layout.priceHeight) return null;
  const price = priceAtY(y, scale, layout);
  return price > 0 && Number.isFinite(price) ? price : null;
}

export function priceAtY(y: number, scale: PriceScale, { top, plotHeight }: ChartLayout): number {
  return priceAtShare(scale, 1 - (y - top) / plotHeight);
}
