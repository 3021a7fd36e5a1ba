const FIRST = 1_000;
const MOST = 10_000;

/** Milliseconds to wait before attempt `n` (from 1): doubling up to ten seconds, spread by `random` (0 to 1) so that pages do not come back in step. */
export function retryDelay(attempt: number, random: number): number {
  const full = Math.min(MOST, FIRST * 2 ** Math.min(10, attempt - 1));
  return Math.round(full * (0.75 + 0.25 * random));
}
