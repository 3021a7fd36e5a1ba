import { ExponentialHistogram } from "../domain/sketches/exponential-histogram.ts";
import { FIRST_SKETCHED, INTERVAL_COUNT, LENGTHS } from "./intervals.ts";

/** Numbers of one window, in a row of WIDTH doubles. */
export const START = 0;
export const OPEN_TIME = 1;
export const OPEN_ID = 2;
export const OPEN = 3;
export const CLOSE_TIME = 4;
export const CLOSE_ID = 5;
export const CLOSE = 6;
export const HIGH = 7;
export const LOW = 8;
export const VOLUME = 9;
export const NOTIONAL = 10;
export const TRADES = 11;
export const BUY_VOLUME = 12;
/** Event time of the quote that gave BID and ASK; −1 before the first. */
export const QUOTE_TIME = 13;
export const BID = 14;
export const ASK = 15;
export const SPREAD_MIN = 16;
export const SPREAD_MAX = 17;
/** Where in the log its first and last trade lie, and its last change of any kind. */
export const FIRST_OFFSET = 18;
export const FIRST_LINE = 19;
export const LAST_OFFSET = 20;
export const LAST_LINE = 21;
export const CHANGE_OFFSET = 22;
export const CHANGE_LINE = 23;
/** Smallest and largest id of its trades. */
export const MIN_ID = 24;
export const MAX_ID = 25;
export const REVISION = 26;
/** Lines of frames below this offset are in it already. */
export const GATE = 27;
export const WIDTH = 28;

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

const NONE = -1;
const FIRST_CAPACITY = 128;

/**
 * The windows in memory, in typed arrays. Each slot has one list an interval, newest start first, so that a tick finds its window at
 * the head. Grows by doubling; what it holds is bounded by the runner, which lets windows go as checkpoints are acknowledged.
 */
export class WindowArena {
  values = new Float64Array(FIRST_CAPACITY * WIDTH);
  flags = new Uint8Array(FIRST_CAPACITY);
  interval = new Uint8Array(FIRST_CAPACITY);
  slot = new Int32Array(FIRST_CAPACITY);
  /** The next older window of the same slot and interval; in the list of free ones the next free one. */
  older = new Int32Array(FIRST_CAPACITY);
  /** Channel of the last trade. */
  channel = new Int32Array(FIRST_CAPACITY);
  /** Id space of its trades, −1 before the first. */
  space = new Int32Array(FIRST_CAPACITY);
  readonly sketches: (ExponentialHistogram | null)[] = [];
  /** The fields of closed bars as they were last published. */
  readonly texts: (string | null)[] = [];
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
      window = this.older[window] ?? NONE;
    }
    return NONE;
  }

  /** A window with nothing in it, in its place of the list. There must be none yet. */
  create(slot: number, interval: number, start: number): number {
    const window = this.#take();
    this.values.fill(0, window * WIDTH, (window + 1) * WIDTH);
    this.values[window * WIDTH + START] = start;
    this.values[window * WIDTH + QUOTE_TIME] = -1;
    this.flags[window] = 0;
    this.interval[window] = interval;
    this.slot[window] = slot;
    this.channel[window] = NONE;
    this.space[window] = NONE;
    this.sketches[window] = interval >= FIRST_SKETCHED ? new ExponentialHistogram() : null;
    this.#link(window, slot * INTERVAL_COUNT + interval, start);
    return window;
  }

  /** Forgets the windows of one list for which `leaves` holds. */
  removeIf(slot: number, interval: number, leaves: (window: number) => boolean): void {
    const list = slot * INTERVAL_COUNT + interval;
    let before = NONE;
    let window = this.heads[list] ?? NONE;
    while (window >= 0) {
      const older = this.older[window] ?? NONE;
      if (leaves(window)) {
        if (before < 0) this.heads[list] = older;
        else this.older[before] = older;
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

  end(window: number): number {
    return (this.values[window * WIDTH + START] ?? 0) + (LENGTHS[this.interval[window] ?? 0] ?? 0);
  }

  has(window: number, flag: number): boolean {
    return ((this.flags[window] ?? 0) & flag) !== 0;
  }

  set(window: number, flag: number): void {
    this.flags[window] = (this.flags[window] ?? 0) | flag;
  }

  clear(window: number, flag: number): void {
    this.flags[window] = (this.flags[window] ?? 0) & ~flag;
  }

  get(window: number, field: number): number {
    return this.values[window * WIDTH + field] ?? 0;
  }

  put(window: number, field: number, value: number): void {
    this.values[window * WIDTH + field] = value;
  }

  #link(window: number, list: number, start: number): void {
    let before = NONE;
    let next = this.heads[list] ?? NONE;
    while (next >= 0 && (this.values[next * WIDTH + START] ?? 0) > start) {
      before = next;
      next = this.older[next] ?? NONE;
    }
    this.older[window] = next;
    if (before < 0) this.heads[list] = window;
    else this.older[before] = window;
  }

  #take(): number {
    this.#live += 1;
    if (this.#free >= 0) {
      const window = this.#free;
      this.#free = this.older[window] ?? NONE;
      return window;
    }
    if (this.#used === this.flags.length) this.#grow();
    this.texts.push(null);
    return this.#used++;
  }

  #release(window: number): void {
    this.#live -= 1;
    this.sketches[window] = null;
    this.texts[window] = null;
    this.older[window] = this.#free;
    this.#free = window;
  }

  #grow(): void {
    const capacity = this.flags.length * 2;
    this.values = grown(this.values, new Float64Array(capacity * WIDTH));
    this.flags = grown(this.flags, new Uint8Array(capacity));
    this.interval = grown(this.interval, new Uint8Array(capacity));
    this.slot = grown(this.slot, new Int32Array(capacity));
    this.older = grown(this.older, new Int32Array(capacity));
    this.channel = grown(this.channel, new Int32Array(capacity));
    this.space = grown(this.space, new Int32Array(capacity));
  }
}

function grown<T extends Float64Array | Uint8Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
