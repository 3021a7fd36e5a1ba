import { type BucketScale, bucketScale } from "./bucket-scale.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";

/** Scale of trade sizes: buckets 2.19 % wide. */
export const SIZE_SCALE = 5;
const ENCODING = 1;
/** Buckets are made in runs of this many. */
const RUN = 16;

/** `lower` ≤ the exact quantile ≤ `upper`; `value` is off by at most (base − 1) / (base + 1): 1.083 % at scale 5. */
export interface QuantileEstimate {
  value: number;
  lower: number;
  upper: number;
}

export interface HistogramBucket {
  /** Exclusive. */
  lower: number;
  /** Inclusive. */
  upper: number;
  count: number;
}

type Counts = Uint32Array | Float64Array;

/**
 * Distribution of non-negative numbers in buckets of equal ratio; zeros are counted on their own. A monoid: merging is exact, and
 * neither order nor grouping of `add` and `merge` matters. Holds the buckets from the lowest to the highest used.
 */
export class ExponentialHistogram {
  readonly #scale: BucketScale;
  #zeros = 0;
  #total = 0;
  /** Index of the bucket that `#counts[0]` counts. */
  #first = 0;
  #counts: Counts = new Uint32Array(0);

  constructor(scale = SIZE_SCALE) {
    this.#scale = bucketScale(scale);
  }

  get scale(): number {
    return this.#scale.scale;
  }

  /** Numbers added, zeros included. */
  get count(): number {
    return this.#zeros + this.#total;
  }

  get zeros(): number {
    return this.#zeros;
  }

  /** RangeError for negative and not finite numbers. */
  add(value: number): void {
    if (!(value >= 0) || value === Infinity) throw new RangeError(`A histogram of sizes cannot take ${value}`);
    if (value === 0) this.#zeros += 1;
    else this.addToBucket(this.#scale.indexOf(value), 1);
  }

  /** For callers that fill several histograms with the same number: its bucket, from `bucketScale(scale).indexOf`. */
  addToBucket(index: number, times: number): void {
    let at = index - this.#first;
    if (at < 0 || at >= this.#counts.length) {
      this.#makeRoom(index);
      at = index - this.#first;
    }
    const count = (this.#counts[at] ?? 0) + times;
    if (count > 0xffffffff && this.#counts instanceof Uint32Array) this.#counts = Float64Array.from(this.#counts);
    this.#counts[at] = count;
    this.#total += times;
  }

  addZero(): void {
    this.#zeros += 1;
  }

  /** Adds everything that `other` holds. RangeError when the scales differ. */
  merge(other: ExponentialHistogram): this {
    if (other.scale !== this.scale) throw new RangeError(`Scale ${other.scale} merged into scale ${this.scale}`);
    // A copy of the counts: `other` may be this very histogram.
    const { first, counts, zeros } = { first: other.#first, counts: other.#counts.slice(), zeros: other.#zeros };
    this.#zeros += zeros;
    for (const [at, count] of counts.entries()) if (count > 0) this.addToBucket(first + at, count);
    return this;
  }

  clone(): ExponentialHistogram {
    const copy = new ExponentialHistogram(this.scale);
    copy.#zeros = this.#zeros;
    copy.#total = this.#total;
    copy.#first = this.#first;
    copy.#counts = this.#counts.slice();
    return copy;
  }

  /** The number of rank max(1, ⌈share · count⌉) in ascending order; null of an empty histogram. `share` in [0, 1]. */
  quantile(share: number): QuantileEstimate | null {
    if (this.count === 0) return null;
    const rank = Math.max(1, Math.ceil(share * this.count));
    let below = this.#zeros;
    if (rank <= below) return { value: 0, lower: 0, upper: 0 };
    for (const { lower, upper, count } of this.buckets()) {
      below += count;
      // Equal relative error towards both bounds.
      if (rank <= below) return { value: (2 * lower) / (1 + lower / upper), lower, upper };
    }
    throw new RangeError(`A share of ${share}`);
  }

  /** The buckets that hold anything, ascending; zeros are in none. */
  *buckets(): Generator<HistogramBucket> {
    for (const [at, count] of this.#counts.entries()) {
      if (count === 0) continue;
      const index = this.#first + at;
      yield { lower: this.#scale.bound(index), upper: this.#scale.bound(index + 1), count };
    }
  }

  /** Few bytes, the same for the same content: format, scale, zeros, then each used bucket as its distance from the last and its count. */
  encode(): Uint8Array {
    const writer = new ByteWriter();
    this.write(writer);
    return writer.finish();
  }

  /** Appends what `encode` gives. */
  write(writer: ByteWriter): void {
    writer.varint(ENCODING);
    writer.varint(this.scale);
    writer.varint(this.#zeros);
    const counts = this.#counts;
    let last = 0;
    for (let at = 0; at < counts.length; at++) {
      const count = counts[at] ?? 0;
      if (count === 0) continue;
      const index = this.#first + at;
      writer.zigzag(index - last);
      writer.varint(count);
      last = index;
    }
  }

  /** What `encode` gave; going on with it is going on with the original. RangeError for anything else. */
  static decode(bytes: Uint8Array): ExponentialHistogram {
    const reader = new ByteReader(bytes);
    const format = reader.varint();
    if (format !== ENCODING) throw new RangeError(`A histogram of format ${format}`);
    const histogram = new ExponentialHistogram(reader.varint());
    histogram.#zeros = reader.varint();
    let index = 0;
    while (!reader.done) {
      index += reader.zigzag();
      histogram.addToBucket(index, reader.varint());
    }
    return histogram;
  }

  /** Grows towards the new bucket by half of what there is, so that growing is rare. */
  #makeRoom(index: number): void {
    const length = this.#counts.length;
    const slack = Math.max(RUN, length >> 1);
    const isEmpty = length === 0;
    const isBelow = !isEmpty && index < this.#first;
    const first = isEmpty ? index - RUN / 2 : isBelow ? Math.min(index, this.#first - slack) : this.#first;
    const end = isEmpty
      ? first + RUN
      : isBelow
        ? this.#first + length
        : Math.max(index + 1, this.#first + length + slack);
    const counts = this.#counts instanceof Uint32Array ? new Uint32Array(end - first) : new Float64Array(end - first);
    if (!isEmpty) counts.set(this.#counts, this.#first - first);
    this.#counts = counts;
    this.#first = first;
  }
}
