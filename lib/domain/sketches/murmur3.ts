import { add64, high, low, mix64, multiply64, rotate64 } from "./uint64.ts";

/** The 128 bits of a hash in 32-bit words: the first 64 bits, then the second. */
export interface Hash128 {
  firstHigh: number;
  firstLow: number;
  secondHigh: number;
  secondLow: number;
}

const C1_HIGH = 0x87c37b91;
const C1_LOW = 0x114253d5;
const C2_HIGH = 0x4cf5ad43;
const C2_LOW = 0x2745937f;

function wordAt(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 <= end) {
    const pair = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    return pair | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
  }
  let word = 0;
  for (let place = 0; at + place < end; place++) word |= (bytes[at + place] ?? 0) << (8 * place);
  return word;
}

/** MurmurHash3_x64_128 (Appleby, 2011; public domain) of bytes, into `hash`. `seed`: 32 bits. */
export function murmur3(hash: Hash128, bytes: Uint8Array, seed: number): void {
  const { length } = bytes;
  let h1High = 0;
  let h1Low = seed | 0;
  let h2High = 0;
  let h2Low = seed | 0;
  for (let at = 0; at < length; at += 16) {
    // What is left behind the whole blocks lacks bytes, and is mixed in without their rounds.
    const isWhole = at + 16 <= length;
    multiply64(wordAt(bytes, at + 4, length), wordAt(bytes, at, length), C1_HIGH, C1_LOW);
    rotate64(high, low, 31);
    multiply64(high, low, C2_HIGH, C2_LOW);
    h1High ^= high;
    h1Low ^= low;
    if (isWhole) {
      rotate64(h1High, h1Low, 27);
      add64(high, low, h2High, h2Low);
      multiply64(high, low, 0, 5);
      add64(high, low, 0, 0x52dce729);
      h1High = high;
      h1Low = low;
    }
    if (length - at > 8) {
      multiply64(wordAt(bytes, at + 12, length), wordAt(bytes, at + 8, length), C2_HIGH, C2_LOW);
      rotate64(high, low, 33);
      multiply64(high, low, C1_HIGH, C1_LOW);
      h2High ^= high;
      h2Low ^= low;
    }
    if (!isWhole) break;
    rotate64(h2High, h2Low, 31);
    add64(high, low, h1High, h1Low);
    multiply64(high, low, 0, 5);
    add64(high, low, 0, 0x38495ab5);
    h2High = high;
    h2Low = low;
  }
  finish(hash, h1High, h1Low ^ length, h2High, h2Low ^ length);
}

function finish(hash: Hash128, h1High: number, h1Low: number, h2High: number, h2Low: number): void {
  add64(h1High, h1Low, h2High, h2Low);
  const sumHigh = high;
  const sumLow = low;
  add64(h2High, h2Low, sumHigh, sumLow);
  mix64(high, low);
  const secondHigh = high;
  const secondLow = low;
  mix64(sumHigh, sumLow);
  add64(high, low, secondHigh, secondLow);
  hash.firstHigh = high;
  hash.firstLow = low;
  add64(secondHigh, secondLow, high, low);
  hash.secondHigh = high;
  hash.secondLow = low;
}
