import { IntList } from "./int-list.ts";

/** A set of small integers in the order in which they came, which keeps its memory when it is emptied. A byte for each up to the largest. */
export class IntSet {
  readonly #items = new IntList();
  #has = new Uint8Array(256);

  get size(): number {
    return this.#items.length;
  }

  add(item: number): void {
    if (item >= this.#has.length) {
      const larger = new Uint8Array(Math.max(item + 1, this.#has.length * 2));
      larger.set(this.#has);
      this.#has = larger;
    }
    if (this.#has[item] === 1) return;
    this.#has[item] = 1;
    this.#items.push(item);
  }

  /** The item that came as number `index`. */
  at(index: number): number {
    return this.#items.at(index);
  }

  clear(): void {
    for (let index = 0; index < this.#items.length; index++) this.#has[this.#items.at(index)] = 0;
    this.#items.clear();
  }
}
