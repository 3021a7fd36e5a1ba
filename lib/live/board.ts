interface Entry<V> {
  key: string;
  value: V;
  changed: number;
  older: Entry<V> | null;
  newer: Entry<V> | null;
}

/**
 * The newest value of each key, in the order of their changes, so that "what changed since" costs only what changed.
 * Overflow: beyond `capacity` keys the one that has not changed for longest is forgotten.
 */
export class Board<V> {
  readonly #entries = new Map<string, Entry<V>>();
  readonly #capacity: number;
  #newest: Entry<V> | null = null;
  #oldest: Entry<V> | null = null;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): V | undefined {
    return this.#entries.get(key)?.value;
  }

  /** The value, if it changed after `cursor`. */
  getSince(key: string, cursor: number): V | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.changed > cursor ? entry.value : undefined;
  }

  /** `changed` must not fall from call to call. */
  set(key: string, value: V, changed: number): void {
    let entry = this.#entries.get(key);
    if (entry) {
      this.#unlink(entry);
      entry.value = value;
      entry.changed = changed;
    } else {
      if (this.#entries.size >= this.#capacity && this.#oldest) this.#forget(this.#oldest);
      entry = { key, value, changed, older: null, newer: null };
      this.#entries.set(key, entry);
    }
    entry.older = this.#newest;
    entry.newer = null;
    if (this.#newest) this.#newest.newer = entry;
    else this.#oldest = entry;
    this.#newest = entry;
  }

  /** Values that changed after `cursor`, the last changed first. */
  *since(cursor: number): Generator<V> {
    for (let entry = this.#newest; entry && entry.changed > cursor; entry = entry.older) yield entry.value;
  }

  keys(): IterableIterator<string> {
    return this.#entries.keys();
  }

  #forget(entry: Entry<V>): void {
    this.#unlink(entry);
    this.#entries.delete(entry.key);
  }

  #unlink(entry: Entry<V>): void {
    if (entry.older) entry.older.newer = entry.newer;
    else this.#oldest = entry.newer;
    if (entry.newer) entry.newer.older = entry.older;
    else this.#newest = entry.older;
  }
}
