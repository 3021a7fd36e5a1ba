/**
 * Arithmetic on 64-bit words as two 32-bit halves: BigInt would allocate at each step. A result is in `high` and `low` until the next
 * call.
 */
export let high = 0;
export let low = 0;

export function add64(aHigh: number, aLow: number, bHigh: number, bLow: number): void {
  const sum = (aLow >>> 0) + (bLow >>> 0);
  low = sum | 0;
  high = (aHigh + bHigh + (sum > 0xffffffff ? 1 : 0)) | 0;
}

/** The low 64 bits of the product. */
export function multiply64(aHigh: number, aLow: number, bHigh: number, bLow: number): void {
  const a0 = aLow & 0xffff;
  const a1 = aLow >>> 16;
  const b0 = bLow & 0xffff;
  const b1 = bLow >>> 16;
  const least = Math.imul(a0, b0);
  const cross = Math.imul(a0, b1);
  const other = Math.imul(a1, b0);
  const middle = (least >>> 16) + (cross & 0xffff) + (other & 0xffff);
  const top = (Math.imul(a1, b1) >>> 0) + (cross >>> 16) + (other >>> 16) + (middle >>> 16);
  low = (middle << 16) | (least & 0xffff);
  high = (top + Math.imul(aHigh, bLow) + Math.imul(aLow, bHigh)) | 0;
}

/** `places` from 1 to 31, or 33 to 63. */
export function rotate64(aHigh: number, aLow: number, places: number): void {
  const by = places & 31;
  const from = places < 32 ? aHigh : aLow;
  const to = places < 32 ? aLow : aHigh;
  high = (from << by) | (to >>> (32 - by));
  low = (to << by) | (from >>> (32 - by));
}

/** Mixes all bits into all bits: the finaliser of MurmurHash3. */
export function mix64(aHigh: number, aLow: number): void {
  multiply64(aHigh, aLow ^ (aHigh >>> 1), 0xff51afd7, 0xed558ccd);
  multiply64(high, low ^ (high >>> 1), 0xc4ceb9fe, 0x1a85ec53);
  low ^= high >>> 1;
}
