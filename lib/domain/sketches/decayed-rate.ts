import { ByteReader, ByteWriter } from "./bytes.ts";

const ENCODING = 1;

/**
 * How much happens per second of late: each amount weighs half after each half-life of event time. Forward decay (Cormode, Shkapenyuk,
 * Srivastava, Xu 2009) with the newest time as its landmark, so that nothing overflows: amounts may come in any order. A monoid up to
 * rounding: commutative to the bit, its grouping matters by a few units of the last place. 24 bytes.
 */
export class DecayedRate {
  /** Microseconds. */
  readonly halfLife: number;
  /** Everything, as it weighs at `#time`. */
  #mass = 0;
  #time = -Infinity;

  constructor(halfLife: number) {
    if (!(halfLife > 0) || halfLife === Infinity) throw new RangeError(`A half-life of ${halfLife}`);
    this.halfLife = halfLife;
  }

  /** `time`: event time, microseconds. */
  add(time: number, amount = 1): void {
    this.#combine(time, amount);
  }

  merge(other: DecayedRate): this {
    if (other.halfLife !== this.halfLife)
      throw new RangeError(`A half-life of ${other.halfLife} merged into ${this.halfLife}`);
    this.#combine(other.#time, other.#mass);
    return this;
  }

  clone(): DecayedRate {
    return new DecayedRate(this.halfLife).merge(this);
  }

  /** Amount per second at `time`, which is not before what was added. A steady stream gives its rate once some half-lives have passed. */
  at(time: number): number {
    if (this.#mass === 0) return 0;
    return ((this.#mass * this.#weight(time - this.#time) * Math.LN2) / this.halfLife) * 1e6;
  }

  encode(): Uint8Array {
    const writer = new ByteWriter();
    writer.varint(ENCODING);
    writer.double(this.halfLife);
    writer.double(this.#mass);
    writer.double(this.#time);
    return writer.finish();
  }

  /** What `encode` gave; going on with it is going on with the original. RangeError for anything else. */
  static decode(bytes: Uint8Array): DecayedRate {
    const reader = new ByteReader(bytes);
    const format = reader.varint();
    if (format !== ENCODING) throw new RangeError(`A rate of format ${format}`);
    const rate = new DecayedRate(reader.double());
    rate.#mass = reader.double();
    rate.#time = reader.double();
    return rate;
  }

  #combine(time: number, mass: number): void {
    if (mass === 0) return;
    if (this.#mass === 0) {
      this.#mass = mass;
      this.#time = time;
    } else if (time >= this.#time) {
      this.#mass = this.#mass * this.#weight(time - this.#time) + mass;
      this.#time = time;
    } else this.#mass += mass * this.#weight(this.#time - time);
  }

  #weight(age: number): number {
    return 2 ** (-age / this.halfLife);
  }
}
