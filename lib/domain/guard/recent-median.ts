/** The median of the newest `capacity` prices, kept sorted beside them: a price costs two searches and two moves. */
export class RecentMedian {
  readonly capacity: number;
  readonly #ring: Float64Array;
  readonly #sorted: Float64Array;
  #count = 0;

  /** `prices`: oldest first; the newest `capacity` of them are taken. */
  constructor(capacity: number, prices: readonly number[] = []) {
    this.capacity = capacity;
    this.#ring = new Float64Array(capacity);
    this.#sorted = new Float64Array(capacity);
    for (const price of prices.slice(-capacity)) this.add(price);
  }

  /** Whether there are as many prices as it wants. */
  get isFull(): boolean {
    return this.#count >= this.capacity;
  }

  /** The middle price, the mean of the two middle ones of an even number; NaN while there is none. */
  get median(): number {
    const length = Math.min(this.#count, this.capacity);
    const middle = length >> 1;
    const upper = this.#sorted[middle] ?? Number.NaN;
    if (length === 0) return Number.NaN;
    return length % 2 === 1 ? upper : ((this.#sorted[middle - 1] ?? upper) + upper) / 2;
  }

  /** Oldest first. */
  get prices(): number[] {
    const length = Math.min(this.#count, this.capacity);
    return Array.from({ length }, (_, index) => this.#ring[(this.#count - length + index) % this.capacity] ?? 0);
  }

  add(price: number): void {
    const place = this.#count % this.capacity;
    let length = Math.min(this.#count, this.capacity);
    if (this.isFull) {
      const gone = this.#search(this.#ring[place] ?? 0, length);
      this.#sorted.copyWithin(gone, gone + 1, length);
      length -= 1;
    }
    const at = this.#search(price, length);
    this.#sorted.copyWithin(at + 1, at, length);
    this.#sorted[at] = price;
    this.#ring[place] = price;
    this.#count += 1;
  }

  /** The first place whose price is not below this one. */
  #search(price: number, length: number): number {
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] ?? 0) < price) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
