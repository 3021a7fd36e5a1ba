import type { Micros } from "../domain/interval.ts";

interface RecentTimesOptions {
  /** How long a time counts. */
  length: Micros;
  /** Keys remembered. Overflow: the one counted longest ago is forgotten. */
  capacity: number;
}

/** The times at which something happened lately, by key. */
export class RecentTimes {
  readonly #options: RecentTimesOptions;
  readonly #held = new Map<string, readonly Micros[]>();

  constructor(options: RecentTimesOptions) {
    this.#options = options;
  }

  /** Keys that are remembered. */
  get size(): number {
    return this.#held.size;
  }

  /** Oldest first. */
  of(key: string, now: Micros): readonly Micros[] {
    return (this.#held.get(key) ?? []).filter((time) => time > now - this.#options.length);
  }

  /** When there are fewer than `most` again; null: there are. */
  freeAt(key: string, most: number, now: Micros): Micros | null {
    const times = this.of(key, now);
    const first = times[times.length - most];
    return first === undefined ? null : first + this.#options.length;
  }

  add(key: string, now: Micros): void {
    const times = [...this.of(key, now), now];
    this.#held.delete(key);
    this.#held.set(key, times);
    const [oldest] = this.#held.keys();
    if (this.#held.size > this.#options.capacity && oldest !== undefined) this.#held.delete(oldest);
  }

  /** As if it had not happened at that time. */
  takeBack(key: string, time: Micros): void {
    const times = this.#held.get(key) ?? [];
    const at = times.indexOf(time);
    if (at === -1) return;
    if (times.length === 1) this.#held.delete(key);
    else this.#held.set(key, times.toSpliced(at, 1));
  }
}
