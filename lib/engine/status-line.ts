import type { Status } from "../contracts/ticks.ts";
import { presentHalt, toldOf } from "../domain/halts.ts";
import type { ControlOutcome } from "./control-lines.ts";
import { showChange } from "./newest.ts";
import type { State } from "./state.ts";

/** Whether a symbol trades. It feeds nothing but what is remembered of that: no bar, no count and no watermark depends on it. */
export function applyStatus(state: State, status: Status, line: number): ControlOutcome {
  const channel = state.channels[state.names.channels.get(status.channel)];
  if (!channel || channel.n === 0) {
    return { reason: "unknown-channel", detail: "no config of its channel came before it" };
  }
  const slot = state.slotOf(status.symbol);
  if (!slot) return { reason: "wrong-partition", detail: `${status.symbol} belongs to another partition` };
  if (state.position < slot.gate) return "duplicate";
  const ahead = status.time - status.receivedTime;
  if (ahead > channel.tolerance) {
    return { reason: "from-the-future", detail: `${ahead} µs ahead of its receipt, at most ${channel.tolerance}` };
  }
  const trading = toldOf(slot.trading, status);
  if (!trading) return "duplicate";
  const before = presentHalt(slot.trading);
  const after = presentHalt(trading);
  slot.trading = trading;
  state.saveSlot(slot);
  // That it still trades, or is halted as before, is said at each connection of its source: nothing of it is shown.
  if (before?.from !== after?.from || before?.reason !== after?.reason) {
    showChange(state, slot.number, state.names.channels.get(status.channel), state.position, line);
  }
  return "applied";
}
