/** A list of small integers that keeps its memory when it is emptied. Grows by doubling; its owner bounds what goes in. */
export class IntList {
  #items = new Int32Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(item: number): void {
    if (this.#length === this.#items.length) {
      const larger = new Int32Array(this.#length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#length++] = item;
  }

  at(index: number): number {
    return this.#items[index] ?? 0;
  }

  clear(): void {
    this.#length = 0;
  }

  /** A copy of what it holds. */
  slice(): Int32Array {
    return this.#items.slice(0, this.#length);
  }
}
