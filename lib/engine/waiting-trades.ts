import { fractionOf, wholeOf } from "../domain/sketches/fixed-point.ts";
import { keepsVenues, SKETCHED } from "./intervals.ts";
import { amountKey, NOTIONAL, priceKey, SIZE } from "./sketch-keys.ts";
import { amountsOf } from "./sketch-slab.ts";
import { ROW_WORDS, type SlotRows, WAITING_TRADES } from "./slot-rows.ts";
import type { WindowArena } from "./window-arena.ts";

/** The most trades that wait in one slot: one cache line of prices and one of sizes. */
const MOST = 8;

/** What a window takes of the waiting trades: their sizes first, then their notionals and prices. */
const amounts = amountsOf(3 * MOST);

/**
 * Trades that wait to be added to the sketches of the newest window of each interval, by slot. The sketches lie in memory of their own;
 * adding several trades at a time fetches it once. Whoever makes another window the newest, or reads a sketch, flushes first.
 */
export class WaitingTrades {
  readonly #arena: WindowArena;
  readonly #rows: SlotRows;
  #prices = new Float64Array(64 * MOST);
  #sizes = new Float64Array(64 * MOST);
  /** Coupons of the venues, 0 for none. */
  #venues = new Int32Array(64 * MOST);

  constructor(arena: WindowArena, rows: SlotRows) {
    this.#arena = arena;
    this.#rows = rows;
  }

  /** A trade for the newest windows of the slot. `venue`: the coupon of its name, 0 for none. */
  add(slot: number, price: number, size: number, venue: number): void {
    const at = slot * ROW_WORDS + WAITING_TRADES;
    const count = this.#rows.words[at] ?? 0;
    if ((slot + 1) * MOST > this.#prices.length) this.#grow(slot);
    this.#prices[slot * MOST + count] = price;
    this.#sizes[slot * MOST + count] = size;
    this.#venues[slot * MOST + count] = venue;
    this.#rows.words[at] = count + 1;
    if (count + 1 === MOST) this.flush(slot);
  }

  /** Adds what waits of a slot. */
  flush(slot: number): void {
    const count = this.#rows.word(slot, WAITING_TRADES);
    if (count === 0) return;
    this.#rows.putWord(slot, WAITING_TRADES, 0);
    const first = slot * MOST;
    for (let index = 0; index < count; index++) {
      prepare(index, count, this.#prices[first + index] ?? 0, this.#sizes[first + index] ?? 0);
    }
    for (const interval of SKETCHED) {
      const window = this.#arena.newest(slot, interval);
      this.#arena.addAmounts(window, amounts, 3 * count);
      if (!keepsVenues(interval)) continue;
      for (let index = first; index < first + count; index++) this.#arena.addVenue(window, this.#venues[index] ?? 0);
    }
  }

  /** Adds a trade to the sketches of one window of an interval that has them. */
  addNow(window: number, interval: number, price: number, size: number, venue: number): void {
    prepare(0, 1, price, size);
    this.#arena.addAmounts(window, amounts, 3);
    if (keepsVenues(interval)) this.#arena.addVenue(window, venue);
  }

  #grow(slot: number): void {
    const length = Math.max(this.#prices.length * 2, (slot + 1) * MOST);
    const [prices, sizes, venues] = [new Float64Array(length), new Float64Array(length), new Int32Array(length)];
    prices.set(this.#prices);
    sizes.set(this.#sizes);
    venues.set(this.#venues);
    this.#prices = prices;
    this.#sizes = sizes;
    this.#venues = venues;
  }
}

/** Trade `index` of `count`. */
function prepare(index: number, count: number, price: number, size: number): void {
  const { keys, wholes, fractions } = amounts;
  const notional = count + index;
  const volume = 2 * count + index;
  keys[index] = amountKey(SIZE, size);
  wholes[index] = 1;
  fractions[index] = 0;
  keys[notional] = amountKey(NOTIONAL, price * size);
  wholes[notional] = 1;
  fractions[notional] = 0;
  keys[volume] = priceKey(price);
  wholes[volume] = wholeOf(size);
  fractions[volume] = fractionOf(size);
}
