/** Counters that lie next to each other. */
const PAGE = 16;
const SHIFT = 4;
const NONE = -1;

/**
 * Counters by integer index, of which few next to each other are used: pages of them, made at the first use of one, one behind the
 * other in a single array; and a directory of the pages from the lowest to the highest.
 */
export class SparseCounts {
  #cells: number[] = [];
  /** Where in the cells each page begins, from page `#first` on. */
  #directory: number[] = [];
  #first = 0;

  /** Gives the new count. */
  add(index: number, times: number): number {
    const place = (index >> SHIFT) - this.#first;
    let start = place >= 0 && place < this.#directory.length ? (this.#directory[place] ?? NONE) : NONE;
    if (start < 0) start = this.#makePage(index >> SHIFT);
    const cell = start + (index & (PAGE - 1));
    const count = (this.#cells[cell] ?? 0) + times;
    this.#cells[cell] = count;
    return count;
  }

  /** Every index with a count, ascending. */
  forEach(visit: (index: number, count: number) => void): void {
    for (let place = 0; place < this.#directory.length; place++) {
      const start = this.#directory[place] ?? NONE;
      if (start < 0) continue;
      const index = (this.#first + place) * PAGE;
      for (let cell = 0; cell < PAGE; cell++) {
        const count = this.#cells[start + cell] ?? 0;
        if (count > 0) visit(index + cell, count);
      }
    }
  }

  /** Every index with a count here or in `other`, to which the same indices were added in the same order; ascending. */
  forEachPair(other: SparseCounts, visit: (index: number, count: number, otherCount: number) => void): void {
    for (let place = 0; place < this.#directory.length; place++) {
      const start = this.#directory[place] ?? NONE;
      if (start < 0) continue;
      const index = (this.#first + place) * PAGE;
      for (let cell = 0; cell < PAGE; cell++) {
        const count = this.#cells[start + cell] ?? 0;
        const otherCount = other.#cells[start + cell] ?? 0;
        if (count > 0 || otherCount > 0) visit(index + cell, count, otherCount);
      }
    }
  }

  clone(): SparseCounts {
    const copy = new SparseCounts();
    copy.#cells = [...this.#cells];
    copy.#directory = [...this.#directory];
    copy.#first = this.#first;
    return copy;
  }

  #makePage(page: number): number {
    if (this.#directory.length === 0) this.#first = page;
    if (page < this.#first) {
      this.#directory = [...Array<number>(this.#first - page).fill(NONE), ...this.#directory];
      this.#first = page;
    }
    while (page >= this.#first + this.#directory.length) this.#directory.push(NONE);
    const start = this.#cells.length;
    for (let cell = 0; cell < PAGE; cell++) this.#cells.push(0);
    this.#directory[page - this.#first] = start;
    return start;
  }
}
