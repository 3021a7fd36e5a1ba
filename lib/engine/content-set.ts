/** The most trades without ids that are remembered of one symbol; beyond this the older half by event time is forgotten. */
export const MAX_CONTENTS = 32_768;
/** So many are looked through for the first time. */
const FIRST_SWEEP = 1024;

/** Everything of a ContentSet, for `restore`: contents by event time, in the order in which they came. */
export interface ContentSetState {
  count: number;
  floor: number;
  sweep: number;
  times: [time: number, contents: string[]][];
}

export type ContentAdded = "new" | "known" | "forgotten";

/**
 * The trades of one symbol that carry no id, by what they say: two that say the same are the same. Exact for event times at or above
 * the floor. What lies below the floor is forgotten, and never counted again.
 */
export class ContentSet {
  #contents = new Map<number, Set<string>>();
  #size = 0;
  /** Trades taken so far: the next one's number among them. */
  #count = 0;
  #floor = 0;
  /** At this size it is looked what may be forgotten; a function of the log alone, so that a restart changes nothing. */
  #sweep = FIRST_SWEEP;

  /** Trades taken so far. */
  get count(): number {
    return this.#count;
  }

  has(time: number, content: string): boolean {
    return this.#contents.get(time)?.has(content) === true;
  }

  /** `floor`: nothing older is asked for any more; it may fall, what was forgotten stays forgotten. */
  add(time: number, content: string, floor: number): ContentAdded {
    if (this.has(time, content)) return "known";
    if (time < this.#floor || time < floor) return "forgotten";
    const known = this.#contents.get(time);
    if (known) known.add(content);
    else this.#contents.set(time, new Set([content]));
    this.#count += 1;
    this.#size += 1;
    if (this.#size >= this.#sweep) this.#forget(floor);
    return "new";
  }

  state(): ContentSetState {
    return {
      count: this.#count,
      floor: this.#floor,
      sweep: this.#sweep,
      times: Array.from(this.#contents, ([time, contents]) => [time, [...contents]]),
    };
  }

  static restore({ count, floor, sweep, times }: ContentSetState): ContentSet {
    const set = new ContentSet();
    set.#count = count;
    set.#floor = floor;
    set.#sweep = sweep;
    set.#contents = new Map(times.map(([time, contents]) => [time, new Set(contents)]));
    set.#size = times.reduce((size, [, contents]) => size + contents.length, 0);
    return set;
  }

  #forget(floor: number): void {
    this.#forgetBelow(floor);
    if (this.#size >= MAX_CONTENTS) {
      const times = [...this.#contents.keys()].toSorted((a, b) => a - b);
      let older = 0;
      for (const time of times) {
        if (older >= MAX_CONTENTS / 2) break;
        older += this.#contents.get(time)?.size ?? 0;
        floor = time + 1;
      }
      this.#forgetBelow(floor);
    }
    this.#sweep = Math.min(MAX_CONTENTS, Math.max(FIRST_SWEEP, 2 * this.#size));
  }

  #forgetBelow(floor: number): void {
    this.#floor = Math.max(this.#floor, floor);
    for (const [time, contents] of this.#contents) {
      if (time >= this.#floor) continue;
      this.#size -= contents.size;
      this.#contents.delete(time);
    }
  }
}

/** What makes two trades without ids the same, beside their time. */
export function contentOf({ price, size, venue }: { price: number; size: number; venue?: string | undefined }): string {
  return `${price}|${size}|${venue ?? ""}`;
}
