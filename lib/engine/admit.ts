import type { Frame } from "./frame.ts";
import type { HeldPrint } from "./held-prints.ts";
import type { Outcome } from "./counters.ts";
import { fillTrade } from "./parse-frame.ts";
import { showTrade } from "./newest.ts";
import type { Slot } from "./slot.ts";
import type { Fetched, State } from "./state.ts";
import { applyTrade, emptyTrade, readTrade } from "./trades.ts";

/** Adds a print that was held, at the place of the decision, whose line of the frame it fills. */
export function admit(
  state: State,
  slot: Slot,
  { id, space, eligible, trade: told }: HeldPrint,
  frame: Frame,
  line: number,
  fetched: Fetched,
): Outcome {
  state.channelOf(told.channel);
  fillTrade(frame, line, told, state.names);
  frame.channel[line] = state.names.channels.get(told.channel);
  frame.time[line] = told.time;
  frame.receivedTime[line] = told.receivedTime;
  const trade = emptyTrade();
  readTrade(trade, frame, line);
  trade.id = id;
  trade.isNext = false;
  trade.space = state.names.spaces.get(space);
  trade.eligible = eligible;
  const outcome = applyTrade(state, slot.number, trade, fetched);
  showTrade(state, frame, slot.number, line, trade);
  return outcome;
}
