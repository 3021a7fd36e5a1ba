import { LAST } from "../domain/eligibility/eligibility.ts";
import type { TradeFacts } from "./accumulate.ts";
import type { Frame } from "./frame.ts";
import {
  ASK,
  ASK_SIZE,
  BID,
  BID_SIZE,
  CHANGE_LINE,
  CHANGE_OFFSET,
  LAST_PRINT,
  NEWEST_RECEIVED,
  NEWEST_TIME,
  PRICE,
  PRINTS,
  QUOTE_TIME,
  ROW,
  ROW_WORDS,
  SIDE,
  SIZE,
  TICK_CHANNEL,
  TRADE_ID,
  TRADE_TIME,
  UNSAVED,
  UNSTORED,
  UNTOLD,
} from "./slot-rows.ts";
import type { State } from "./state.ts";

/** A trade as the newest of its symbol, if it is, and as a print. */
export function showTrade(state: State, frame: Frame, slot: number, line: number, trade: TradeFacts): void {
  const { time, id, price, size } = trade;
  const rows = state.rows.values;
  const row = slot * ROW;
  const word = slot * ROW_WORDS;
  const side = frame.side[line] ?? 0;
  const lastTime = rows[row + TRADE_TIME] ?? 0;
  // What may not close a bar is not the last price either.
  const isLast = (trade.eligible & LAST) !== 0;
  if (isLast && (time > lastTime || (time === lastTime && id > (rows[row + TRADE_ID] ?? 0)))) {
    rows[row + TRADE_TIME] = time;
    rows[row + TRADE_ID] = id;
    rows[row + PRICE] = price;
    rows[row + SIZE] = size;
    state.rows.words[word + SIDE] = side;
  }
  const print = state.prints.add(state.rows.words[word + LAST_PRINT] ?? 0, id, time, price, size, side);
  state.rows.words[word + LAST_PRINT] = print;
  state.rows.words[word + PRINTS] = (state.rows.words[word + PRINTS] ?? 0) + 1;
  const conditions = frame.conditions.size > 0 ? frame.conditions.get(line) : undefined;
  if (conditions !== undefined) state.prints.describe(print, conditions);
  showTick(state, frame, slot, line, time);
}

/** A quote as the newest of its symbol, if it is. */
export function showQuote(state: State, frame: Frame, slot: number, line: number): void {
  const rows = state.rows.values;
  const row = slot * ROW;
  const time = frame.time[line] ?? 0;
  if (time >= (rows[row + QUOTE_TIME] ?? 0)) {
    rows[row + QUOTE_TIME] = time;
    rows[row + BID] = frame.price[line] ?? 0;
    rows[row + BID_SIZE] = frame.size[line] ?? 0;
    rows[row + ASK] = frame.ask[line] ?? 0;
    rows[row + ASK_SIZE] = frame.askSize[line] ?? 0;
  }
  showTick(state, frame, slot, line, time);
}

/** Something else of a symbol has changed that `latest` tells. */
export function showChange(state: State, slot: number, channel: number, offset: number, line: number): void {
  const rows = state.rows.values;
  const row = slot * ROW;
  const isKnown = (rows[row + NEWEST_TIME] ?? -1) >= 0 || (state.slots[slot]?.trading?.halts.length ?? 0) > 0;
  rows[row + CHANGE_OFFSET] = offset;
  state.rows.words[slot * ROW_WORDS + CHANGE_LINE] = line;
  state.rows.words[slot * ROW_WORDS + TICK_CHANNEL] = channel;
  state.setStatus(slot, isKnown ? UNSAVED | UNTOLD | UNSTORED : UNSAVED);
}

function showTick(state: State, frame: Frame, slot: number, line: number, time: number): void {
  const rows = state.rows.values;
  const row = slot * ROW;
  if (time >= (rows[row + NEWEST_TIME] ?? 0)) {
    rows[row + NEWEST_TIME] = time;
    rows[row + NEWEST_RECEIVED] = frame.receivedTime[line] ?? 0;
  }
  rows[row + CHANGE_OFFSET] = frame.offset;
  state.rows.words[slot * ROW_WORDS + CHANGE_LINE] = line;
  state.rows.words[slot * ROW_WORDS + TICK_CHANNEL] = frame.channel[line] ?? 0;
  state.setStatus(slot, UNSAVED | UNTOLD | UNSTORED);
}
