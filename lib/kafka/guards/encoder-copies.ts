import { createRequire } from "node:module";
import { patchOnce } from "./patch-once.ts";

/** Longer ones are kept as they are instead of being copied. */
const KEPT_FROM = 2048;

/** A buffer that belongs behind the first `at` bytes of what was copied. */
interface Kept {
  at: number;
  bytes: Buffer;
}

interface Encoder {
  buf: Buffer;
  offset: number;
  kept?: Kept[];
  readonly buffer: Buffer;
  ensureAvailable(length: number): void;
  writeBufferInternal(bytes: Buffer): void;
  writeEncoder(value: Encoder): Encoder;
  writeEncoderArray(value: readonly Encoder[]): Encoder;
  size(): number;
}

/**
 * kafkajs 2.2.4 copies a record through some ten encoders on its way into a request, each of which grows by doubling and is filled with
 * zeros first: thirty times its size is allocated outside the heap, and every 64 MB of that start a full collection. With this, long
 * parts are handed on and copied when somebody asks for the bytes: three times.
 */
export function guardEncoderCopies(): void {
  const load = createRequire(import.meta.url);
  const { prototype, nextPowerOfTwo } = load("kafkajs/src/protocol/encoder") as {
    prototype: Encoder;
    nextPowerOfTwo: (value: number) => number;
  };
  patchOnce(prototype, "ensureAvailable", () => {
    return function (this: Encoder, length: number): void {
      if (this.offset + length <= this.buf.length) return;
      const larger = Buffer.allocUnsafe(nextPowerOfTwo(this.offset + length));
      this.buf.copy(larger, 0, 0, this.offset);
      this.buf = larger;
    };
  });
  patchOnce(prototype, "writeBufferInternal", (original) => {
    return function (this: Encoder, bytes: Buffer): void {
      if (bytes.length < KEPT_FROM) original.call(this, bytes);
      else (this.kept ??= []).push({ at: this.offset, bytes });
    };
  });
  patchOnce(prototype, "writeEncoder", () => {
    return function (this: Encoder, value: Encoder): Encoder {
      for (const part of partsOf(value)) this.writeBufferInternal(part);
      return this;
    };
  });
  patchOnce(prototype, "writeEncoderArray", () => {
    return function (this: Encoder, values: readonly Encoder[]): Encoder {
      for (const value of values) this.writeEncoder(value);
      return this;
    };
  });
  patchOnce(prototype, "size", () => {
    return function (this: Encoder): number {
      return (this.kept ?? []).reduce((sum, { bytes }) => sum + bytes.length, this.offset);
    };
  });
  Object.defineProperty(prototype, "buffer", {
    configurable: true,
    get(this: Encoder): Buffer {
      return joined(this);
    },
  });
}

function* partsOf({ buf, offset, kept = [] }: Encoder): Generator<Buffer> {
  let from = 0;
  for (const { at, bytes } of kept) {
    if (at > from) yield buf.subarray(from, at);
    yield bytes;
    from = at;
  }
  if (offset > from) yield buf.subarray(from, offset);
}

/** All bytes in one piece; whoever asks again gets the same piece. */
function joined(encoder: Encoder): Buffer {
  if (encoder.kept) {
    encoder.buf = Buffer.concat([...partsOf(encoder)], encoder.size());
    encoder.offset = encoder.buf.length;
    delete encoder.kept;
  }
  return encoder.buf.subarray(0, encoder.offset);
}
