import { type BucketScale, bucketScale } from "./bucket-scale.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { SparseCounts } from "./sparse-counts.ts";

/** Scale of trade sizes: buckets 2.19 % wide. */
export const SIZE_SCALE = 5;
const ENCODING = 1;

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

/**
 * Distribution of non-negative numbers in buckets of equal ratio; zeros are counted on their own. A monoid: merging is exact, and
 * neither order nor grouping of `add` and `merge` matters. Its memory grows with the used buckets, of which there are 32 to an octave
 * at the scale of sizes.
 */
export class ExponentialHistogram {
  readonly #scale: BucketScale;
  #zeros = 0;
  #total = 0;
  #counts = new SparseCounts();

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
    this.#counts.add(index, times);
    this.#total += times;
  }

  addZero(): void {
    this.#zeros += 1;
  }

  /** Adds everything that `other` holds. RangeError when the scales differ. */
  merge(other: ExponentialHistogram): this {
    if (other.scale !== this.scale) throw new RangeError(`Scale ${other.scale} merged into scale ${this.scale}`);
    // Visiting what grows under the visitor would not end well.
    const counts = other === this ? this.#counts.clone() : other.#counts;
    this.#zeros += other.#zeros;
    counts.forEach((index, count) => this.addToBucket(index, count));
    return this;
  }

  clone(): ExponentialHistogram {
    const copy = new ExponentialHistogram(this.scale);
    copy.#zeros = this.#zeros;
    copy.#total = this.#total;
    copy.#counts = this.#counts.clone();
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
  buckets(): HistogramBucket[] {
    const buckets: HistogramBucket[] = [];
    this.#counts.forEach((index, count) => {
      buckets.push({ lower: this.#scale.bound(index), upper: this.#scale.bound(index + 1), count });
    });
    return buckets;
  }

  /** Few bytes, the same for the same content: format, scale, zeros, then each used bucket as its distance from the last and its count. */
  encode(): Uint8Array {
    const writer = new ByteWriter();
    this.write(writer);
    return writer.finish();
  }

  /** Appends what `encode` gives. */
  write(writer: ByteWriter): void {
    beginHistogram(writer, this.scale, this.#zeros);
    let last = 0;
    this.#counts.forEach((index, count) => {
      writeBucket(writer, index - last, count);
      last = index;
    });
  }

  /** What `encode` gave; going on with it is going on with the original. RangeError for anything else. */
  static decode(bytes: Uint8Array): ExponentialHistogram {
    const histogram = new ExponentialHistogram(scaleOf(bytes));
    return histogram.mergeEncoded(bytes);
  }

  /** Merges what another has encoded, without making that other. RangeError when the scales differ. */
  mergeEncoded(bytes: Uint8Array): this {
    if (scaleOf(bytes) !== this.scale) throw new RangeError(`Scale ${scaleOf(bytes)} merged into scale ${this.scale}`);
    this.#zeros += readHistogram(bytes, (index, count) => this.addToBucket(index, count));
    return this;
  }
}

/** The encoding: format, scale, zeros, then each used bucket, ascending, as its distance from the last and its count. */
export function beginHistogram(writer: ByteWriter, scale: number, zeros: number): void {
  writer.varint(ENCODING);
  writer.varint(scale);
  writer.varint(zeros);
}

export function writeBucket(writer: ByteWriter, distance: number, count: number): void {
  writer.zigzag(distance);
  writer.varint(count);
}

function scaleOf(bytes: Uint8Array): number {
  const reader = new ByteReader(bytes);
  const format = reader.varint();
  if (format !== ENCODING) throw new RangeError(`A histogram of format ${format}`);
  return reader.varint();
}

/** Visits the buckets of an encoded histogram and gives its zeros. RangeError for anything else. */
export function readHistogram(bytes: Uint8Array, visit: (index: number, count: number) => void): number {
  scaleOf(bytes);
  const reader = new ByteReader(bytes);
  reader.varint();
  reader.varint();
  const zeros = reader.varint();
  let index = 0;
  while (!reader.done) {
    index += reader.zigzag();
    visit(index, reader.varint());
  }
  return zeros;
}
