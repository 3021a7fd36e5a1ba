/** Appends small non-negative integers in few bytes (LEB128), as Protocol Buffers do. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  /** What was written is the first `length` of these; they change with the next call. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get length(): number {
    return this.#length;
  }

  /** Begins again in the same memory. */
  clear(): void {
    this.#length = 0;
  }

  /** `value`: an integer from 0 to 2^53 − 1. */
  varint(value: number): void {
    if (value < 0x80) {
      this.#push(value);
      return;
    }
    let rest = value;
    while (rest >= 0x80) {
      this.#push((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.#push(rest);
  }

  /** An integer of either sign; small magnitudes are short. */
  zigzag(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = byte;
  }
}

/** Reads what ByteWriter wrote. Throws RangeError beyond the end. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError("The bytes end within a number");
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }
}
