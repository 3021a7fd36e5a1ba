const FIRST_CAPACITY = 256;
/** Between quotes in JSON, the bytes of such a name are the name. */
const PLAIN = /^[ !#-[\]-~]+$/;

/**
 * Numbers for names, from 0 in the order in which they were added; none is ever removed. Plain names are also found by their bytes,
 * without making a string. Open addressing, at most half full.
 */
export class NameTable {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #keys: Uint8Array[] = [];
  readonly #hashes: number[] = [];
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
    this.names.push(name);
    this.#numbers.set(name, number);
    this.#keys.push(key);
    this.#hashes.push(key.reduce(hashByte, 0));
    if (this.names.length * 2 > this.#cells.length) this.#rehash();
    else this.#place(number);
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
      if (this.#hashes[number] === hash && isEqual(this.#keys[number], bytes, start, end)) return number;
    }
  }

  #place(number: number): void {
    if (!PLAIN.test(this.names[number] ?? "")) return;
    const mask = this.#cells.length - 1;
    let cell = spread(this.#hashes[number] ?? 0) & mask;
    while ((this.#cells[cell] ?? -1) >= 0) cell = (cell + 1) & mask;
    this.#cells[cell] = number;
  }

  #rehash(): void {
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

function isEqual(key: Uint8Array | undefined, bytes: Uint8Array, start: number, end: number): boolean {
  if (key?.length !== end - start) return false;
  for (let at = 0; at < key.length; at++) if (key[at] !== bytes[start + at]) return false;
  return true;
}
