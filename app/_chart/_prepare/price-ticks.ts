import type { PriceScale } from "./domains.ts";
import { niceStep, priceTicks } from "./ticks.ts";

/** Pixels between labels of a logarithmic axis, at least. */
const LOG_GAP = 40;

/** Highest price to the lowest below which steps are all the same. */
const NARROW = 2;

/**
 * Labels of a logarithmic axis: multiples of 1, 2 or 5, each at least `gap` pixels from the one before. Over a narrow range their steps are
 * the same, over a wide one they grow with the price.
 */
export function logTicks(low: number, high: number, height: number, tickSize: number, gap = LOG_GAP): number[] {
  const pixels = height / Math.log(high / low);
  const ticks: number[] = [];
  if (high < low * NARROW) return priceTicks(low, high, niceStep(high * -Math.expm1(-gap / pixels), 1, tickSize));
  let least = low;
  while (ticks.length <= height / gap) {
    // So much does the price rise within `gap` pixels from here.
    const step = niceStep(least * Math.expm1(gap / pixels), 1, tickSize);
    const tick = multiple((ticks.at(-1) ?? low - step) + step, step);
    if (!(tick <= high)) break;
    ticks.push(tick);
    least = tick;
  }
  return ticks;
}

/** The first multiple of `step` from `value` on. */
const multiple = (value: number, step: number): number =>
  Number((Math.ceil(value / step - 1e-6) * step).toPrecision(12));

/** Prices at which the axis is labelled. */
export function axisTicks(scale: PriceScale, height: number, tickSize: number): number[] {
  const { kind, low, high, step, base } = scale;
  if (kind === "log") return logTicks(low, high, height, tickSize);
  if (kind === "linear") return priceTicks(low, high, step);
  const [hundred, zero] = kind === "percent" ? [100, 1] : [100, 0];
  const unit = (value: number): number => (value / base - zero) * hundred;
  return priceTicks(unit(low), unit(high), step).map((tick) => (tick / hundred + zero) * base);
}
