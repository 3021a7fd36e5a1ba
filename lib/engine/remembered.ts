import type { EngineMemory, WindowDocument } from "../contracts/engine-store.ts";
import { TapedeckError } from "../errors.ts";
import { restoreChannels } from "./channel-codec.ts";
import { Counters } from "./counters.ts";
import { CountedTrades } from "./counted-trades.ts";
import { numberIn } from "./held-prints.ts";
import { LOGIC } from "./logic.ts";
import { CONTENT_SPACE } from "./parse-frame.ts";
import { type Anchor, isBefore } from "./retraction.ts";
import type { Slot } from "./slot.ts";
import { restoreSlot } from "./slot-codec.ts";
import { State } from "./state.ts";
import { firstOf } from "./window-codec.ts";

/** One symbol as the engine remembers it, for whoever reads its log again outside the engine. */
export interface Remembered {
  state: State;
  slot: Slot;
}

/** UNAVAILABLE where it was stored by other rules, as between an update and the next start. */
export function remember({ checkpoint, slot: document }: EngineMemory): Remembered {
  const { topic, partition, partitions, topology, epoch, begin, from, logic } = checkpoint;
  const state = new State({ topic, partition, partitions, topology, epoch, begin, from }, new Counters());
  const slot = logic === LOGIC && document.epoch === epoch ? state.slotOf(document.symbol) : null;
  if (!slot) throw new TapedeckError("UNAVAILABLE", `What is stored of ${document.symbol} is of another epoch`);
  restoreChannels(state, checkpoint.state);
  restoreSlot(state, slot, document.position, document.state);
  return { state, slot };
}

/**
 * Reads the trades that count from the first one of a window on, of which nothing older is wanted; a print that was held before and
 * accepted later lies further back. `from`: the offset to begin with.
 */
export function countFrom(
  { state, slot }: Remembered,
  window: WindowDocument,
): { counted: CountedTrades; from: number } {
  let anchor: Anchor = firstOf(window, CONTENT_SPACE);
  for (const [key, { held, time }] of slot.prints?.admitted ?? []) {
    if (time < window.start || !isBefore(held, anchor)) continue;
    anchor = { ...held, number: numberIn(key) };
  }
  return { counted: new CountedTrades(state, slot, anchor), from: anchor.offset };
}
