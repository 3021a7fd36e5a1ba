import type { Micros } from "../domain/interval.ts";

interface Held<T> {
  readAt: Micros;
  value: Promise<T>;
}

/**
 * Lets all who ask for the same within a moment share one read: after a restart every page asks at once. Failures are not kept.
 * Overflow: beyond `capacity` the oldest is forgotten.
 */
export class SharedReads<T> {
  readonly #held = new Map<string, Held<T>>();
  readonly #options: { fresh: Micros; capacity: number; now: () => Micros };

  constructor(options: { fresh: Micros; capacity: number; now: () => Micros }) {
    this.#options = options;
  }

  get size(): number {
    return this.#held.size;
  }

  get(key: string, read: () => Promise<T>): Promise<T> {
    const { capacity, fresh } = this.#options;
    const now = this.#options.now();
    const held = this.#held.get(key);
    if (held && now - held.readAt < fresh) return held.value;
    const value = read();
    this.#held.delete(key);
    this.#held.set(key, { readAt: now, value });
    value.catch(() => {
      if (this.#held.get(key)?.value === value) this.#held.delete(key);
    });
    const [oldest] = this.#held.keys();
    if (this.#held.size > capacity && oldest !== undefined) this.#held.delete(oldest);
    return value;
  }
}
