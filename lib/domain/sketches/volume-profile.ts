import { type BucketScale, bucketScale } from "./bucket-scale.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { amountOf, fractionOf, wholeOf } from "./fixed-point.ts";
import { SparseAmounts } from "./sparse-amounts.ts";

/** Buckets of prices are 0.00846 % wide: an intraday range would fall into one bucket of the scale of sizes. */
export const PRICE_SCALE = 13;
const ENCODING = 2;

export interface PriceBucket {
  index: number;
  /** Exclusive. */
  lower: number;
  /** Inclusive. */
  upper: number;
  volume: number;
}

/**
 * Volume by price: a base-2 exponential histogram (OpenTelemetry's buckets) of prices weighted by size. A monoid: volumes are sums of
 * fixed-point integers (`fixed-point.ts`), so neither order nor grouping of `add` and `merge` matters to the last bit. A price is
 * known within its bucket, ±0.00423 %; a trade's size to 1e-8, exactly where it has no more decimals; a bucket's sum is exact up to
 * 2^52 and stays there. Memory grows with the buckets used: 8,192 to an octave, some 120 to each percent that the price moves.
 */
export class VolumeProfile {
  readonly #scale: BucketScale = bucketScale(PRICE_SCALE);
  #amounts = new SparseAmounts();

  /** RangeError unless the price is positive, the size not negative, and both finite. */
  add(price: number, size: number): void {
    if (!(price > 0) || price === Infinity) throw new RangeError(`A volume profile cannot take a price of ${price}`);
    if (!(size >= 0) || size === Infinity) throw new RangeError(`A volume profile cannot take a size of ${size}`);
    this.#amounts.add(this.#scale.indexOf(price), wholeOf(size), fractionOf(size));
  }

  merge(other: VolumeProfile): this {
    const amounts = other === this ? this.#amounts.clone() : other.#amounts;
    amounts.forEach((index, whole, fraction) => this.#amounts.add(index, whole, fraction));
    return this;
  }

  clone(): VolumeProfile {
    const copy = new VolumeProfile();
    copy.#amounts = this.#amounts.clone();
    return copy;
  }

  /** Buckets with any volume, ascending. */
  buckets(): PriceBucket[] {
    const buckets: PriceBucket[] = [];
    this.#amounts.forEach((index, whole, fraction) => {
      const [lower, upper] = [this.#scale.bound(index), this.#scale.bound(index + 1)];
      buckets.push({ index, lower, upper, volume: amountOf(whole, fraction) });
    });
    return buckets;
  }

  /** The lower bound of bucket `index`. */
  bound(index: number): number {
    return this.#scale.bound(index);
  }

  /** The same bytes for the same content, `writeProfile` says which. */
  encode(): Uint8Array {
    const writer = new ByteWriter();
    beginProfile(writer);
    let last = 0;
    this.#amounts.forEach((index, whole, fraction) => {
      writeVolume(writer, index - last, whole, fraction);
      last = index;
    });
    return writer.finish();
  }

  /** What `encode` gave; going on with it is going on with the original. RangeError for anything else. */
  static decode(bytes: Uint8Array): VolumeProfile {
    const profile = new VolumeProfile();
    profile.mergeEncoded(bytes);
    return profile;
  }

  /** Merges what another has encoded, without making that other. */
  mergeEncoded(bytes: Uint8Array): this {
    readProfile(bytes, (index, whole, fraction) => this.#amounts.add(index, whole, fraction));
    return this;
  }
}

/** The encoding: format and scale, then each used bucket as its distance from the last, twice its whole volume, odd when a fraction follows. */
export function beginProfile(writer: ByteWriter): void {
  writer.varint(ENCODING);
  writer.varint(PRICE_SCALE);
}

export function writeVolume(writer: ByteWriter, distance: number, whole: number, fraction: number): void {
  writer.zigzag(distance);
  if (fraction === 0) writer.varint(2 * whole);
  else {
    writer.varint(2 * whole + 1);
    writer.varint(fraction);
  }
}

/** Visits the buckets of an encoded profile. RangeError for anything else. */
export function readProfile(bytes: Uint8Array, visit: (index: number, whole: number, fraction: number) => void): void {
  const reader = new ByteReader(bytes);
  const format = reader.varint();
  if (format !== ENCODING) throw new RangeError(`A volume profile of format ${format}`);
  const scale = reader.varint();
  if (scale !== PRICE_SCALE) throw new RangeError(`A volume profile of scale ${scale}`);
  let index = 0;
  while (!reader.done) {
    index += reader.zigzag();
    const amount = reader.varint();
    const isWhole = amount % 2 === 0;
    visit(index, isWhole ? amount / 2 : (amount - 1) / 2, isWhole ? 0 : reader.varint());
  }
}
