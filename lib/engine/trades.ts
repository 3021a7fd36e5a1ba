import { barId } from "../contracts/bars.ts";
import { FULL, VOLUME } from "../domain/eligibility/eligibility.ts";
import { TapedeckError } from "../errors.ts";
import type { TradeFacts } from "./accumulate.ts";
import type { Segment } from "../domain/calendar/calendar.ts";
import { addToContent } from "./window-content.ts";
import { restoreWindow } from "./window-codec.ts";
import { judgeCompleteness, reviewCompleteness } from "./completeness.ts";
import type { Outcome } from "./counters.ts";
import type { Frame } from "./frame.ts";
import { INTERVAL_COUNT, intervalName, isSketched, SKETCHED } from "./intervals.ts";
import type { Slot } from "./slot.ts";
import { ROW, WATERMARK } from "./slot-rows.ts";
import type { Fetched, State } from "./state.ts";
import {
  FINAL,
  FLAGS,
  GATE,
  INTERVAL,
  lengthOf,
  QUOTE_TIME,
  REVISION,
  SEALED,
  START,
  WIDTH,
  WORDS,
} from "./window-arena.ts";

/** The windows that took the trade, −1 where none did. */
const taken = new Int32Array(INTERVAL_COUNT);

/** A trade and what its slot has found out about it. */
export interface TradeLine extends TradeFacts {
  space: number;
  /** Coupon of its venue, 0 for none. */
  venue: number;
}

/** A trade to be filled again and again. */
export function emptyTrade(): TradeLine {
  return {
    time: 0,
    id: 0,
    price: 0,
    size: 0,
    buy: false,
    offset: 0,
    line: 0,
    channel: 0,
    eligible: FULL,
    isNext: true,
    space: 0,
    venue: 0,
  };
}

/** Fills a trade with what the frame says of it; its id, space, eligibility and order are not read there. */
export function readTrade(trade: TradeLine, frame: Frame, line: number): void {
  trade.time = frame.time[line] ?? 0;
  trade.price = frame.price[line] ?? 0;
  trade.size = frame.size[line] ?? 0;
  trade.buy = frame.side[line] === 1;
  trade.offset = frame.offset;
  trade.line = line;
  trade.channel = frame.channel[line] ?? 0;
  trade.venue = frame.venue[line] ?? 0;
}

/** Adds a trade, whose id is new, to its window of each interval. */
export function applyTrade(state: State, slot: number, trade: TradeLine, fetched: Fetched): Outcome {
  if (trade.eligible === 0) {
    if (!trade.isNext) review(state, slot, trade);
    return "applied";
  }
  const { arena } = state;
  const watermark = state.rows.values[slot * ROW + WATERMARK] ?? 0;
  const { time } = trade;
  const isBehind = time < watermark;
  let isCorrected = false;
  let areNewest = true;
  let isRepeated = false;
  for (let interval = 0; interval < INTERVAL_COUNT; interval++) {
    let window = arena.heads[slot * INTERVAL_COUNT + interval] ?? -1;
    const since = window < 0 ? -1 : time - (arena.values[window * WIDTH + START] ?? 0);
    // Mostly it belongs to the newest window, and that is open.
    if (since < 0 || since >= lengthOf(arena.words[window * WORDS + FLAGS] ?? 0) || isBehind) {
      window = windowFor(state, slot, interval, trade, watermark, fetched);
      if (isSketched(interval)) areNewest = false;
    }
    if (window >= 0 && trade.offset < (arena.values[window * WIDTH + GATE] ?? 0)) {
      window = -1;
      isRepeated = true;
    }
    taken[interval] = window;
    if (window < 0) areNewest = false;
    else if (addToWindow(state, slot, window, trade, isBehind)) isCorrected = true;
  }
  if ((trade.eligible & VOLUME) !== 0) {
    if (areNewest) state.waiting.add(slot, trade.price, trade.size, trade.venue);
    else addToSketches(state, trade);
  }
  if (!trade.isNext) review(state, slot, trade);
  if (isRepeated) state.revised.clear();
  return isCorrected ? "corrected" : "applied";
}

function addToSketches(state: State, { price, size, venue }: TradeLine): void {
  for (const interval of SKETCHED) {
    const window = taken[interval] ?? -1;
    if (window >= 0) state.waiting.addNow(window, interval, price, size, venue);
  }
}

/** Judges the windows of a slot anew after an id that is not the next. */
export function review(state: State, number: number, trade: TradeLine): void {
  const slot = state.slots[number];
  if (slot) reviewCompleteness(state, slot, trade.offset, trade.line);
}

/** Whether the window had been closed before. */
function addToWindow(state: State, slot: number, window: number, trade: TradeLine, isBehind: boolean): boolean {
  const { arena } = state;
  const { words } = arena;
  const flags = words[window * WORDS + FLAGS] ?? 0;
  const isFinal = (flags & FINAL) !== 0;
  const isFirst = addToContent(arena, window, trade);
  if (isFirst) state.bringDueForward(slot, words[window * WORDS + INTERVAL] ?? 0, arena.end(window));
  // An id that follows the last one leaves a judgement as it was.
  if (isFirst || isFinal || !trade.isNext) judge(state, slot, window);
  if (isFinal) {
    arena.put(window, REVISION, arena.get(window, REVISION) + 1);
    state.revised.push(window);
  } else if (isBehind && arena.end(window) <= (state.rows.values[slot * ROW + WATERMARK] ?? 0)) {
    arena.set(window, FINAL);
  }
  state.touchByTrade(window);
  return isFinal;
}

function judge(state: State, number: number, window: number): void {
  const slot = state.slots[number];
  if (slot) judgeCompleteness(state, slot, window);
}

/** The window of an interval in which a trade lies, made or brought back where it is not in memory; −1: it is not this epoch's. */
function windowFor(
  state: State,
  number: number,
  interval: number,
  { time }: TradeLine,
  watermark: number,
  fetched: Fetched,
): number {
  const { arena } = state;
  const slot = state.slots[number];
  if (!slot) return -1;
  const bounds = slot.calendar.windowOf(interval, time);
  const { start } = bounds;
  if (start < state.identity.from) return -1;
  const found = arena.find(number, interval, start);
  if (bounds.end > slot.sealedUntil(interval, watermark)) {
    return found >= 0 ? found : state.createWindow(number, interval, bounds);
  }
  if (found >= 0) {
    // Quotes alone were no bar, and ended with the lateness.
    if (!arena.isBar(found)) {
      arena.put(found, QUOTE_TIME, -1);
      arena.clearSketches(found);
    }
    return found;
  }
  return bringBack(state, slot, interval, bounds, fetched) ?? sealedWindow(state, number, interval, bounds);
}

/** A sealed window from its document; null where the store has none. */
export function bringBack(
  state: State,
  slot: Slot,
  interval: number,
  bounds: Segment,
  fetched: Fetched,
): number | null {
  const id = barId(slot.symbol, intervalName(interval), bounds.start);
  const document = fetched.get(id);
  if (document === undefined) throw new TapedeckError("INTERNAL", `The closed window ${id} was not read first`);
  if (!document) return null;
  const window = sealedWindow(state, slot.number, interval, bounds);
  restoreWindow(state, window, document);
  return window;
}

function sealedWindow(state: State, number: number, interval: number, bounds: Segment): number {
  const window = state.createWindow(number, interval, bounds);
  state.arena.set(window, SEALED);
  return window;
}
