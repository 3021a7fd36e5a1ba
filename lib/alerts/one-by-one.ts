export interface OneByOneOptions<T> {
  /** The most that wait, the one that is worked on included. */
  capacity: number;
  /** Must not reject. */
  work: (item: T) => Promise<void>;
  signal: AbortSignal;
}

/** Works on one item after the other, in the order in which they came. Overflow: `add` refuses. After the abort what waits is dropped. */
export class OneByOne<T> {
  readonly #options: OneByOneOptions<T>;
  readonly #items: T[] = [];
  #working: Promise<void> | null = null;

  constructor(options: OneByOneOptions<T>) {
    this.#options = options;
  }

  /** Whether it is taken; returns at once. */
  add(item: T): boolean {
    if (this.#items.length >= this.#options.capacity) return false;
    this.#items.push(item);
    this.#working ??= this.#work();
    return true;
  }

  /** Resolves when nothing is under way any more. */
  async done(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    const { work, signal } = this.#options;
    // What is added in one turn is complete before the first is worked on.
    await Promise.resolve();
    for (let item = this.#items[0]; item !== undefined && !signal.aborted; item = this.#items[0]) {
      await work(item);
      this.#items.shift();
    }
    this.#working = null;
  }
}
