import { FIRST_SKETCHED, INTERVAL_COUNT } from "./intervals.ts";
import { ROW_WORDS, type SlotRows, WAITING_SIZES } from "./slot-rows.ts";
import type { WindowArena } from "./window-arena.ts";

/** The most sizes that wait in one slot: one cache line of buckets. */
const MOST = 16;
/** Stands for a size of zero among the buckets. */
export const ZERO_SIZE = 0x7fffffff;

/**
 * Trade sizes that wait to be added to the sketches of the newest window of each interval, by slot. A sketch lies in memory of its
 * own; adding sixteen sizes at a time fetches it once. Whoever makes another window the newest, or reads a sketch, flushes first.
 */
export class WaitingSizes {
  readonly #arena: WindowArena;
  readonly #rows: SlotRows;
  #buckets = new Int32Array(64 * MOST);

  constructor(arena: WindowArena, rows: SlotRows) {
    this.#arena = arena;
    this.#rows = rows;
  }

  /** A size for the newest windows of the slot, by its bucket. */
  add(slot: number, bucket: number): void {
    const at = slot * ROW_WORDS + WAITING_SIZES;
    const count = this.#rows.words[at] ?? 0;
    if ((slot + 1) * MOST > this.#buckets.length) this.#grow(slot);
    this.#buckets[slot * MOST + count] = bucket;
    this.#rows.words[at] = count + 1;
    if (count + 1 === MOST) this.flush(slot);
  }

  /** Adds what waits of a slot. */
  flush(slot: number): void {
    const count = this.#rows.word(slot, WAITING_SIZES);
    if (count === 0) return;
    this.#rows.putWord(slot, WAITING_SIZES, 0);
    const first = slot * MOST;
    for (let interval = FIRST_SKETCHED; interval < INTERVAL_COUNT; interval++) {
      const window = this.#arena.newest(slot, interval);
      for (let index = first; index < first + count; index++) this.addNow(window, this.#buckets[index] ?? 0);
    }
  }

  /** Adds a size to the sketch of one window, if it has one. */
  addNow(window: number, bucket: number): void {
    const sketch = this.#arena.sketches[window];
    if (!sketch) return;
    if (bucket === ZERO_SIZE) sketch.addZero();
    else sketch.addToBucket(bucket, 1);
  }

  #grow(slot: number): void {
    const larger = new Int32Array(Math.max(this.#buckets.length * 2, (slot + 1) * MOST));
    larger.set(this.#buckets);
    this.#buckets = larger;
  }
}
