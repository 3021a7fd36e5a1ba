import type { Estimate } from "../../contracts/distribution-views.ts";

/** Different values that are held within the bound of one percentile: some megabytes for all of them. */
const MOST_VALUES = 50_000;

interface Sought {
  percentile: number;
  estimate: Estimate;
  /** Weight of all that lies at or below the bound. */
  below: number;
  /** Weight by value, within the bound; null once there were too many. */
  within: Map<number, number> | null;
}

/**
 * Exact percentiles in one pass and bounded memory: of each only the values between the bounds of its estimate are held, of all that is
 * smaller only the weight.
 */
export class ExactPercentiles {
  readonly #sought: Sought[];
  #total = 0;

  constructor(estimates: readonly { percentile: number; estimate: Estimate }[]) {
    this.#sought = estimates.map((one) => ({ ...one, below: 0, within: new Map() }));
  }

  get total(): number {
    return this.#total;
  }

  add(value: number, weight: number): void {
    this.#total += weight;
    for (const one of this.#sought) {
      const { lower, upper } = one.estimate;
      // What is 0 has bounds of its own: 0 to 0.
      if (value <= lower && value !== upper) one.below += weight;
      else if (value <= upper && one.within) {
        one.within.set(value, (one.within.get(value) ?? 0) + weight);
        if (one.within.size > MOST_VALUES) one.within = null;
      }
    }
  }

  /** `least`: the smallest rank, 1 where weights are counts and 0 where they are amounts. */
  result(least: 0 | 1): { percentile: number; estimate: Estimate; exact: number | null }[] {
    return this.#sought.map(({ percentile, estimate, below, within }) => {
      const share = (percentile / 100) * this.#total;
      const rank = least === 1 ? Math.max(1, Math.ceil(share)) : share;
      let held = below;
      if (held >= rank && rank > 0) return { percentile, estimate, exact: null };
      const values = [...(within ?? [])].toSorted(([a], [b]) => a - b);
      const found = values.find(([, weight]) => (held += weight) >= rank);
      return { percentile, estimate, exact: found?.[0] ?? null };
    });
  }
}
