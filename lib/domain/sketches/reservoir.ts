import { ByteReader, ByteWriter } from "./bytes.ts";
import { Generator } from "./generator.ts";

const ENCODING = 1;
export const SAMPLE = 64;
/** How many items to pass over is not drawn yet. */
const UNDRAWN = -1;

/** How an item becomes bytes and back. */
export interface ItemCodec<T> {
  write: (writer: ByteWriter, item: T) => void;
  read: (reader: ByteReader) => T;
}

/**
 * A uniform sample of a stream without knowing its length: each item has a random key in (0, 1], the `capacity` least keys are kept.
 * Items are not given keys one by one: how many to pass over until a key falls below the highest kept one is drawn at once (algorithm
 * L: Li, "Reservoir-sampling algorithms of time complexity O(n(1 + log(N/n)))", 1994), so an item costs a subtraction.
 *
 * A monoid: the merged sample is the least keys of both, which weighs each side by the length of its stream and does not depend on order
 * or grouping. The generator is part of the state; streams that are to be merged need different seeds.
 */
export class Reservoir<T> {
  readonly capacity: number;
  #generator: Generator;
  #count = 0;
  #passOver = UNDRAWN;
  /** Ascending by key. */
  #kept: { key: number; item: T }[] = [];

  constructor(seed: number, capacity = SAMPLE) {
    this.#generator = Generator.of(seed);
    this.capacity = capacity;
  }

  /** Length of the stream. */
  get count(): number {
    return this.#count;
  }

  get items(): T[] {
    return this.#kept.map(({ item }) => item);
  }

  add(item: T): void {
    this.#count += 1;
    const highest = this.#kept.length < this.capacity ? 1 : (this.#kept.at(-1)?.key ?? 1);
    if (this.#kept.length === this.capacity) {
      if (this.#passOver === UNDRAWN) {
        // Geometric: each item's key falls below the highest with the probability `highest`.
        this.#passOver = Math.floor(Math.log(this.#generator.next()) / Math.log1p(-highest));
      }
      if (this.#passOver > 0) {
        this.#passOver -= 1;
        return;
      }
      this.#passOver = UNDRAWN;
      this.#kept.pop();
    }
    const key = highest * this.#generator.next();
    const place = this.#kept.findIndex((kept) => kept.key > key);
    this.#kept.splice(place < 0 ? this.#kept.length : place, 0, { key, item });
  }

  merge(other: Reservoir<T>): this {
    if (other.capacity !== this.capacity)
      throw new RangeError(`A sample of ${other.capacity} merged into one of ${this.capacity}`);
    if (other.#count === 0) return this;
    if (this.#count === 0) return this.#take(other);
    this.#count += other.#count;
    this.#generator.absorb(other.#generator);
    this.#kept = [...this.#kept, ...other.#kept].toSorted((a, b) => a.key - b.key).slice(0, this.capacity);
    // What was drawn was drawn for another highest key; the distribution has no memory, so drawing again is right.
    this.#passOver = UNDRAWN;
    return this;
  }

  clone(): Reservoir<T> {
    return new Reservoir<T>(0, this.capacity).#take(this);
  }

  encode(codec: ItemCodec<T>): Uint8Array {
    const writer = new ByteWriter();
    writer.varint(ENCODING);
    writer.varint(this.capacity);
    writer.varint(this.#count);
    writer.varint(this.#passOver + 1);
    const { high, low } = this.#generator.state;
    writer.word(high);
    writer.word(low);
    for (const { key, item } of this.#kept) {
      writer.double(key);
      codec.write(writer, item);
    }
    return writer.finish();
  }

  /** What `encode` gave; going on with it is going on with the original. RangeError for anything else. */
  static decode<T>(codec: ItemCodec<T>, bytes: Uint8Array): Reservoir<T> {
    const reader = new ByteReader(bytes);
    const format = reader.varint();
    if (format !== ENCODING) throw new RangeError(`A sample of format ${format}`);
    const sample = new Reservoir<T>(0, reader.varint());
    sample.#count = reader.varint();
    sample.#passOver = reader.varint() - 1;
    const high = reader.word();
    sample.#generator = new Generator(high, reader.word());
    while (!reader.done) sample.#kept.push({ key: reader.double(), item: codec.read(reader) });
    return sample;
  }

  #take(other: Reservoir<T>): this {
    const { high, low } = other.#generator.state;
    this.#generator = new Generator(high, low);
    this.#count = other.#count;
    this.#passOver = other.#passOver;
    this.#kept = [...other.#kept];
    return this;
  }
}
