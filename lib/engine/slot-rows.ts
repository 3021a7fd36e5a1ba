import { INTERVAL_COUNT } from "./intervals.ts";

/**
 * What each tick reads and writes of its slot lies in a row of ROW doubles, what each trade touches in the first two of its three
 * cache lines. Where two small integers share a double, their place counts in 32-bit words of the row.
 */
export const ROW = 24;
export const ROW_WORDS = 2 * ROW;

/** Up to this event time everything has arrived; never falls. */
export const WATERMARK = 0;
/** Lines of frames below this offset have been seen already. */
export const GATE = 1;
/** The end of the newest range of ids without a space; NaN before the first. */
export const TOP_ID = 2;
/** The watermark at which a window has to be closed or sealed next. */
export const DUE = 3;
/** Last trade, by event time then id; time −1 before the first. */
export const TRADE_TIME = 4;
export const TRADE_ID = 5;
export const PRICE = 6;
export const SIZE = 7;
/** Event and receipt time of the newest tick; −1 before the first. */
export const NEWEST_TIME = 8;
export const NEWEST_RECEIVED = 9;
/** Where in the log the last tick lies. */
export const CHANGE_OFFSET = 10;
export const CHANGE_LINE = 2 * 11;
/** Of the last trade: 0 unknown, 1 buy, 2 sell. */
export const SIDE = 2 * 11 + 1;
/** Number of the newest print that was not told of, and how many there are. */
export const LAST_PRINT = 2 * 12;
export const PRINTS = 2 * 12 + 1;
export const STATUS = 2 * 13;
/** Channel of the last tick. */
export const TICK_CHANNEL = 2 * 13 + 1;
/** Trades that wait to be added to sketches. */
export const WAITING_TRADES = 2 * 14;
/** Not 0: some of its prints may stay outside the bars. */
export const GUARDED = 2 * 14 + 1;
/** As DUE, for the windows longer than a second. */
export const DUE_LONG = 15;
/** Newest quote; time −1 before the first. */
export const QUOTE_TIME = 16;
export const BID = 17;
export const BID_SIZE = 18;
export const ASK = 19;
export const ASK_SIZE = 20;
/** The second of event time whose spread was sampled last; −1 before the first. */
export const SPREAD_SECOND = 23;

/** STATUS: it has to be written, told of in `latest`, stored in `latest`. */
export const UNSAVED = 1;
export const UNTOLD = 2;
export const UNSTORED = 4;

const FIRST_CAPACITY = 64;

/** The rows of all slots. */
export class SlotRows {
  values = new Float64Array(FIRST_CAPACITY * ROW);
  /** The same memory. */
  words = new Int32Array(this.values.buffer);
  /** By slot · INTERVAL_COUNT + interval, see Slot.sealFloor. */
  sealFloors = new Float64Array(FIRST_CAPACITY * INTERVAL_COUNT).fill(-Infinity);

  /** Sets up the row of a new slot. */
  begin(slot: number): void {
    if ((slot + 1) * ROW > this.values.length) this.#grow();
    const at = slot * ROW;
    this.values[at + WATERMARK] = -Infinity;
    this.values[at + TOP_ID] = Number.NaN;
    this.values[at + DUE] = Infinity;
    this.values[at + DUE_LONG] = Infinity;
    this.values[at + TRADE_TIME] = -1;
    this.values[at + NEWEST_TIME] = -1;
    this.values[at + QUOTE_TIME] = -1;
    this.values[at + SPREAD_SECOND] = -1;
  }

  get(slot: number, field: number): number {
    return this.values[slot * ROW + field] ?? 0;
  }

  put(slot: number, field: number, value: number): void {
    this.values[slot * ROW + field] = value;
  }

  word(slot: number, field: number): number {
    return this.words[slot * ROW_WORDS + field] ?? 0;
  }

  putWord(slot: number, field: number, value: number): void {
    this.words[slot * ROW_WORDS + field] = value;
  }

  #grow(): void {
    const larger = new Float64Array(this.values.length * 2);
    larger.set(this.values);
    this.values = larger;
    this.words = new Int32Array(larger.buffer);
    const floors = new Float64Array((larger.length / ROW) * INTERVAL_COUNT).fill(-Infinity);
    floors.set(this.sealFloors);
    this.sealFloors = floors;
  }
}
