import type { JsonWriter } from "./json-writer.ts";

const FIRST_CAPACITY = 256;
/** Between quotes in JSON, the bytes of such a name are the name. */
const PLAIN = /^[ !#-[\]-~]+$/;
/** Integers kept of each name: its hash, where its bytes begin, how many they are. */
const FACTS = 3;

/**
 * Numbers for names, from 0 in the order in which they were added; none is ever removed. Plain names are also found by their bytes,
 * without making a string. Open addressing, at most half full; the bytes of all names lie one behind the other.
 */
export class NameTable {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();
  #facts = new Int32Array((FIRST_CAPACITY / 2) * FACTS);
  #bytes = Buffer.alloc(FIRST_CAPACITY * 16);
  #used = 0;
  #cells = new Int32Array(FIRST_CAPACITY).fill(-1);

  get size(): number {
    return this.names.length;
  }

  /** The number of a name, which it gets at the first call. */
  add(name: string): number {
    const found = this.#numbers.get(name);
    if (found !== undefined) return found;
    const number = this.names.length;
    const key = new TextEncoder().encode(name);
    if ((number + 1) * 2 > this.#cells.length) this.#grow();
    if (this.#used + key.length > this.#bytes.length) this.#bytes = grown(this.#bytes, key.length);
    this.names.push(name);
    this.#numbers.set(name, number);
    this.#bytes.set(key, this.#used);
    this.#facts.set([key.reduce(hashByte, 0), this.#used, key.length], number * FACTS);
    this.#used += key.length;
    this.#place(number);
    return number;
  }

  /** The number of a name, −1 for one that was never added. */
  get(name: string): number {
    return this.#numbers.get(name) ?? -1;
  }

  /** The same for the bytes from `start` to before `end` of a JSON string, whose hash the caller has made by `hashByte` from 0. */
  find(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const mask = this.#cells.length - 1;
    for (let cell = spread(hash) & mask; ; cell = (cell + 1) & mask) {
      const number = this.#cells[cell] ?? -1;
      if (number < 0) return -1;
      if (this.#facts[number * FACTS] === hash && this.#isEqual(number, bytes, start, end)) return number;
    }
  }

  /** Writes a name as it was added. */
  write(json: JsonWriter, number: number): void {
    const start = this.#facts[number * FACTS + 1] ?? 0;
    json.part(this.#bytes, start, start + (this.#facts[number * FACTS + 2] ?? 0));
  }

  #isEqual(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const length = this.#facts[number * FACTS + 2] ?? 0;
    if (length !== end - start) return false;
    const own = this.#bytes;
    const first = this.#facts[number * FACTS + 1] ?? 0;
    for (let at = 0; at < length; at++) if (own[first + at] !== bytes[start + at]) return false;
    return true;
  }

  #place(number: number): void {
    if (!PLAIN.test(this.names[number] ?? "")) return;
    const mask = this.#cells.length - 1;
    let cell = spread(this.#facts[number * FACTS] ?? 0) & mask;
    while ((this.#cells[cell] ?? -1) >= 0) cell = (cell + 1) & mask;
    this.#cells[cell] = number;
  }

  #grow(): void {
    const facts = new Int32Array(this.#facts.length * 4);
    facts.set(this.#facts);
    this.#facts = facts;
    this.#cells = new Int32Array(this.#cells.length * 4).fill(-1);
    for (let number = 0; number < this.names.length; number++) this.#place(number);
  }
}

/** Goes on with a hash by one byte. */
export function hashByte(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + byte) | 0;
}

function spread(hash: number): number {
  return hash ^ (hash >>> 15);
}

function grown(from: Buffer, more: number): Buffer<ArrayBuffer> {
  const to = Buffer.alloc(Math.max(from.length * 2, from.length + more));
  to.set(from);
  return to;
}
