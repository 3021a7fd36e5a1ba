import type { Decision, Trade } from "../contracts/ticks.ts";
import { TapedeckError } from "../errors.ts";
import { judgeCompleteness } from "./completeness.ts";
import type { ControlOutcome } from "./control-lines.ts";
import { undecidable } from "./decisions.ts";
import { numberIn, printKey } from "./held-prints.ts";
import { INTERVAL_COUNT, intervalName } from "./intervals.ts";
import { CONTENT_SPACE } from "./parse-frame.ts";
import { type PrintName, Recount } from "./recount.ts";
import { type Anchor, isBefore, MAX_RETRACTIONS, type Retraction } from "./retraction.ts";
import { PRICE, SIDE, SIZE, TRADE_ID, TRADE_TIME } from "./slot-rows.ts";
import type { Slot } from "./slot.ts";
import type { Fetched, State } from "./state.ts";
import { bringBack } from "./trades.ts";
import { FINAL, FIRST_LINE, FIRST_OFFSET, GATE, INTERVAL, MIN_ID, REVISION, SPACE, START } from "./window-arena.ts";

/** A decision that waits for the log to be read. */
export interface Retracting {
  slot: Slot;
  decision: Decision;
  recount: Recount;
  /** The windows that do not have it yet, and whether there are others: they were stored with it before a restart. */
  windows: readonly number[];
  isRepeated: boolean;
}

/** What came of it. `trade`: the print that counts no more. */
export type Retracted = { outcome: "applied" | "corrected"; trade: Trade } | { reason: "undecidable"; detail: string };

/**
 * Begins to take a print that counts out of its bars: names the range of the log to read, or says why it cannot be done. A window that is
 * ahead of this line, after a restart, tells whether the decision was carried out then; so it is again.
 */
export function beginRetraction(
  state: State,
  slot: Slot,
  decision: Decision,
  line: number,
  fetched: Fetched,
): Retracting | ControlOutcome {
  const { tradeTime, id, idSpace = "" } = decision;
  const { arena, position: offset } = state;
  const prints = slot.openPrints();
  if (prints.isFull) return undecidable("the symbol has as many decisions as it can remember");
  if (tradeTime < slot.watermark - (slot.channel?.correctionHorizon ?? 0)) {
    return undecidable("its bars lie behind the correction horizon");
  }
  const found = windowsAt(state, slot, tradeTime, fetched);
  const ahead = found.windows.filter((window) => arena.get(window, GATE) > offset);
  const done = ahead.map((window) => retractionAt(arena.retractions.get(window), offset, line)).find((each) => each);
  if (ahead.length > 0 && !done) return undecidable("it could not be carried out before a restart, so it is not now");
  if (!done) {
    if (found.missing !== null) return undecidable(`there is no bar of ${found.missing} at this time`);
    if (found.windows.some((window) => (arena.retractions.get(window)?.length ?? 0) >= MAX_RETRACTIONS)) {
      return undecidable(`${MAX_RETRACTIONS} trades were taken out of one of its bars already`);
    }
  }
  const windows = found.windows.filter((window) => arena.get(window, GATE) <= offset);
  const anchor = done?.anchor ?? anchorOf(state, slot, windows);
  if (!anchor) return undecidable("it counts in no bar");
  const print: PrintName = { space: state.names.spaces.get(idSpace), id };
  const recount = new Recount(state, slot, print, windows, anchor);
  return { slot, decision, recount, windows, isRepeated: ahead.length > 0 };
}

/** The bars without the print, once the recount has read everything before the decision. Nothing has changed where it is refused. */
export function completeRetraction(state: State, retracting: Retracting, line: number): Retracted {
  const { slot, decision, recount, windows, isRepeated } = retracting;
  const { arena, position: offset } = state;
  state.waiting.flush(slot.number);
  const why = objectionTo(state, retracting);
  if (why !== null || !recount.found) {
    if (isRepeated)
      throw new TapedeckError("INTERNAL", `A decision at offset ${offset} was carried out before: ${why}`);
    return { reason: "undecidable", detail: why ?? "" };
  }
  recount.replace({ offset, line });
  let outcome: "applied" | "corrected" = "applied";
  for (const window of windows) {
    const before = arena.retractions.get(window) ?? [];
    arena.retractions.set(window, [...before, { offset, line, anchor: recount.anchor }]);
    judgeCompleteness(state, slot, window);
    if (arena.has(window, FINAL)) {
      arena.put(window, REVISION, arena.get(window, REVISION) + 1);
      state.revised.push(window);
      outcome = "corrected";
    }
    state.touch(window, offset, line);
  }
  // What a restart repeats was reported before it.
  if (isRepeated) state.revised.clear();
  const prints = slot.openPrints();
  const key = printKey(decision.idSpace ?? "", decision.id);
  prints.rejected.add(key);
  prints.admitted.delete(key);
  forgetLast(state, slot.number, decision, recount);
  return { outcome, trade: recount.found.trade };
}

/** Why what the log says now is no ground to change the bars; null where it is. */
function objectionTo({ arena }: State, { decision, recount }: Retracting): string | null {
  const { found, first, anchor } = recount;
  if (first === null || first > anchor.offset) {
    return `the log does not hold offset ${anchor.offset} any more, with which its bars begin`;
  }
  if (!found) return "no trade of this id counts at this time";
  if (found.trade.time !== decision.tradeTime) return "the print of this id has another time";
  if (found.eligible === 0) return "by its conditions it counts in no bar";
  const difference = recount.difference();
  if (!difference) return null;
  const interval = intervalName(arena.word(difference.window, INTERVAL));
  return `its bar of ${interval} cannot be counted again: the log gives ${difference.what}, as after a change of how its channel is judged`;
}

/** The windows of this time, by interval; `missing`: the first interval of which there is none, though this epoch writes it. */
function windowsAt(
  state: State,
  slot: Slot,
  time: number,
  fetched: Fetched,
): { windows: number[]; missing: string | null } {
  const windows: number[] = [];
  let missing: string | null = null;
  for (let interval = 0; interval < INTERVAL_COUNT; interval++) {
    const bounds = slot.calendar.windowOf(interval, time);
    if (bounds.start < state.identity.from) continue;
    let window = state.arena.find(slot.number, interval, bounds.start);
    if (window < 0 && bounds.end <= slot.sealedUntil(interval, slot.watermark)) {
      window = bringBack(state, slot, interval, bounds, fetched) ?? -1;
    }
    if (window >= 0 && state.arena.isBar(window)) windows.push(window);
    else missing ??= intervalName(interval);
  }
  return { windows, missing };
}

function retractionAt(
  retractions: readonly Retraction[] | undefined,
  offset: number,
  line: number,
): Retraction | undefined {
  return retractions?.find((each) => each.offset === offset && each.line === line);
}

/** The first line of the log from which these windows have a trade: mostly that of the day's first, or of a print accepted into them. */
function anchorOf(state: State, slot: Slot, windows: readonly number[]): Anchor | null {
  const { arena, names } = state;
  const content = names.spaces.get(CONTENT_SPACE);
  let anchor: Anchor | null = null;
  for (const window of windows) {
    const space = arena.word(window, SPACE);
    if (space < 0) continue;
    const first = { offset: arena.get(window, FIRST_OFFSET), line: arena.word(window, FIRST_LINE) };
    const number = space === content ? arena.get(window, MIN_ID) : -1;
    if (!anchor || isBefore(first, anchor)) anchor = { ...first, number };
  }
  const since = Math.min(...windows.map((window) => arena.get(window, START)));
  for (const [key, { held, time }] of slot.prints?.admitted ?? []) {
    if (!anchor || time < since || !isBefore(held, anchor)) continue;
    anchor = { ...held, number: numberIn(key) };
  }
  return anchor;
}

/** Where the print was the newest price of its symbol, the newest before it is; none, where its day has no other. */
function forgetLast(state: State, slot: number, { id, tradeTime }: Decision, { last }: Recount): void {
  const { rows } = state;
  if (rows.get(slot, TRADE_TIME) !== tradeTime || rows.get(slot, TRADE_ID) !== id) return;
  rows.put(slot, TRADE_TIME, last?.time ?? -1);
  rows.put(slot, TRADE_ID, last?.id ?? 0);
  rows.put(slot, PRICE, last?.price ?? 0);
  rows.put(slot, SIZE, last?.size ?? 0);
  rows.putWord(slot, SIDE, last?.side ?? 0);
}
