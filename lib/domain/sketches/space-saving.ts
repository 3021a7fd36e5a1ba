import { ByteReader, ByteWriter } from "./bytes.ts";

const ENCODING = 1;
export const COUNTERS = 256;

/** `lower` ≤ the exact sum ≤ `upper`, certain. */
export interface Counted {
  key: string;
  lower: number;
  upper: number;
}

/**
 * The keys with the largest sums: Space-Saving (Metwally, Agrawal, El Abbadi 2005). No sum is off by more than total / capacity, and
 * every key whose sum is larger than that is among them. Exact while there are at most `capacity` keys.
 *
 * `merge` adds to a key that one side does not hold the least sum of that side, then keeps the largest. The bound stays: whichever
 * `capacity` keys are kept, what one side gives to their sums is at most the sum of its own counters, so the kept sums together are at
 * most the total and the least of them at most total / capacity. It is commutative to the bit; its grouping matters within the bound.
 */
export class SpaceSaving {
  readonly capacity: number;
  /** A heap by sum, least first, in three columns. */
  #keys: string[] = [];
  #sums: number[] = [];
  #errors: number[] = [];
  readonly #places = new Map<string, number>();
  #total = 0;

  constructor(capacity = COUNTERS) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`${capacity} counters`);
    this.capacity = capacity;
  }

  /** Sum of all that was added. */
  get total(): number {
    return this.#total;
  }

  /** By how much a sum can be off at most. */
  get error(): number {
    return this.#least();
  }

  /** `times`: a positive integer; what has parts is counted in smaller units. */
  add(key: string, times = 1): void {
    if (!Number.isSafeInteger(times) || times < 1) throw new RangeError(`A count of ${times}`);
    this.#total += times;
    const place = this.#places.get(key);
    if (place !== undefined) {
      this.#sums[place] = (this.#sums[place] ?? 0) + times;
      this.#sink(place);
    } else if (this.#keys.length < this.capacity) {
      this.#put(this.#keys.length, key, times, 0);
      this.#rise(this.#keys.length - 1);
    } else {
      const least = this.#sums[0] ?? 0;
      this.#places.delete(this.#keys[0] ?? "");
      this.#put(0, key, least + times, least);
      this.#sink(0);
    }
  }

  /**
   * Of sums that are known, each key once: the largest are kept, exactly. What is given up is at most the least that is kept, so the
   * bounds are those of a stream. Sums are positive integers.
   */
  static ofSums(sums: Iterable<readonly [string, number]>, capacity = COUNTERS): SpaceSaving {
    const sketch = new SpaceSaving(capacity);
    const rows = Array.from(sums, ([key, sum]) => ({ key, sum, error: 0 }));
    for (const { sum } of rows) sketch.#total += sum;
    sketch.#restore(rows.toSorted(byRank).slice(0, capacity).toReversed()); // ascending: a heap
    return sketch;
  }

  merge(other: SpaceSaving): this {
    if (other.capacity !== this.capacity)
      throw new RangeError(`${other.capacity} counters merged into ${this.capacity}`);
    if (other.#keys.length === 0) return this;
    const [least, otherLeast] = [this.#least(), other.#least()];
    const rows = this.#keys.map((key, place) => {
      const there = other.#places.get(key);
      return {
        key,
        sum: (this.#sums[place] ?? 0) + (there === undefined ? otherLeast : (other.#sums[there] ?? 0)),
        error: (this.#errors[place] ?? 0) + (there === undefined ? otherLeast : (other.#errors[there] ?? 0)),
      };
    });
    for (const [place, key] of other.#keys.entries()) {
      if (this.#places.has(key)) continue;
      rows.push({ key, sum: (other.#sums[place] ?? 0) + least, error: (other.#errors[place] ?? 0) + least });
    }
    if (this.#keys.length === 0) this.#restore(rows);
    else this.#restore(rows.toSorted(byRank).slice(0, this.capacity).toReversed()); // ascending: a heap
    this.#total += other.#total;
    return this;
  }

  clone(): SpaceSaving {
    return new SpaceSaving(this.capacity).merge(this);
  }

  /** Bounds of the sum of any key, also of one that is not among the largest. */
  of(key: string): Counted {
    const place = this.#places.get(key);
    if (place === undefined) return { key, lower: 0, upper: this.#least() };
    const upper = this.#sums[place] ?? 0;
    return { key, lower: upper - (this.#errors[place] ?? 0), upper };
  }

  /** The largest, by their upper bounds; equals by key. */
  top(most = this.capacity): Counted[] {
    return this.#keys
      .map((key, place) => ({ key, sum: this.#sums[place] ?? 0 }))
      .toSorted(byRank)
      .slice(0, most)
      .map(({ key }) => this.of(key));
  }

  /** Counters in the order of the heap: which of equals is given up next is part of what goes on. */
  encode(): Uint8Array {
    const writer = new ByteWriter();
    writer.varint(ENCODING);
    writer.varint(this.capacity);
    writer.varint(this.#total);
    for (const [place, key] of this.#keys.entries()) {
      writer.text(key);
      writer.varint(this.#sums[place] ?? 0);
      writer.varint(this.#errors[place] ?? 0);
    }
    return writer.finish();
  }

  /** What `encode` gave; going on with it is going on with the original. RangeError for anything else. */
  static decode(bytes: Uint8Array): SpaceSaving {
    const reader = new ByteReader(bytes);
    const format = reader.varint();
    if (format !== ENCODING) throw new RangeError(`Space-Saving of format ${format}`);
    const sketch = new SpaceSaving(reader.varint());
    sketch.#total = reader.varint();
    while (!reader.done) sketch.#put(sketch.#keys.length, reader.text(), reader.varint(), reader.varint());
    return sketch;
  }

  /** What a key that is not held can have had; 0 while every key is held. */
  #least(): number {
    return this.#keys.length < this.capacity ? 0 : (this.#sums[0] ?? 0);
  }

  #restore(rows: readonly { key: string; sum: number; error: number }[]): void {
    this.#places.clear();
    this.#keys = [];
    this.#sums = [];
    this.#errors = [];
    for (const [place, { key, sum, error }] of rows.entries()) this.#put(place, key, sum, error);
  }

  #put(place: number, key: string, sum: number, error: number): void {
    this.#keys[place] = key;
    this.#sums[place] = sum;
    this.#errors[place] = error;
    this.#places.set(key, place);
  }

  #swap(a: number, b: number): void {
    const [key, sum, error] = [this.#keys[a] ?? "", this.#sums[a] ?? 0, this.#errors[a] ?? 0];
    this.#put(a, this.#keys[b] ?? "", this.#sums[b] ?? 0, this.#errors[b] ?? 0);
    this.#put(b, key, sum, error);
  }

  #sink(from: number): void {
    for (let place = from; ;) {
      let least = place;
      for (let child = 2 * place + 1; child <= 2 * place + 2 && child < this.#keys.length; child++) {
        if ((this.#sums[child] ?? 0) < (this.#sums[least] ?? 0)) least = child;
      }
      if (least === place) return;
      this.#swap(place, least);
      place = least;
    }
  }

  #rise(from: number): void {
    for (let place = from; place > 0;) {
      const parent = (place - 1) >> 1;
      if ((this.#sums[parent] ?? 0) <= (this.#sums[place] ?? 0)) return;
      this.#swap(place, parent);
      place = parent;
    }
  }
}

function byRank(a: { key: string; sum: number }, b: { key: string; sum: number }): number {
  return b.sum - a.sum || (a.key < b.key ? -1 : 1);
}
