import { presentHalt } from "../domain/halts.ts";
import { SESSIONS } from "../domain/calendar/calendar.ts";
import type { Halted, HeldPrint as Told } from "../contracts/latest.ts";
import type { HeldPrint } from "./held-prints.ts";
import { SYMBOL_HEAD } from "./bar-text.ts";
import { DAILY } from "./intervals.ts";
import { LONGEST_LINE } from "./frame-writer.ts";
import { JsonWriter, literal } from "./json-writer.ts";
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
  SIDE,
  SIZE,
  type SlotRows,
  TICK_CHANNEL,
  TRADE_TIME,
  UNSTORED,
  UNTOLD,
  WATERMARK,
} from "./slot-rows.ts";
import type { State } from "./state.ts";
import { FINAL, HIGH, LOW, NOTIONAL, OPEN, SESSION, START, TRADES, UNPRICED, VOLUME } from "./window-arena.ts";

const REGULAR = SESSIONS.indexOf("regular");
const SIDES = ["null", '"buy"', '"sell"'].map(literal);
const NULL = literal("null");
const NO_DAY = literal(
  ',"dayStart":null,"dayOpen":null,"dayHigh":null,"dayLow":null,"dayVolume":null,"dayVwap":null,"dayTrades":null',
);
const NO_DAY_PRICES = literal(',"dayOpen":null,"dayHigh":null,"dayLow":null');
const NO_TRADE = literal(',"price":null,"size":null,"side":null,"tradeTime":null');
const NO_QUOTE = literal(',"bid":null,"bidSize":null,"ask":null,"askSize":null');
const KEYS = {
  channel: literal('","channel":"'),
  time: literal('","time":'),
  receivedTime: literal(',"receivedTime":'),
  price: literal(',"price":'),
  size: literal(',"size":'),
  side: literal(',"side":'),
  tradeTime: literal(',"tradeTime":'),
  bid: literal(',"bid":'),
  bidSize: literal(',"bidSize":'),
  ask: literal(',"ask":'),
  askSize: literal(',"askSize":'),
  dayStart: literal(',"dayStart":'),
  dayOpen: literal(',"dayOpen":'),
  dayHigh: literal(',"dayHigh":'),
  dayLow: literal(',"dayLow":'),
  dayVolume: literal(',"dayVolume":'),
  dayVwap: literal(',"dayVwap":'),
  dayTrades: literal(',"dayTrades":'),
  held: literal(',"held":'),
  halted: literal(',"halted":'),
  byContent: literal(',"byContent":true'),
  watermark: literal(',"watermark":'),
  epoch: literal(',"epoch":'),
  offset: literal(',"offset":'),
  line: literal(',"line":'),
  prints: literal(',"prints":'),
  skipped: literal(',"skipped":'),
  end: literal("}"),
} as const;

const document = new JsonWriter(LONGEST_LINE);

/** Writes a line of the topic `latest` for every symbol that has changed since the last call. */
export function tellLatest(state: State): void {
  const { latest, rows, prints, untold } = state;
  const { json } = latest;
  for (let index = 0; index < untold.length; index++) {
    const slot = untold.at(index);
    state.clearStatus(slot, UNTOLD);
    latest.begin();
    writeLatest(json, state, slot);
    const count = rows.word(slot, PRINTS);
    if (count > 0) {
      json.bytes(KEYS.prints);
      const skipped = prints.write(json, rows.word(slot, LAST_PRINT), count);
      writeNumber(json, KEYS.skipped, skipped);
      rows.putWord(slot, PRINTS, 0);
    }
    json.bytes(KEYS.end);
  }
  state.counters.latestPublished += untold.length;
  untold.clear();
  prints.clear();
}

/** The document of the index `latest` for every symbol that has changed since the last call. */
export function drainLatestDocuments(state: State): { symbol: string; body: string }[] {
  const documents = Array.from(state.unstored.slice(), (slot) => {
    state.clearStatus(slot, UNSTORED);
    document.at = 0;
    writeLatest(document, state, slot);
    document.bytes(KEYS.end);
    return { symbol: state.names.symbols.names[slot] ?? "", body: document.buffer.toString("utf8", 0, document.at) };
  });
  state.unstored.clear();
  return documents;
}

/** Everything but the prints and the closing brace. */
function writeLatest(json: JsonWriter, state: State, slot: number): void {
  const { rows } = state;
  json.bytes(SYMBOL_HEAD);
  state.names.symbols.write(json, slot);
  json.bytes(KEYS.channel);
  json.text(state.names.channels.names[rows.word(slot, TICK_CHANNEL)] ?? "");
  const trading = state.slots[slot]?.trading ?? null;
  const hasTicked = rows.get(slot, NEWEST_TIME) >= 0 || !trading;
  writeNumber(json, KEYS.time, hasTicked ? rows.get(slot, NEWEST_TIME) : trading.time);
  writeNumber(json, KEYS.receivedTime, hasTicked ? rows.get(slot, NEWEST_RECEIVED) : trading.receivedTime);
  writeTrade(json, rows, slot);
  writeQuote(json, rows, slot);
  writeDay(json, state, slot);
  if (state.slots[slot]?.contents) json.bytes(KEYS.byContent);
  const held = state.slots[slot]?.prints?.held ?? [];
  if (held.length > 0) writeHeld(json, held);
  const halt = presentHalt(trading);
  if (halt) {
    json.bytes(KEYS.halted);
    json.unicode(JSON.stringify({ since: halt.from, reason: halt.reason } satisfies Halted));
  }
  json.bytes(KEYS.watermark);
  const watermark = rows.get(slot, WATERMARK);
  if (watermark === -Infinity) json.bytes(NULL);
  else json.integer(watermark);
  writeNumber(json, KEYS.epoch, state.identity.epoch);
  writeNumber(json, KEYS.offset, rows.get(slot, CHANGE_OFFSET));
  writeNumber(json, KEYS.line, rows.word(slot, CHANGE_LINE));
}

/** Seldom, and never many: as objects. */
function writeHeld(json: JsonWriter, held: readonly HeldPrint[]): void {
  const told = held.map(({ id, space, low, high, trade: { time, price, size, conditions } }): Told => {
    return {
      id,
      ...(space !== "" && { idSpace: space }),
      time,
      price,
      size,
      low,
      high,
      ...(conditions && { conditions }),
    };
  });
  json.bytes(KEYS.held);
  json.unicode(JSON.stringify(told));
}

function writeTrade(json: JsonWriter, rows: SlotRows, slot: number): void {
  if (rows.get(slot, TRADE_TIME) < 0) {
    json.bytes(NO_TRADE);
    return;
  }
  writeNumber(json, KEYS.price, rows.get(slot, PRICE));
  writeNumber(json, KEYS.size, rows.get(slot, SIZE));
  json.bytes(KEYS.side);
  json.bytes(SIDES[rows.word(slot, SIDE)] ?? NULL);
  writeNumber(json, KEYS.tradeTime, rows.get(slot, TRADE_TIME));
}

function writeQuote(json: JsonWriter, rows: SlotRows, slot: number): void {
  if (rows.get(slot, QUOTE_TIME) < 0) {
    json.bytes(NO_QUOTE);
    return;
  }
  writeNumber(json, KEYS.bid, rows.get(slot, BID));
  writeNumber(json, KEYS.bidSize, rows.get(slot, BID_SIZE));
  writeNumber(json, KEYS.ask, rows.get(slot, ASK));
  writeNumber(json, KEYS.askSize, rows.get(slot, ASK_SIZE));
}

/** Its newest regular session, while that is open and has a trade. */
function writeDay(json: JsonWriter, { arena }: State, slot: number): void {
  let window = arena.newest(slot, DAILY);
  while (window >= 0 && arena.word(window, SESSION) !== REGULAR) window = arena.older(window);
  if (window < 0 || !arena.isBar(window) || arena.has(window, FINAL)) {
    json.bytes(NO_DAY);
    return;
  }
  const volume = arena.get(window, VOLUME);
  writeNumber(json, KEYS.dayStart, arena.get(window, START));
  if (arena.has(window, UNPRICED)) json.bytes(NO_DAY_PRICES);
  else {
    writeNumber(json, KEYS.dayOpen, arena.get(window, OPEN));
    writeNumber(json, KEYS.dayHigh, arena.get(window, HIGH));
    writeNumber(json, KEYS.dayLow, arena.get(window, LOW));
  }
  json.bytes(KEYS.dayVolume);
  json.amount(volume);
  json.bytes(KEYS.dayVwap);
  if (volume === 0) json.bytes(NULL);
  else json.amount(arena.get(window, NOTIONAL) / volume);
  writeNumber(json, KEYS.dayTrades, arena.get(window, TRADES));
}

function writeNumber(json: JsonWriter, key: Uint8Array, value: number): void {
  json.bytes(key);
  json.number(value);
}
