import { addQuote } from "./accumulate.ts";
import type { Outcome } from "./counters.ts";
import type { Frame } from "./frame.ts";
import { SECOND } from "../domain/interval.ts";
import { INTERVAL_COUNT, isSketched } from "./intervals.ts";
import { amountKey, SPREAD } from "./sketch-keys.ts";
import { SPREAD_SECOND, WATERMARK } from "./slot-rows.ts";
import type { State } from "./state.ts";
import { FINAL, FLAGS, GATE, lengthOf, REVISION, START, WIDTH, WORDS } from "./window-arena.ts";

/**
 * Takes a quote into its window of each interval that is not sealed; null when all of them are. A window that has no trade yet keeps
 * its quotes in the slot and becomes a bar with its first trade; without one it is forgotten when it is sealed.
 */
export function applyQuote(state: State, number: number, frame: Frame, line: number): Outcome | null {
  const { arena } = state;
  const time = frame.time[line] ?? 0;
  const watermark = state.rows.get(number, WATERMARK);
  const bid = frame.price[line] ?? 0;
  const ask = frame.ask[line] ?? 0;
  // Quotes have no id: the first of each second of event time is a sample, and one that comes again is none.
  const second = Math.floor(time / SECOND);
  const isSample = second > state.rows.get(number, SPREAD_SECOND);
  let outcome: Outcome | null = null;
  let isRepeated = false;
  for (let interval = 0; interval < INTERVAL_COUNT; interval++) {
    let window = arena.heads[number * INTERVAL_COUNT + interval] ?? -1;
    const since = window < 0 ? -1 : time - (arena.values[window * WIDTH + START] ?? 0);
    if (since < 0 || since >= lengthOf(arena.words[window * WORDS + FLAGS] ?? 0) || time < watermark) {
      window = unsealedWindow(state, number, interval, time, watermark);
      if (window < 0) continue;
    }
    outcome ??= "applied";
    const at = window * WIDTH;
    if (frame.offset < (arena.values[at + GATE] ?? 0)) {
      isRepeated = true;
      continue;
    }
    if (isSample && isSketched(interval)) arena.addAmount(window, amountKey(SPREAD, ask - bid), 1, 0);
    if (!addQuote(arena.values, window, time, bid, ask) && !isSample) continue;
    if (!arena.isBar(window)) continue;
    if (arena.has(window, FINAL)) {
      arena.values[at + REVISION] = (arena.values[at + REVISION] ?? 0) + 1;
      outcome = "corrected";
      state.revised.push(window);
    }
    state.touch(window, frame.offset, line);
  }
  if (isRepeated) state.revised.clear();
  if (isSample && outcome) state.rows.put(number, SPREAD_SECOND, second);
  return outcome;
}

function unsealedWindow(state: State, number: number, interval: number, time: number, watermark: number): number {
  const { arena } = state;
  const slot = state.slots[number];
  if (!slot) return -1;
  const bounds = slot.calendar.windowOf(interval, time);
  const { start, end } = bounds;
  if (start < state.identity.from || end <= slot.sealedUntil(interval, watermark)) return -1;
  const found = arena.find(number, interval, start);
  if (found >= 0) return found;
  state.bringDueForward(number, interval, end + (slot.channel?.lateness[interval] ?? Infinity));
  return state.createWindow(number, interval, bounds);
}
