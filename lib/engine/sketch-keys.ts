import { bucketScale } from "../domain/sketches/bucket-scale.ts";
import { SIZE_SCALE } from "../domain/sketches/exponential-histogram.ts";
import { PRICE_SCALE } from "../domain/sketches/volume-profile.ts";

/**
 * The buckets of all histograms of a window share one table. A key is the number of the measure above 27 bits, in which the bucket's
 * index is moved so that all are positive; sorted, the keys of a measure follow each other in the order of their buckets. No key is 0.
 */
export const SIZE = 1;
export const NOTIONAL = 2;
export const SPREAD = 3;
export const PRICE = 4;

const MEASURE_SHIFT = 27;
/** More than any index of any scale: at scale 13 those of all doubles lie within ±2^23.1. */
const MIDDLE = 2 ** 25;
const INDEX_MASK = 2 ** MEASURE_SHIFT - 1;

const AMOUNTS = bucketScale(SIZE_SCALE);
const PRICES = bucketScale(PRICE_SCALE);

export function bucketKey(measure: number, index: number): number {
  return (measure << MEASURE_SHIFT) | (index + MIDDLE);
}

/** Stands for the zeros of a measure. */
export function zeroKey(measure: number): number {
  return measure << MEASURE_SHIFT;
}

export function measureOf(key: number): number {
  return key >>> MEASURE_SHIFT;
}

export function isZeroKey(key: number): boolean {
  return (key & INDEX_MASK) === 0;
}

export function bucketOf(key: number): number {
  return (key & INDEX_MASK) - MIDDLE;
}

/** The key of an amount; of one that is not positive, the key of zero. What is too large to be a number is as large as one can be. */
export function amountKey(measure: number, amount: number): number {
  if (!(amount > 0)) return zeroKey(measure);
  return bucketKey(measure, AMOUNTS.indexOf(amount === Infinity ? Number.MAX_VALUE : amount));
}

export function priceKey(price: number): number {
  return bucketKey(PRICE, PRICES.indexOf(price));
}
