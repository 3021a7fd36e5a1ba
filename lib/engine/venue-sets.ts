import { HyperLogLog } from "../domain/sketches/hyper-log-log.ts";

/** The most venues whose windows share a sketch; those of others have one each. */
const MOST_SHARED = 4096;

/** The different venues of each window's trades. Most windows have traded at one venue only: all of these share one sketch. */
export class VenueSets {
  readonly #sets: (HyperLogLog | null)[] = [];
  /** The sketches of one venue, by its coupon. */
  readonly #single = new Map<number, HyperLogLog>();

  /** The sketch of a window, null where its trades name no venue. Not to be changed. */
  of(window: number): HyperLogLog | null {
    return this.#sets[window] ?? null;
  }

  /** Adds the coupon of a venue (`coupon.ts`). */
  add(window: number, coupon: number): void {
    const known = this.of(window);
    const single = this.#single.get(coupon);
    if (known !== null && known === single) return;
    if (known === null) this.put(window, single ?? this.#share(coupon));
    else if (known.isSingle) this.put(window, known.clone().addCoupon(coupon));
    else known.addCoupon(coupon);
  }

  put(window: number, set: HyperLogLog | null): void {
    while (this.#sets.length <= window) this.#sets.push(null);
    this.#sets[window] = set;
  }

  clear(window: number): void {
    if (window < this.#sets.length) this.#sets[window] = null;
  }

  #share(coupon: number): HyperLogLog {
    const single = new HyperLogLog().addCoupon(coupon);
    if (this.#single.size < MOST_SHARED) this.#single.set(coupon, single);
    return single;
  }
}
