import { type Hash128, murmur3 } from "./murmur3.ts";

/** DataSketches' default seed of its updates. */
const SEED = 9001;
const ADDRESS = 0x3ffffff;
const ENCODER = new TextEncoder();
const hash: Hash128 = { firstHigh: 0, firstLow: 0, secondHigh: 0, secondLow: 0 };
const eight = new Uint8Array(8);
const integer = new DataView(eight.buffer);

/**
 * What Apache DataSketches keeps of one item of a HyperLogLog: 26 bits of address, and above them 6 bits that say at which place the
 * first one of a further 64 random bits stands, at most 63. Never 0. Two different items share a coupon once in 2·10^8 pairs.
 */
export function couponOfBytes(bytes: Uint8Array): number {
  murmur3(hash, bytes, SEED);
  const zeros = hash.secondHigh === 0 ? 32 + Math.clz32(hash.secondLow) : Math.clz32(hash.secondHigh);
  return (((Math.min(zeros, 62) + 1) << 26) | (hash.firstLow & ADDRESS)) >>> 0;
}

/** Of its UTF-8 bytes, as `update(String)` there. */
export function couponOfText(text: string): number {
  return couponOfBytes(ENCODER.encode(text));
}

/** Of a safe integer's 64 bits, as `update(long)` there. */
export function couponOfInteger(value: number): number {
  integer.setInt32(0, value | 0, true);
  integer.setInt32(4, Math.floor(value / 2 ** 32), true);
  return couponOfBytes(eight);
}
