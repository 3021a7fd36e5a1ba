import { type Segment, SESSIONS } from "../domain/calendar/calendar.ts";
import { SECOND } from "../domain/interval.ts";
import { INTERVAL_COUNT } from "./intervals.ts";
import type { Retraction } from "./retraction.ts";
import { type Amounts, SketchSlab } from "./sketch-slab.ts";
import { VenueSets } from "./venue-sets.ts";

/**
 * The numbers of one window lie in a row of WIDTH doubles, what each trade touches in the first two of its four cache lines. Where
 * two small integers share a double, their place counts in 32-bit words of the row.
 */
export const WIDTH = 32;
export const WORDS = 2 * WIDTH;

export const START = 0;
/** In the lower bits its flags, in the upper ones its length in whole seconds. */
export const FLAGS = 2 * 1;
export const LAST_LINE = 2 * 1 + 1;
export const OPEN_TIME = 2;
export const CLOSE_TIME = 3;
export const HIGH = 4;
export const LOW = 5;
export const CLOSE = 6;
/** Lines of frames below this offset are in it already. */
export const GATE = 7;
export const VOLUME = 8;
export const NOTIONAL = 9;
export const TRADES = 10;
export const BUY_VOLUME = 11;
/** Where in the log its last trade lies. */
export const LAST_OFFSET = 12;
export const MAX_ID = 13;
export const CLOSE_ID = 14;
/** Channel of its last trade, and the id space of its trades; −1 before the first. Of a bar whose trades were all taken out the space is −1. */
export const CHANNEL = 2 * 15;
export const SPACE = 2 * 15 + 1;
export const MIN_ID = 16;
export const OPEN = 17;
export const OPEN_ID = 18;
export const FIRST_OFFSET = 19;
export const FIRST_LINE = 2 * 20;
/** Where its last change lies that was no trade: a quote, its close, a judgement about it. −1 before the first. */
export const OTHER_LINE = 2 * 20 + 1;
export const OTHER_OFFSET = 21;
export const REVISION = 22;
/** The next older window of the same slot and interval; among the free ones the next free one. */
export const OLDER = 2 * 23;
export const SLOT = 2 * 23 + 1;
/** Event time of the quote that gave BID and ASK; −1 before the first. */
export const QUOTE_TIME = 24;
export const BID = 25;
export const ASK = 26;
export const SPREAD_MIN = 27;
export const SPREAD_MAX = 28;
export const INTERVAL = 2 * 29;
/** The session in which it lies, by its place among SESSIONS. */
export const SESSION = 2 * 29 + 1;
/** Where its sketches lie, and how many entries they have: two words of SketchSlab. */
export const SKETCH = 2 * 30;
/** Where the fields of a closed bar begin and end in its text. */
export const TEXT_START = 2 * 31;
export const TEXT_END = 2 * 31 + 1;

/** It has closed: its end lies at or before the watermark. */
export const FINAL = 1;
/** Every trade is known to be in it. */
export const COMPLETE = 2;
/** Nobody can vouch for it: its trades have ids of several spaces, or it was lost from the store. */
export const DOUBTFUL = 4;
/** Its end and lateness lie at or before the watermark: it leaves memory as soon as it may. */
export const SEALED = 8;
/** Changed since it was last written. */
export const UNSAVED = 16;
/** Changed since it was last published. */
export const UNPUBLISHED = 32;
/** Being written by the checkpoint that runs. */
export const IN_FLIGHT = 64;
/** By which trades it is priced: those that may open and close a bar, only substitutes for them (WEAK), none (UNPRICED). */
export const WEAK = 128;
export const UNPRICED = 256;
/** Where in FLAGS the length begins: room for twelve flags, and for lengths of twelve days. */
export const LENGTH_SHIFT = 12;

/** The length of a window, microseconds. */
export function lengthOf(flags: number): number {
  return (flags >>> LENGTH_SHIFT) * SECOND;
}

const NONE = -1;
const FIRST_CAPACITY = 128;

/**
 * The windows in memory, in typed arrays. Each slot has one list an interval, newest start first, so that a tick finds its window at
 * the head. Grows by doubling; what it holds is bounded by the runner, which lets windows go as checkpoints are acknowledged.
 */
export class WindowArena {
  values = new Float64Array(FIRST_CAPACITY * WIDTH);
  /** The same memory. */
  words = new Int32Array(this.values.buffer);
  readonly #sketches = new SketchSlab();
  readonly venues = new VenueSets();
  /** Trades that counted and were taken out again, of the few windows that have any, in the order of the log. */
  readonly retractions = new Map<number, readonly Retraction[]>();
  /** The bytes in which the fields of closed bars were last published. */
  readonly texts: (Buffer | null)[] = [];
  /** The newest window of slot · INTERVAL_COUNT + interval. */
  heads = new Int32Array(FIRST_CAPACITY * INTERVAL_COUNT).fill(NONE);

  #used = 0;
  #free = NONE;
  #live = 0;

  get live(): number {
    return this.#live;
  }

  /** The window that starts at `start`, or −1. */
  find(slot: number, interval: number, start: number): number {
    let window = this.heads[slot * INTERVAL_COUNT + interval] ?? NONE;
    while (window >= 0) {
      const found = this.values[window * WIDTH + START] ?? 0;
      if (found === start) return window;
      if (found < start) return NONE;
      window = this.words[window * WORDS + OLDER] ?? NONE;
    }
    return NONE;
  }

  /** A window with nothing in it, in its place of the list. There must be none yet. */
  create(slot: number, interval: number, { session, start, end }: Segment): number {
    const window = this.#take();
    const at = window * WIDTH;
    const word = window * WORDS;
    this.values.fill(0, at, at + WIDTH);
    this.values[at + START] = start;
    this.values[at + QUOTE_TIME] = -1;
    this.values[at + OTHER_OFFSET] = -1;
    this.words[word + CHANNEL] = NONE;
    this.words[word + SPACE] = NONE;
    this.words[word + SLOT] = slot;
    this.words[word + INTERVAL] = interval;
    this.words[word + FLAGS] = ((end - start) / SECOND) << LENGTH_SHIFT;
    this.words[word + SESSION] = SESSIONS.indexOf(session);
    this.#link(window, slot * INTERVAL_COUNT + interval, start);
    return window;
  }

  /** Forgets the windows of one list for which `leaves` holds. */
  removeIf(slot: number, interval: number, leaves: (window: number) => boolean): void {
    const list = slot * INTERVAL_COUNT + interval;
    let before = NONE;
    let window = this.heads[list] ?? NONE;
    while (window >= 0) {
      const older = this.older(window);
      if (leaves(window)) {
        if (before < 0) this.heads[list] = older;
        else this.words[before * WORDS + OLDER] = older;
        this.#release(window);
      } else before = window;
      window = older;
    }
  }

  /** Makes room for lists of this many slots. */
  reserveSlots(slots: number): void {
    const needed = slots * INTERVAL_COUNT;
    if (needed <= this.heads.length) return;
    const heads = new Int32Array(Math.max(needed, this.heads.length * 2)).fill(NONE);
    heads.set(this.heads);
    this.heads = heads;
  }

  /** The newest window of a slot and interval, −1 where there is none. */
  newest(slot: number, interval: number): number {
    return this.heads[slot * INTERVAL_COUNT + interval] ?? NONE;
  }

  older(window: number): number {
    return this.words[window * WORDS + OLDER] ?? NONE;
  }

  end(window: number): number {
    return (this.values[window * WIDTH + START] ?? 0) + lengthOf(this.words[window * WORDS + FLAGS] ?? 0);
  }

  has(window: number, flag: number): boolean {
    return ((this.words[window * WORDS + FLAGS] ?? 0) & flag) !== 0;
  }

  set(window: number, flag: number): void {
    const at = window * WORDS + FLAGS;
    this.words[at] = (this.words[at] ?? 0) | flag;
  }

  clear(window: number, flag: number): void {
    const at = window * WORDS + FLAGS;
    this.words[at] = (this.words[at] ?? 0) & ~flag;
  }

  get(window: number, field: number): number {
    return this.values[window * WIDTH + field] ?? 0;
  }

  put(window: number, field: number, value: number): void {
    this.values[window * WIDTH + field] = value;
  }

  word(window: number, field: number): number {
    return this.words[window * WORDS + field] ?? 0;
  }

  putWord(window: number, field: number, value: number): void {
    this.words[window * WORDS + field] = value;
  }

  /** Whether it has, or had, a trade: with quotes alone it is no bar. */
  isBar(window: number): boolean {
    return (this.words[window * WORDS + CHANNEL] ?? NONE) >= 0;
  }

  /** Adds to a bucket of a window's sketches (`sketch-keys.ts`). */
  addAmount(window: number, key: number, whole: number, fraction: number): void {
    this.#sketches.add(this.words, window * WORDS + SKETCH, key, whole, fraction);
  }

  /** Adds the first `count` of many amounts. */
  addAmounts(window: number, amounts: Amounts, count: number): void {
    this.#sketches.addAll(this.words, window * WORDS + SKETCH, amounts, count);
  }

  /** Visits the used buckets of a window, ascending. */
  forEachAmount(window: number, visit: (key: number, whole: number, fraction: number) => void): void {
    this.#sketches.forEach(this.words, window * WORDS + SKETCH, visit);
  }

  /** Adds the coupon of a venue, 0 for none. */
  addVenue(window: number, coupon: number): void {
    if (coupon !== 0) this.venues.add(window, coupon);
  }

  clearSketches(window: number): void {
    this.#sketches.release(this.words, window * WORDS + SKETCH);
    this.venues.clear(window);
  }

  /** Bytes of the rows and of the sketches that all windows have taken. */
  get bytes(): number {
    return this.values.byteLength + this.#sketches.bytes;
  }

  /** Whether its last change was no trade. */
  isOtherNewer(window: number): boolean {
    const offset = this.get(window, OTHER_OFFSET);
    const last = this.get(window, LAST_OFFSET);
    return offset > last || (offset === last && this.word(window, OTHER_LINE) > this.word(window, LAST_LINE));
  }

  #link(window: number, list: number, start: number): void {
    let before = NONE;
    let next = this.heads[list] ?? NONE;
    while (next >= 0 && (this.values[next * WIDTH + START] ?? 0) > start) {
      before = next;
      next = this.older(next);
    }
    this.words[window * WORDS + OLDER] = next;
    if (before < 0) this.heads[list] = window;
    else this.words[before * WORDS + OLDER] = window;
  }

  #take(): number {
    this.#live += 1;
    if (this.#free >= 0) {
      const window = this.#free;
      this.#free = this.older(window);
      return window;
    }
    if (this.#used * WIDTH === this.values.length) this.#grow();
    this.texts.push(null);
    return this.#used++;
  }

  #release(window: number): void {
    this.#live -= 1;
    this.clearSketches(window);
    if (this.retractions.size > 0) this.retractions.delete(window);
    this.texts[window] = null;
    this.words[window * WORDS + OLDER] = this.#free;
    this.#free = window;
  }

  #grow(): void {
    const larger = new Float64Array(this.values.length * 2);
    larger.set(this.values);
    this.values = larger;
    this.words = new Int32Array(larger.buffer);
  }
}
