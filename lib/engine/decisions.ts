import type { Decision } from "../contracts/ticks.ts";
import type { ControlOutcome } from "./control-lines.ts";
import { type HeldPrint, type HeldPrints, printKey } from "./held-prints.ts";
import { CONTENT_SPACE } from "./parse-frame.ts";
import type { Slot } from "./slot.ts";
import type { State } from "./state.ts";

/** What becomes of a decision: it is done, a held print is to be added, or a counted one to be taken out again. */
export type Decided = ControlOutcome | { admit: HeldPrint } | "retract";

/**
 * What an operator's word on a print means. It may come before the print and more than once. The first word on a print counts, but for one:
 * a print that counts can still be rejected. What was rejected stays so.
 */
export function decide(state: State, slot: Slot, decision: Decision, offset: number, line: number): Decided {
  const { id, idSpace = "", verdict } = decision;
  const prints = slot.openPrints();
  const key = printKey(idSpace, id);
  const isAccepted = verdict === "accept";
  const held = prints.held.find((print) => printKey(print.space, print.id) === key);
  if (held) return decideHeld(slot, prints, held, decision, offset, line);
  if (prints.rejected.has(key)) {
    return isAccepted ? undecidable("it was rejected before, and what is rejected is not kept") : "duplicate";
  }
  const space = state.names.spaces.get(idSpace);
  const isSeen = space >= 0 && slot.ids(space)?.has(id) === true;
  if (isSeen) return isAccepted ? "duplicate" : "retract";
  if (idSpace === CONTENT_SPACE) return undecidable("no trade without an id has this number yet");
  if (prints.accepted.has(key) && isAccepted) return "duplicate";
  if (prints.isFull) return full();
  if (isAccepted) prints.accepted.add(key);
  else {
    prints.accepted.delete(key);
    prints.rejected.add(key);
  }
  return "applied";
}

function decideHeld(
  slot: Slot,
  prints: HeldPrints,
  held: HeldPrint,
  { verdict, tradeTime }: Decision,
  offset: number,
  line: number,
): Decided {
  if (held.trade.time !== tradeTime) return undecidable("the held print of this id has another time");
  if (prints.isFull) return full();
  const key = printKey(held.space, held.id);
  if (verdict === "accept") {
    if (tradeTime < slot.watermark - (slot.channel?.correctionHorizon ?? 0)) {
      return undecidable("its bars lie behind the correction horizon");
    }
    const { price, size, time } = held.trade;
    prints.admitted.set(key, { offset, line, held: { offset: held.offset, line: held.line }, time, price, size });
    const terms = slot.channel?.guard;
    if (terms) prints.recent(terms.prints).add(held.trade.price);
  } else prints.rejected.add(key);
  prints.held.splice(prints.held.indexOf(held), 1);
  return verdict === "accept" ? { admit: held } : "applied";
}

function full(): ControlOutcome {
  return undecidable("the symbol has as many decisions as it can remember");
}

export function undecidable(detail: string): ControlOutcome {
  return { reason: "undecidable", detail };
}
