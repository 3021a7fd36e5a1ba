import { INTERVAL_COUNT, intervalIndex } from "./intervals.ts";
import { IntList } from "./int-list.ts";
import type { Slot } from "./slot.ts";
import type { Fetched, State } from "./state.ts";
import { FINAL, GATE, IN_FLIGHT, SEALED, UNSAVED, WIDTH } from "./window-arena.ts";

const visited = new IntList();

/**
 * Closes and seals the windows of a slot that its watermark has passed, oldest first, at this line of the log: never earlier, never
 * per batch, so that closing is a function of the log alone.
 */
export function advance(state: State, slot: Slot, offset: number, line: number): void {
  const { watermark } = slot;
  const isShortDue = slot.isDue(watermark, false);
  const isLongDue = slot.isDue(watermark, true);
  if ((!isShortDue && !isLongDue) || offset < slot.gate) return;
  if (isShortDue) slot.setDue(advanceInterval(state, slot, 0, watermark, offset, line), false);
  if (!isLongDue) return;
  let due = Infinity;
  for (let interval = 1; interval < INTERVAL_COUNT; interval++) {
    due = Math.min(due, advanceInterval(state, slot, interval, watermark, offset, line));
  }
  slot.setDue(due, true);
}

/** The watermark at which this interval of the slot is due again. */
function advanceInterval(
  state: State,
  slot: Slot,
  interval: number,
  watermark: number,
  offset: number,
  line: number,
): number {
  const { arena } = state;
  const lateness = slot.channel?.lateness[interval] ?? Infinity;
  const sealedUntil = slot.sealedUntil(interval, watermark);
  let due = Infinity;
  let leaving = false;
  // Newest first; those behind a sealed one were sealed before it.
  visited.clear();
  let window = arena.newest(slot.number, interval);
  for (; window >= 0 && !arena.has(window, SEALED); window = arena.older(window)) visited.push(window);
  for (let index = visited.length - 1; index >= 0; index--) {
    window = visited.at(index);
    const at = window * WIDTH;
    const end = arena.end(window);
    const isBar = arena.isBar(window);
    if (isBar && end <= watermark && !arena.has(window, FINAL) && offset >= (arena.values[at + GATE] ?? 0)) {
      state.finalise(window, offset, line);
    }
    if (end <= sealedUntil) {
      arena.set(window, SEALED);
      // Quotes without a trade were no bar, and live in the slot.
      if (!isBar) state.saveSlot(slot);
      leaving ||= !isBar || isClean(state, window);
    } else {
      due = Math.min(due, isBar && !arena.has(window, FINAL) ? end : end + lateness);
    }
  }
  // Not before the end of the frame: what it touches was looked for in memory before its first line.
  if (leaving) state.leaving.add(slot.number * INTERVAL_COUNT + interval);
  return due;
}

/** Lets everything go that the frame has sealed. */
export function forgetLeaving(state: State): void {
  for (let index = 0; index < state.leaving.size; index++) {
    const list = state.leaving.at(index);
    const slot = state.slots[Math.floor(list / INTERVAL_COUNT)];
    if (slot) forgetSealed(state, slot, list % INTERVAL_COUNT);
  }
  state.leaving.clear();
}

/** Lets the windows of a list go that are sealed, and whose last change is stored and published. */
export function forgetSealed(state: State, slot: Slot, interval: number): void {
  const { arena } = state;
  arena.removeIf(
    slot.number,
    interval,
    (window) => arena.has(window, SEALED) && (!arena.isBar(window) || isClean(state, window)),
  );
}

/** What was read for a frame and not changed by it may go at once. */
export function forgetFetched(state: State, fetched: Fetched): void {
  for (const document of fetched.values()) {
    if (!document) continue;
    const slot = state.slots[state.names.symbols.get(document.symbol)];
    if (slot) forgetSealed(state, slot, intervalIndex(document.interval));
  }
}

function isClean(state: State, window: number): boolean {
  return !state.arena.has(window, UNSAVED | IN_FLIGHT);
}
