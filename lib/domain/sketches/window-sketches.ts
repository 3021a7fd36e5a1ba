import { ByteReader, type ByteWriter } from "./bytes.ts";

/** What a window carries beside its volume profile, by its number in the encoding. */
export const SKETCH_PARTS = { size: 1, notional: 2, spread: 3, venues: 4 } as const;
export type SketchPart = keyof typeof SKETCH_PARTS;

/** Appends one part of the sketches of a window. */
export function writePart(writer: ByteWriter, part: SketchPart, bytes: Uint8Array, length: number): void {
  writer.varint(SKETCH_PARTS[part]);
  writer.block(bytes, length);
}

/** One part of the encoded sketches of a window; null where it has none. RangeError for what no window wrote. */
export function readPart(bytes: Uint8Array, part: SketchPart): Uint8Array | null {
  const reader = new ByteReader(bytes);
  while (!reader.done) {
    const number = reader.varint();
    const block = reader.block();
    if (number === SKETCH_PARTS[part]) return block;
  }
  return null;
}
