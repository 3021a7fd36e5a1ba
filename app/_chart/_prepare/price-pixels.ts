import type { ChartLayout } from "../layout.ts";
import type { PriceScale } from "./domains.ts";
import { priceAtShare, sharesOf } from "./price-units.ts";

/** From prices to pixels from the chart's top, the same on which Recharts' axis lies. */
export function priceHeights(scale: PriceScale, { top, plotHeight }: ChartLayout): (value: number) => number {
  const share = sharesOf(scale);
  return (value) => top + (1 - share(value)) * plotHeight;
}

export const yOfPrice = (value: number, scale: PriceScale, layout: ChartLayout): number =>
  priceHeights(scale, layout)(value);

/** The price at which somebody points; null beside the prices, and where there are none. */
export function pointedPrice(y: number, scale: PriceScale, layout: ChartLayout): number | null {
  if (y < layout.top - 8 || y > layout.priceHeight) return null;
  const price = priceAtY(y, scale, layout);
  return price > 0 && Number.isFinite(price) ? price : null;
}

export function priceAtY(y: number, scale: PriceScale, { top, plotHeight }: ChartLayout): number {
  return priceAtShare(scale, 1 - (y - top) / plotHeight);
}
