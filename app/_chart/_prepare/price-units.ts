import type { PriceRange, ScaleKind } from "../../_lib/price-scales.ts";
import { decimalsOf, percent, price } from "../../_lib/format.ts";
import type { PriceScale } from "./domains.ts";

/** A price as the axis is divided: its logarithm on a logarithmic axis. */
export const toUnit = (kind: ScaleKind, value: number): number => (kind === "log" ? Math.log(value) : value);
export const fromUnit = (kind: ScaleKind, unit: number): number => (kind === "log" ? Math.exp(unit) : unit);

/** Heights of prices in their scale: 0 at the bottom, 1 at the top. A price that a logarithm does not know lies below. */
export function sharesOf({ kind, low, high }: PriceScale): (value: number) => number {
  const bottom = toUnit(kind, low);
  const range = toUnit(kind, high) - bottom;
  if (kind === "log") return (value) => (value <= 0 ? -1 : (Math.log(value) - bottom) / range);
  return (value) => (value - bottom) / range;
}

export function priceAtShare({ kind, low, high }: PriceScale, share: number): number {
  const [bottom, top] = [toUnit(kind, low), toUnit(kind, high)];
  return fromUnit(kind, bottom + share * (top - bottom));
}

/** The range spread by `factor` (above 1: more prices) around the height `share`, which keeps its price. */
export function spreadRange(scale: PriceScale, factor: number, share: number): PriceRange {
  return { low: priceAtShare(scale, share - share * factor), high: priceAtShare(scale, share + (1 - share) * factor) };
}

/** The range moved up by `share` of itself: prices move down on the screen. */
export function movedRange(scale: PriceScale, share: number): PriceRange {
  return { low: priceAtShare(scale, share), high: priceAtShare(scale, 1 + share) };
}

/** Whether a range can still be drawn apart: not narrower than a tick, nor wider than anything. */
export const isDrawable = ({ low, high }: PriceRange, tickSize: number): boolean =>
  Number.isFinite(low) && Number.isFinite(high) && high - low >= tickSize && high - low < 1e15;

/** A price as its scale writes it: the price itself, its change from the first bar in sight, or that bar as 100. */
export function scaleLabel({ kind, base }: Pick<PriceScale, "kind" | "base">, value: number, decimals: number): string {
  if (kind === "percent") return percent((value / base - 1) * 100);
  return kind === "indexed" ? price((value / base) * 100, 2) : price(value, decimals);
}

/** A label of the axis: with the decimals that its steps need. */
export function tickLabel(scale: PriceScale, value: number, decimals: number): string {
  const { kind, base, step } = scale;
  if (kind === "percent") return percent((value / base - 1) * 100, decimalsOf(step));
  return kind === "indexed" ? price((value / base) * 100, decimalsOf(step)) : price(value, decimals);
}
