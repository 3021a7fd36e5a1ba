/** What `add` found. */
export const APPENDED = 0;
/** Added, and the holes are other than before. */
export const RESHAPED = 1;
/** It was there. */
export const KNOWN = 2;
/** It lies below what is remembered: whether it was there cannot be said any more. */
export const FORGOTTEN = 3;
export type Added = typeof APPENDED | typeof RESHAPED | typeof KNOWN | typeof FORGOTTEN;

/**
 * The most ranges that are remembered. One that has contiguous ids needs one range, and one more for each gap that is still open;
 * beyond this the older half is forgotten: what lies below is then neither known nor new.
 */
export const MAX_RANGES = 8192;

/** Everything of an IntervalSet, for `restore`: distances between the ends of the ranges, `start, length, gap, length, gap …`. */
export interface IntervalSetState {
  floor: number;
  base: number;
  jump: boolean;
  ranges: number[];
}

/** A set of non-negative integers, kept as ascending ranges: exact, and small where the numbers are contiguous. */
export class IntervalSet {
  /** First and last number of each range. */
  #starts: number[] = [];
  #ends: number[] = [];
  /** Numbers below are forgotten. */
  #floor = 0;
  /** Holes below this number are explained. */
  #base = 0;
  /** The next number may leave a hole that is explained. */
  #jump = false;

  get size(): number {
    return this.#starts.length;
  }

  /** The end of its newest range, NaN while it is empty. */
  get top(): number {
    return this.#ends.at(-1) ?? Number.NaN;
  }

  /** Adds every number behind the newest range up to `top`. */
  extendTo(top: number): void {
    const last = this.#ends.length - 1;
    if (last < 0 || !(top > (this.#ends[last] ?? 0))) return;
    this.#ends[last] = top;
    this.#jump = false;
  }

  add(id: number): Added {
    const top = this.#ends.length - 1;
    if (top >= 0 && id === (this.#ends[top] ?? 0) + 1) {
      this.#ends[top] = id;
      this.#jump = false;
      return APPENDED;
    }
    return this.#insert(id);
  }

  has(id: number): boolean {
    const at = this.#rangeAt(id);
    return at >= 0 && id <= (this.#ends[at] ?? -1);
  }

  /** Whether a number may be missing between `low` and `high`, or right beside them; both must be in the set. */
  hasHoleAround(low: number, high: number): boolean {
    const at = this.#rangeAt(low);
    const start = this.#starts[at] ?? 0;
    const end = this.#ends[at] ?? -1;
    if (high > end) return true;
    if (start === low && at > 0 && low > this.#base) return true;
    return end === high && at < this.#ends.length - 1;
  }

  /** Somebody answers for it that from here on nothing is missing: the hole below the newest range, or below the next, is none. */
  explainGap(): void {
    this.#base = this.#starts.at(-1) ?? 0;
    this.#jump = true;
  }

  state(): IntervalSetState {
    const ranges: number[] = [];
    let last = 0;
    for (const [at, start] of this.#starts.entries()) {
      const end = this.#ends[at] ?? start;
      ranges.push(start - last, end - start);
      last = end;
    }
    return { floor: this.#floor, base: this.#base, jump: this.#jump, ranges };
  }

  static restore(state: IntervalSetState): IntervalSet {
    const set = new IntervalSet();
    set.#floor = state.floor;
    set.#base = state.base;
    set.#jump = state.jump;
    const bounds: number[] = [];
    let last = 0;
    for (const distance of state.ranges) bounds.push((last += distance));
    set.#starts = bounds.filter((_, at) => at % 2 === 0);
    set.#ends = bounds.filter((_, at) => at % 2 === 1);
    return set;
  }

  /** Index of the last range that starts at or below `id`, −1 where there is none. */
  #rangeAt(id: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= id) low = middle + 1;
      else high = middle - 1;
    }
    return high;
  }

  #insert(id: number): Added {
    const at = this.#rangeAt(id);
    if (at >= 0 && id <= (this.#ends[at] ?? -1)) return KNOWN;
    if (id < this.#floor) return FORGOTTEN;
    const first = this.#starts.length === 0;
    const joinsBelow = at >= 0 && id === (this.#ends[at] ?? -1) + 1;
    const joinsAbove = id + 1 === this.#starts[at + 1];
    if (joinsBelow && joinsAbove) {
      this.#ends[at] = this.#ends[at + 1] ?? id;
      this.#starts.splice(at + 1, 1);
      this.#ends.splice(at + 1, 1);
    } else if (joinsBelow) this.#ends[at] = id;
    else if (joinsAbove) this.#starts[at + 1] = id;
    else this.#open(at + 1, id);
    return first ? APPENDED : RESHAPED;
  }

  #open(at: number, id: number): void {
    if (at === this.#starts.length && this.#jump) {
      this.#base = id;
      this.#jump = false;
    }
    if (this.#starts.length === 0) {
      // Mostly there is one range for ever: arrays that have grown keep room for seventeen.
      this.#starts = [id];
      this.#ends = [id];
      return;
    }
    this.#starts.splice(at, 0, id);
    this.#ends.splice(at, 0, id);
    if (this.#starts.length <= MAX_RANGES) return;
    const forgotten = MAX_RANGES / 2;
    this.#floor = (this.#ends[forgotten - 1] ?? 0) + 1;
    this.#starts.splice(0, forgotten);
    this.#ends.splice(0, forgotten);
  }
}
