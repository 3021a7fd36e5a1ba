import type { LogRecord } from "../contracts/log.ts";
import type { Trade } from "../contracts/ticks.ts";
import { LAST, VOLUME } from "../domain/eligibility/eligibility.ts";
import { CountedTrades } from "./counted-trades.ts";
import { isSketched } from "./intervals.ts";
import type { Anchor } from "./retraction.ts";
import { SlotRows } from "./slot-rows.ts";
import type { Slot } from "./slot.ts";
import type { State } from "./state.ts";
import type { TradeLine } from "./trades.ts";
import { WaitingTrades } from "./waiting-trades.ts";
import { INTERVAL, START, WindowArena } from "./window-arena.ts";
import { addToContent, differenceOf, replaceContent } from "./window-content.ts";

/** A print by its number in its id space. */
export interface PrintName {
  space: number;
  id: number;
}

/** The newest trade by event time, then id, that may close a bar. */
export interface LastTrade {
  time: number;
  id: number;
  price: number;
  size: number;
  side: number;
}

interface Counted {
  /** The window itself, and the two of the recount's own that are filled anew. */
  window: number;
  withIt: number;
  without: number;
  interval: number;
  start: number;
  end: number;
}

/**
 * Counts the trades of some windows of a symbol again, with and without one of them, while a range of the log is read past it. Holds
 * two windows for each and nothing of the range.
 */
export class Recount {
  readonly anchor: Anchor;
  readonly #state: State;
  readonly #print: PrintName;
  readonly #counted: CountedTrades;
  readonly #windows: Counted[];
  readonly #arena = new WindowArena();
  readonly #sketches = new WaitingTrades(this.#arena, new SlotRows());
  /** The print, once it was read. */
  found: { trade: Trade; eligible: number } | null = null;
  /** The newest of the others; null where the range has none. */
  last: LastTrade | null = null;

  constructor(state: State, slot: Slot, print: PrintName, windows: readonly number[], anchor: Anchor) {
    this.#state = state;
    this.#print = print;
    this.anchor = anchor;
    this.#counted = new CountedTrades(state, slot, anchor);
    this.#windows = windows.map((window) => this.#counterOf(window));
  }

  /** The offset of the first record that it was given; null before. */
  get first(): number | null {
    return this.#counted.first;
  }

  /** Takes the next record of the range, up to before a line. */
  read(record: Pick<LogRecord, "offset" | "value">, before?: number): void {
    for (const trade of this.#counted.read(record, before)) this.#add(trade);
  }

  /** In what a window differs from what the log gives with the print; null where it does not. */
  difference(): { window: number; what: string } | null {
    for (const { window, withIt } of this.#windows) {
      const what = differenceOf(this.#state.arena, window, this.#arena, withIt);
      if (what !== null) return { window, what };
    }
    return null;
  }

  /** Makes each window what the log gives without the print. */
  replace(place: { offset: number; line: number }): void {
    for (const { window, without } of this.#windows) {
      replaceContent(this.#state.arena, window, this.#arena, without, place);
    }
  }

  #counterOf(window: number): Counted {
    const { arena } = this.#state;
    const interval = arena.word(window, INTERVAL);
    const [start, end] = [arena.get(window, START), arena.end(window)];
    const bounds = { session: "regular", start, end } as const;
    const [withIt, without] = [this.#arena.create(0, interval, bounds), this.#arena.create(1, interval, bounds)];
    return { window, withIt, without, interval, start, end };
  }

  #add(trade: TradeLine): void {
    const isIt = trade.space === this.#print.space && trade.id === this.#print.id;
    if (isIt) this.found = { trade: this.#counted.told(), eligible: trade.eligible };
    else this.#noteLast(trade);
    if (trade.eligible === 0) return;
    for (const { withIt, without, interval, start, end } of this.#windows) {
      if (trade.time < start || trade.time >= end) continue;
      this.#addTo(withIt, interval, trade);
      if (!isIt) this.#addTo(without, interval, trade);
    }
  }

  #addTo(window: number, interval: number, trade: TradeLine): void {
    addToContent(this.#arena, window, trade);
    if (!isSketched(interval) || (trade.eligible & VOLUME) === 0) return;
    this.#sketches.addNow(window, interval, trade.price, trade.size, trade.venue);
  }

  #noteLast({ time, id, price, size, eligible }: TradeLine): void {
    if ((eligible & LAST) === 0) return;
    if (this.last && (time < this.last.time || (time === this.last.time && id <= this.last.id))) return;
    this.last = { time, id, price, size, side: this.#counted.side };
  }
}
