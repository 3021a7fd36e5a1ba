import { addQuote } from "./accumulate.ts";
import type { Outcome } from "./counters.ts";
import type { Frame } from "./frame.ts";
import { INTERVAL_COUNT } from "./intervals.ts";
import { WATERMARK } from "./slot-rows.ts";
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
    if (!addQuote(arena.values, window, time, frame.price[line] ?? 0, frame.ask[line] ?? 0)) continue;
    if (!arena.isBar(window)) continue;
    if (arena.has(window, FINAL)) {
      arena.values[at + REVISION] = (arena.values[at + REVISION] ?? 0) + 1;
      outcome = "corrected";
      state.revised.push(window);
    }
    state.touch(window, frame.offset, line);
  }
  if (isRepeated) state.revised.clear();
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
