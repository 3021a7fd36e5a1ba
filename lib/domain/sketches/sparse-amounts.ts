import { MOST_WHOLE, UNITS } from "./fixed-point.ts";
import { SparseCounts } from "./sparse-counts.ts";

/** Fixed-point amounts by integer index. Addition is exact, and stays at MOST_WHOLE when it would go beyond. */
export class SparseAmounts {
  #wholes = new SparseCounts();
  #fractions = new SparseCounts();

  add(index: number, whole: number, fraction: number): void {
    let sum = this.#wholes.add(index, whole);
    if (this.#fractions.add(index, fraction) >= UNITS) {
      this.#fractions.add(index, -UNITS);
      sum = this.#wholes.add(index, 1);
    }
    if (sum < MOST_WHOLE) return;
    this.#wholes.add(index, MOST_WHOLE - sum);
    this.#fractions.add(index, -this.#fractions.add(index, 0));
  }

  /** Every index that was added to, ascending. */
  forEach(visit: (index: number, whole: number, fraction: number) => void): void {
    this.#wholes.forEachPair(this.#fractions, visit);
  }

  clone(): SparseAmounts {
    const copy = new SparseAmounts();
    copy.#wholes = this.#wholes.clone();
    copy.#fractions = this.#fractions.clone();
    return copy;
  }
}
