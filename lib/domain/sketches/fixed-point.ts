/** Amounts are counted in units of 1e-8, the smallest part of a share or a coin that venues trade. */
export const UNITS = 1e8;
/** The most that one amount can be: sums beyond it stay there. */
export const MOST_WHOLE = 2 ** 52 - 1;

/**
 * A non-negative amount as two integers, `whole` and `fraction` in UNITS. Sums of doubles depend on their order; sums of these do
 * not, which is what makes a sketch of amounts merge exactly. Each amount is taken as the nearest multiple of 1e-8; that is the only
 * rounding, and it is a function of the amount alone.
 */
export function wholeOf(amount: number): number {
  const whole = Math.floor(amount);
  if (whole >= MOST_WHOLE) return MOST_WHOLE;
  return Math.round((amount - whole) * UNITS) === UNITS ? whole + 1 : whole;
}

/** The part behind the point in UNITS, from 0 to UNITS − 1. */
export function fractionOf(amount: number): number {
  const whole = Math.floor(amount);
  if (whole >= MOST_WHOLE) return 0;
  const fraction = Math.round((amount - whole) * UNITS);
  return fraction === UNITS ? 0 : fraction;
}

/** The amount: the nearest number, so that 0.1 and 0.2 give 0.3. */
export function amountOf(whole: number, fraction: number): number {
  const units = whole * UNITS + fraction;
  return units <= Number.MAX_SAFE_INTEGER ? units / UNITS : whole + fraction / UNITS;
}
