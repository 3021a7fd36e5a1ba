import type { Decision, Trade } from "../contracts/ticks.ts";
import { admit } from "./admit.ts";
import type { ControlOutcome } from "./control-lines.ts";
import type { Outcome } from "./counters.ts";
import { decide } from "./decisions.ts";
import type { Frame } from "./frame.ts";
import { showChange } from "./newest.ts";
import { beginRetraction, completeRetraction, type Retracting } from "./retract.ts";
import type { Slot } from "./slot.ts";
import type { Fetched, State } from "./state.ts";

/** A decision that has changed bars: by adding its print, or by taking it out. */
export interface CarriedOut {
  outcome: Outcome;
  slot: number;
  trade: Trade;
  isRetracted: boolean;
}

/** Carries out a line with a decision; one that takes a print out of its bars waits for the log to be read. */
export function applyDecision(
  state: State,
  decision: Decision,
  frame: Frame,
  line: number,
  fetched: Fetched,
): ControlOutcome | CarriedOut | Retracting {
  const slot = state.slotOf(decision.symbol);
  if (!slot) return { reason: "wrong-partition", detail: `${decision.symbol} belongs to another partition` };
  if (frame.offset < slot.gate) return "duplicate";
  const decided = decide(state, slot, decision, frame.offset, line);
  show(state, slot, frame, line);
  if (decided === "retract") return beginRetraction(state, slot, decision, line, fetched);
  if (typeof decided !== "object" || !("admit" in decided)) return decided;
  const outcome = admit(state, slot, decided.admit, frame, line, fetched);
  return { outcome, slot: slot.number, trade: decided.admit.trade, isRetracted: false };
}

/** Goes on with such a decision, once its recount has been given everything before this frame. */
export function resumeDecision(
  state: State,
  retracting: Retracting,
  frame: Frame,
  line: number,
): ControlOutcome | CarriedOut {
  const { slot, recount } = retracting;
  recount.read(frame, line);
  const retracted = completeRetraction(state, retracting, line);
  show(state, slot, frame, line);
  return "reason" in retracted ? retracted : { ...retracted, slot: slot.number, isRetracted: true };
}

function show(state: State, slot: Slot, frame: Frame, line: number): void {
  slot.reviewGuard();
  showChange(state, slot.number, Math.max(0, state.names.channels.get(slot.channel?.name ?? "")), frame.offset, line);
}
