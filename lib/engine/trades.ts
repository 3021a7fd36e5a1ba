import { barId } from "../contracts/bars.ts";
import { bucketScale, type BucketScale } from "../domain/sketches/bucket-scale.ts";
import { SIZE_SCALE } from "../domain/sketches/exponential-histogram.ts";
import { TapedeckError } from "../errors.ts";
import { addTrade, type TradeFacts } from "./accumulate.ts";
import { restoreWindow } from "./window-codec.ts";
import { judgeCompleteness, reviewCompleteness } from "./completeness.ts";
import type { Outcome } from "./counters.ts";
import { APPENDED } from "./interval-set.ts";
import { INTERVAL_COUNT, intervalName, LENGTHS, startOf } from "./intervals.ts";
import type { Slot } from "./slot.ts";
import type { Fetched, State } from "./state.ts";
import { COMPLETE, DOUBTFUL, FINAL, GATE, QUOTE_TIME, REVISION, SEALED, START, TRADES, WIDTH } from "./window-arena.ts";

const SIZES: BucketScale = bucketScale(SIZE_SCALE);

/** A trade and what its slot has found out about it. */
export interface TradeLine extends TradeFacts {
  channel: number;
  space: number;
  /** Its id left the holes as they were. */
  added: number;
}

/** Adds a trade, whose id is new, to its window of each interval. */
export function applyTrade(state: State, slot: Slot, trade: TradeLine, fetched: Fetched): Outcome {
  const { arena } = state;
  const watermark = slot.watermark;
  const bucket = trade.size > 0 ? SIZES.indexOf(trade.size) : null;
  let corrected = false;
  for (let interval = 0; interval < INTERVAL_COUNT; interval++) {
    let window = arena.heads[slot.number * INTERVAL_COUNT + interval] ?? -1;
    const since = window < 0 ? -1 : trade.time - (arena.values[window * WIDTH + START] ?? 0);
    // Mostly it belongs to the newest window, and that is open.
    if (window < 0 || since < 0 || since >= (LENGTHS[interval] ?? 0) || trade.time < watermark) {
      window = windowFor(state, slot, interval, trade.time, watermark, fetched);
      if (window < 0) continue;
    }
    if (trade.offset < (arena.values[window * WIDTH + GATE] ?? 0)) continue;
    if (addToWindow(state, slot, window, trade, bucket)) corrected = true;
    else if (trade.time < watermark && arena.end(window) <= watermark) arena.set(window, FINAL);
    state.touch(window, trade.offset, trade.line);
  }
  if (trade.added !== APPENDED) reviewCompleteness(state, slot, trade.offset, trade.line);
  return corrected ? "corrected" : "applied";
}

/** Whether the window had been closed before. */
function addToWindow(state: State, slot: Slot, window: number, trade: TradeLine, bucket: number | null): boolean {
  const { arena } = state;
  const isFirst = (arena.values[window * WIDTH + TRADES] ?? 0) === 0;
  addTrade(arena.values, window, trade);
  const sketch = arena.sketches[window];
  if (sketch) {
    if (bucket === null) sketch.addZero();
    else sketch.addToBucket(bucket, 1);
  }
  arena.channel[window] = trade.channel;
  const flags = arena.flags[window] ?? 0;
  const isFinal = (flags & FINAL) !== 0;
  if (isFirst) {
    arena.space[window] = trade.space;
    slot.due = Math.min(slot.due, arena.end(window));
  } else if (arena.space[window] !== trade.space) arena.flags[window] = (flags | DOUBTFUL) & ~COMPLETE;
  // An id that follows the last one leaves a judgement as it was.
  if (isFirst || isFinal || trade.added !== APPENDED) judgeCompleteness(state, slot, window);
  if (isFinal) arena.put(window, REVISION, arena.get(window, REVISION) + 1);
  return isFinal;
}

/** The window of an interval in which `time` lies, made or brought back where it is not in memory; −1: it is not this epoch's. */
function windowFor(
  state: State,
  slot: Slot,
  interval: number,
  time: number,
  watermark: number,
  fetched: Fetched,
): number {
  const { arena } = state;
  const start = startOf(interval, time);
  if (start < state.identity.from) return -1;
  const found = arena.find(slot.number, interval, start);
  if (start + (LENGTHS[interval] ?? 0) > slot.sealedUntil(interval, watermark)) {
    return found >= 0 ? found : arena.create(slot.number, interval, start);
  }
  if (found >= 0) {
    // Quotes alone were no bar, and ended with the lateness.
    if ((arena.values[found * WIDTH + TRADES] ?? 0) === 0) arena.put(found, QUOTE_TIME, -1);
    return found;
  }
  const id = barId(slot.symbol, intervalName(interval), start);
  const document = fetched.get(id);
  if (document === undefined) throw new TapedeckError("INTERNAL", `The closed window ${id} was not read first`);
  const window = arena.create(slot.number, interval, start);
  if (document) restoreWindow(state, window, document);
  arena.set(window, SEALED);
  return window;
}
