import { ByteWriter } from "../domain/sketches/bytes.ts";
import { beginHistogram, readHistogram, SIZE_SCALE, writeBucket } from "../domain/sketches/exponential-histogram.ts";
import { HyperLogLog } from "../domain/sketches/hyper-log-log.ts";
import { beginProfile, readProfile, writeVolume } from "../domain/sketches/volume-profile.ts";
import { readPart, type SketchPart, writePart } from "../domain/sketches/window-sketches.ts";
import { isSketched } from "./intervals.ts";
import { bucketKey, bucketOf, isZeroKey, measureOf, PRICE, zeroKey } from "./sketch-keys.ts";
import type { State } from "./state.ts";
import { INTERVAL, SLOT, type WindowArena } from "./window-arena.ts";

/** The names of the histograms, by their measure. */
const HISTOGRAMS: readonly (SketchPart | null)[] = [null, "size", "notional", "spread"];

const part = new ByteWriter();
const whole = new ByteWriter();
const profile = new ByteWriter();

/** The sketches of a window, base64: all but the profile in one (`window-sketches.ts`); null where its interval has none. */
export interface EncodedSketches {
  sketch: string | null;
  profile: string | null;
}

const NOTHING: EncodedSketches = { sketch: null, profile: null };

export function encodeSketches(state: State, window: number): EncodedSketches {
  const { arena } = state;
  if (!isSketched(arena.word(window, INTERVAL))) return NOTHING;
  state.waiting.flush(arena.word(window, SLOT));
  whole.clear();
  profile.clear();
  beginProfile(profile);
  measure = 0;
  arena.forEachAmount(window, writeEntry);
  endHistogram();
  const venues = arena.venues.of(window);
  if (venues) {
    const bytes = venues.encode();
    writePart(whole, "venues", bytes, bytes.length);
  }
  return { sketch: base64(whole), profile: base64(profile) };
}

/** Where `writeEntry` stands: entries come in the order of their keys, so one measure after the other. */
let measure = 0;
let last = 0;

function writeEntry(key: number, amount: number, fraction: number): void {
  if (measureOf(key) !== measure) {
    endHistogram();
    measure = measureOf(key);
    last = 0;
    // Zeros come first.
    if (measure !== PRICE) beginHistogram(part, SIZE_SCALE, isZeroKey(key) ? amount : 0);
  }
  if (isZeroKey(key)) return;
  const index = bucketOf(key);
  if (measure !== PRICE) writeBucket(part, index - last, amount);
  else if (amount > 0 || fraction > 0) writeVolume(profile, index - last, amount, fraction);
  else return;
  last = index;
}

function endHistogram(): void {
  const name = HISTOGRAMS[measure];
  if (name) writePart(whole, name, part.bytes, part.length);
  part.clear();
}

/** Fills a window without sketches from those that were encoded. */
export function restoreSketches(arena: WindowArena, window: number, encoded: EncodedSketches): void {
  arena.clearSketches(window);
  if (encoded.sketch !== null) {
    const bytes = Buffer.from(encoded.sketch, "base64");
    for (const [number, name] of HISTOGRAMS.entries()) {
      const histogram = name && readPart(bytes, name);
      if (!histogram) continue;
      const add = (index: number, count: number): void => arena.addAmount(window, bucketKey(number, index), count, 0);
      const zeros = readHistogram(histogram, add);
      if (zeros > 0) arena.addAmount(window, zeroKey(number), zeros, 0);
    }
    const venues = readPart(bytes, "venues");
    if (venues) arena.venues.put(window, HyperLogLog.decode(venues));
  }
  if (encoded.profile === null) return;
  readProfile(Buffer.from(encoded.profile, "base64"), (index, volume, fraction) =>
    arena.addAmount(window, bucketKey(PRICE, index), volume, fraction),
  );
}

function base64({ bytes, length }: ByteWriter): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, length).toString("base64");
}
