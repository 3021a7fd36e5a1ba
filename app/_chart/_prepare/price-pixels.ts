import type { ChartLayout } from "../layout.ts";
import type { PriceScale } from "./domains.ts";

/** Pixels from the chart's top of a price, the same line on which Recharts' axis lies. */
export function yOfPrice(value: number, scale: PriceScale, { top, plotHeight }: ChartLayout): number {
  return top + ((scale.high - value) / (scale.high - scale.low)) * plotHeight;
}

export function priceAtY(y: number, scale: PriceScale, { top, plotHeight }: ChartLayout): number {
  return scale.high - ((y - top) / plotHeight) * (scale.high - scale.low);
}
