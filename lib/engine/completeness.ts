import { INTERVAL_COUNT } from "./intervals.ts";
import type { Slot } from "./slot.ts";
import type { State } from "./state.ts";
import { COMPLETE, DOUBTFUL, GATE, MAX_ID, MIN_ID, SPACE, START } from "./window-arena.ts";

/**
 * Judges whether every trade of a window is known to be in it: it began after the symbol became complete, and no trade id is missing
 * among or right beside its own. Says whether that is other than before.
 */
export function judgeCompleteness(state: State, slot: Slot, window: number): boolean {
  const { arena } = state;
  const ids = slot.ids(arena.word(window, SPACE));
  const complete =
    !arena.has(window, DOUBTFUL) &&
    arena.get(window, START) >= slot.completeFrom &&
    ids !== undefined &&
    !ids.hasHoleAround(arena.get(window, MIN_ID), arena.get(window, MAX_ID));
  if (complete === arena.has(window, COMPLETE)) return false;
  if (complete) arena.set(window, COMPLETE);
  else arena.clear(window, COMPLETE);
  return true;
}

/**
 * Judges every unsealed window of a slot anew: a hole has come or gone, or the symbol is complete from another time on. A sealed
 * window keeps its word unless a trade corrects it.
 */
export function reviewCompleteness(state: State, slot: Slot, offset: number, line: number): void {
  const { arena } = state;
  const watermark = slot.watermark;
  for (let interval = 0; interval < INTERVAL_COUNT; interval++) {
    const sealed = slot.sealedUntil(interval, watermark);
    let window = arena.newest(slot.number, interval);
    for (; window >= 0 && arena.end(window) > sealed; window = arena.older(window)) {
      if (!arena.isBar(window) || offset < arena.get(window, GATE)) continue;
      if (judgeCompleteness(state, slot, window)) state.touch(window, offset, line);
    }
  }
}
