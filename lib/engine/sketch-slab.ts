import { MOST_WHOLE, UNITS } from "../domain/sketches/fixed-point.ts";

/** Entries that a block can have: windows with few trades in little memory, others twice as large each time. */
const CAPACITIES = Int32Array.of(4, 8, 12, ...Array.from({ length: 22 }, (_, step) => 24 * 2 ** step));
/** How many of them may be used: small blocks are searched from end to end, larger ones stay an eighth empty. */
const LIMITS = CAPACITIES.map((capacity) => (capacity <= 12 ? capacity : Math.floor((capacity * 7) / 8)));
const CLASS_BITS = 6;
const CLASS_MASK = 2 ** CLASS_BITS - 1;
/** An entry is a key and a fraction of 32 bits, and a whole of 64: 16 bytes. A chunk is at most one mebibyte of them. */
const CHUNK_BITS = 16;
const CHUNK_ENTRIES = 2 ** CHUNK_BITS;
const CHUNK_MASK = CHUNK_ENTRIES - 1;
/** The first chunks are smaller, each this many times as large as the one before: a partition of few symbols stays small. */
const FIRST_CHUNK_ENTRIES = 2 ** 10;
const CHUNK_GROWTH = 8;

/** More than the places of any block. */
const PLACES = 2 ** 23;

/** Keys and what to add to each, in columns. */
export interface Amounts {
  keys: Int32Array;
  wholes: Float64Array;
  fractions: Int32Array;
}

export function amountsOf(capacity: number): Amounts {
  return { keys: new Int32Array(capacity), wholes: new Float64Array(capacity), fractions: new Int32Array(capacity) };
}

const one = amountsOf(1);

/**
 * The counters of all windows, packed. Each window has one block, an open-addressed table from keys (`sketch-keys.ts`) to fixed-point
 * amounts, found by two words of its row: where it lies, and how many entries it has. A block grows by moving to a larger one; a free
 * one is used again for the same capacity. Memory is taken up to a mebibyte at a time and bounded by the buckets that the windows in memory
 * use. Adding allocates nothing but when a block grows.
 */
export class SketchSlab {
  readonly #ints: Int32Array[] = [];
  readonly #doubles: Float64Array[] = [];
  readonly #free: number[][] = Array.from(CAPACITIES, () => []);
  /** Chunk and entry from which blocks are taken next. */
  #chunk = -1;
  #next = 0;
  /** Entries of that chunk, and of the one after it. */
  #room = 0;
  #nextRoom = FIRST_CHUNK_ENTRIES;
  /** The keys of the window that was read last, in order. */
  #order = new Int32Array(256);

  /** Bytes that it has taken. */
  get bytes(): number {
    return this.#ints.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Adds an amount to the window whose words lie at `at`. */
  add(words: Int32Array, at: number, key: number, whole: number, fraction: number): void {
    one.keys[0] = key;
    one.wholes[0] = whole;
    one.fractions[0] = fraction;
    this.addAll(words, at, one, 1);
  }

  /** Adds the first `count` of many amounts to one window: its block is found once. */
  addAll(words: Int32Array, at: number, { keys, wholes, fractions }: Amounts, count: number): void {
    if (words[at] === 0) this.#grow(words, at);
    for (let next = 0; next < count;) {
      const handle = (words[at] ?? 0) - 1;
      const fill = words[at + 1] ?? 0;
      const ints = this.#ints[handle >>> CHUNK_BITS];
      const doubles = this.#doubles[handle >>> CHUNK_BITS];
      if (!ints || !doubles) throw new RangeError(`No block ${handle}`);
      const first = handle & CHUNK_MASK;
      const capacity = CAPACITIES[fill & CLASS_MASK] ?? 0;
      const limit = LIMITS[fill & CLASS_MASK] ?? 0;
      let used = fill >>> CLASS_BITS;
      for (; next < count; next++) {
        const key = keys[next] ?? 0;
        const entry = find(ints, first, capacity, key);
        if (entry < 0 || ints[4 * entry] === 0) {
          if (entry < 0 || used >= limit) break;
          ints[4 * entry] = key;
          ints[4 * entry + 1] = 0;
          doubles[2 * entry + 1] = 0;
          used += 1;
        }
        addTo(ints, doubles, entry, wholes[next] ?? 0, fractions[next] ?? 0);
      }
      words[at + 1] = (used << CLASS_BITS) | (fill & CLASS_MASK);
      if (next < count) this.#grow(words, at);
    }
  }

  /** Forgets what a window has. */
  release(words: Int32Array, at: number): void {
    const handle = words[at] ?? 0;
    if (handle > 0) this.#free[(words[at + 1] ?? 0) & CLASS_MASK]?.push(handle);
    words[at] = 0;
    words[at + 1] = 0;
  }

  /** Visits the entries of a window in the order of their keys. */
  forEach(words: Int32Array, at: number, visit: (key: number, whole: number, fraction: number) => void): void {
    const handle = (words[at] ?? 0) - 1;
    const fill = words[at + 1] ?? 0;
    const ints = this.#ints[handle >>> CHUNK_BITS];
    const doubles = this.#doubles[handle >>> CHUNK_BITS];
    if (handle < 0 || !ints || !doubles) return;
    const count = fill >>> CLASS_BITS;
    if (count > this.#order.length) this.#order = new Int32Array(2 * count);
    const first = handle & CHUNK_MASK;
    const capacity = CAPACITIES[fill & CLASS_MASK] ?? 0;
    let found = 0;
    for (let entry = first; entry < first + capacity; entry++) {
      const key = ints[4 * entry] ?? 0;
      if (key !== 0) this.#order[found++] = key;
    }
    sort(this.#order, found);
    for (let index = 0; index < found; index++) {
      const key = this.#order[index] ?? 0;
      const entry = find(ints, first, capacity, key);
      visit(key, doubles[2 * entry + 1] ?? 0, ints[4 * entry + 1] ?? 0);
    }
  }

  /** Gives a window a block, or the next larger one with the same content. */
  #grow(words: Int32Array, at: number): void {
    const old = words[at] ?? 0;
    const fill = words[at + 1] ?? 0;
    const oldClass = fill & CLASS_MASK;
    const kind = old === 0 ? 0 : oldClass + 1;
    const handle = this.#take(kind);
    words[at] = handle;
    words[at + 1] = ((fill >>> CLASS_BITS) << CLASS_BITS) | kind;
    if (old === 0) return;
    const from = this.#ints[(old - 1) >>> CHUNK_BITS];
    const to = this.#ints[(handle - 1) >>> CHUNK_BITS];
    const fromDoubles = this.#doubles[(old - 1) >>> CHUNK_BITS];
    const toDoubles = this.#doubles[(handle - 1) >>> CHUNK_BITS];
    if (!from || !to || !fromDoubles || !toDoubles) throw new RangeError(`No block ${old} or ${handle}`);
    const first = (old - 1) & CHUNK_MASK;
    const end = first + (CAPACITIES[oldClass] ?? 0);
    for (let entry = first; entry < end; entry++) {
      const key = from[4 * entry] ?? 0;
      if (key === 0) continue;
      const place = find(to, (handle - 1) & CHUNK_MASK, CAPACITIES[kind] ?? 0, key);
      to[4 * place] = key;
      to[4 * place + 1] = from[4 * entry + 1] ?? 0;
      toDoubles[2 * place + 1] = fromDoubles[2 * entry + 1] ?? 0;
    }
    this.#free[oldClass]?.push(old);
  }

  /** An empty block of this class. */
  #take(kind: number): number {
    const capacity = CAPACITIES[kind];
    if (capacity === undefined || capacity > PLACES) throw new RangeError("A window has more buckets than there are");
    const free = this.#free[kind]?.pop();
    if (free !== undefined) {
      const first = (free - 1) & CHUNK_MASK;
      this.#ints[(free - 1) >>> CHUNK_BITS]?.fill(0, 4 * first, 4 * (first + capacity));
      return free;
    }
    // The largest have a chunk of their own; others share one.
    if (capacity > CHUNK_ENTRIES) return (this.#addChunk(capacity) << CHUNK_BITS) + 1;
    if (this.#next + capacity > this.#room) {
      while (this.#nextRoom < capacity) this.#nextRoom *= CHUNK_GROWTH;
      this.#room = this.#nextRoom;
      this.#nextRoom = Math.min(CHUNK_ENTRIES, this.#room * CHUNK_GROWTH);
      this.#chunk = this.#addChunk(this.#room);
      this.#next = 0;
    }
    const handle = ((this.#chunk << CHUNK_BITS) | this.#next) + 1;
    this.#next += capacity;
    return handle;
  }

  #addChunk(entries: number): number {
    const memory = new ArrayBuffer(16 * entries);
    this.#ints.push(new Int32Array(memory));
    this.#doubles.push(new Float64Array(memory));
    return this.#ints.length - 1;
  }
}

/** The entry of a key, or the empty one where it belongs; −1 when it is not there and the block is full. */
function find(ints: Int32Array, first: number, capacity: number, key: number): number {
  const hash = Math.imul(key, 0x9e3779b1);
  let place =
    capacity <= CHUNK_ENTRIES
      ? Math.imul(hash >>> 16, capacity) >>> 16
      : Math.floor(((hash >>> 0) * capacity) / 2 ** 32);
  for (let probe = 0; probe < capacity; probe++) {
    const found = ints[4 * (first + place)] ?? 0;
    if (found === key || found === 0) return first + place;
    place = place + 1 === capacity ? 0 : place + 1;
  }
  return -1;
}

/** Ascending. Most windows have few entries, for which a call of the library costs more than the work. */
function sort(order: Int32Array, count: number): void {
  if (count > 40) {
    // oxlint-disable-next-line unicorn/no-array-sort -- in place: it is filled again for each window
    order.subarray(0, count).sort();
    return;
  }
  for (let end = 1; end < count; end++) {
    const value = order[end] ?? 0;
    let at = end;
    for (; at > 0 && (order[at - 1] ?? 0) > value; at--) order[at] = order[at - 1] ?? 0;
    order[at] = value;
  }
}

/** As `SparseAmounts`: exact, and MOST_WHOLE at most. */
function addTo(ints: Int32Array, doubles: Float64Array, entry: number, whole: number, fraction: number): void {
  let sum = (doubles[2 * entry + 1] ?? 0) + whole;
  let parts = (ints[4 * entry + 1] ?? 0) + fraction;
  if (parts >= UNITS) {
    parts -= UNITS;
    sum += 1;
  }
  if (sum >= MOST_WHOLE) {
    sum = MOST_WHOLE;
    parts = 0;
  }
  doubles[2 * entry + 1] = sum;
  ints[4 * entry + 1] = parts;
}
