import type { Firing } from "../contracts/bars.ts";
import { FIRINGS } from "../contracts/bars.ts";
import { SESSIONS } from "../domain/calendar/calendar.ts";
import { INTERVALS } from "../domain/interval.ts";
import { type JsonWriter, literal } from "./json-writer.ts";
import type { NameTable } from "./name-table.ts";
import {
  ASK,
  BID,
  BUY_VOLUME,
  CLOSE,
  CLOSE_TIME,
  COMPLETE,
  FINAL,
  FIRST_LINE,
  FIRST_OFFSET,
  FLAGS,
  HIGH,
  INTERVAL,
  LAST_LINE,
  LAST_OFFSET,
  LOW,
  NOTIONAL,
  OPEN,
  OPEN_TIME,
  OTHER_LINE,
  OTHER_OFFSET,
  QUOTE_TIME,
  REVISION,
  SESSION,
  SLOT,
  SPREAD_MAX,
  SPREAD_MIN,
  START,
  TRADES,
  UNPRICED,
  VOLUME,
  WIDTH,
  type WindowArena,
} from "./window-arena.ts";

const END_KEY = literal(',"end":');
const SESSION_KEYS = SESSIONS.map((session) => literal(`,"session":"${session}"`));
const OPEN_KEY = literal(',"open":');
const HIGH_KEY = literal(',"high":');
const LOW_KEY = literal(',"low":');
const CLOSE_KEY = literal(',"close":');
const NO_PRICES = literal(',"open":null,"high":null,"low":null,"close":null');
const VOLUME_KEY = literal(',"volume":');
const VWAP_KEY = literal(',"vwap":');
const TRADES_KEY = literal(',"trades":');
const BUY_VOLUME_KEY = literal(',"buyVolume":');
const BID_KEY = literal(',"bid":');
const ASK_KEY = literal(',"ask":');
const SPREAD_MIN_KEY = literal(',"spreadMin":');
const SPREAD_MAX_KEY = literal(',"spreadMax":');
const NO_QUOTES = literal(',"bid":null,"ask":null,"spreadMin":null,"spreadMax":null');
const NULL = literal("null");
/** By whether it is final, then complete. */
const STATES = [false, true].flatMap((final) =>
  [false, true].map((complete) => literal(`,"final":${final},"complete":${complete},"revision":`)),
);
const FIRST_LINE_KEY = literal(',"firstLine":');
const LAST_OFFSET_KEY = literal(',"lastOffset":');
const LAST_LINE_KEY = literal(',"lastLine":');
const FIRST_TIME_KEY = literal(',"firstTime":');
const LAST_TIME_KEY = literal(',"lastTime":');
const CLOSING = literal("}");
const FIRING_KEYS = new Map(FIRINGS.map((firing) => [firing, literal(`,"firing":"${firing}","epoch":`)]));
const OFFSET_KEY = literal(',"offset":');
const LINE_KEY = literal(',"line":');

/** What everything about a symbol begins with, up to its name. */
export const SYMBOL_HEAD = literal('{"symbol":"');

/** Between the name of the symbol and the start of a bar. */
const INTERVAL_PARTS = INTERVALS.map((interval) => literal(`","interval":"${interval}","start":`));

/** What its lineage begins with: everything up to the first offset. */
export function lineageHead(channel: string, partition: number): Uint8Array {
  return literal(`,"lineage":{"channel":"${channel}","partition":${partition},"firstOffset":`);
}

/** Writes the fields of a bar as JSON, without the closing brace. */
export function writeBar(
  json: JsonWriter,
  arena: WindowArena,
  window: number,
  symbols: NameTable,
  lineage: Uint8Array,
): void {
  const values = arena.values;
  const at = window * WIDTH;
  json.bytes(SYMBOL_HEAD);
  symbols.write(json, arena.word(window, SLOT));
  json.bytes(INTERVAL_PARTS[arena.word(window, INTERVAL)] ?? NULL);
  json.integer(values[at + START] ?? 0);
  writeInteger(json, END_KEY, arena.end(window));
  json.bytes(SESSION_KEYS[arena.word(window, SESSION)] ?? NULL);
  if (arena.has(window, UNPRICED)) json.bytes(NO_PRICES);
  else {
    writeNumber(json, OPEN_KEY, values[at + OPEN]);
    writeNumber(json, HIGH_KEY, values[at + HIGH]);
    writeNumber(json, LOW_KEY, values[at + LOW]);
    writeNumber(json, CLOSE_KEY, values[at + CLOSE]);
  }
  writeAmounts(json, values, at);
  writeQuotes(json, values, at);
  const flags = arena.word(window, FLAGS);
  json.bytes(STATES[((flags & FINAL) === 0 ? 0 : 2) + ((flags & COMPLETE) === 0 ? 0 : 1)] ?? NULL);
  json.integer(values[at + REVISION] ?? 0);
  json.bytes(lineage);
  json.integer(values[at + FIRST_OFFSET] ?? 0);
  writeInteger(json, FIRST_LINE_KEY, arena.word(window, FIRST_LINE));
  writeInteger(json, LAST_OFFSET_KEY, values[at + LAST_OFFSET]);
  writeInteger(json, LAST_LINE_KEY, arena.word(window, LAST_LINE));
  writeInteger(json, FIRST_TIME_KEY, values[at + OPEN_TIME]);
  writeInteger(json, LAST_TIME_KEY, values[at + CLOSE_TIME]);
  json.bytes(CLOSING);
}

/** Writes what a line of the topic `bars` has behind the fields; its version is where the window last changed. */
export function writeBarEnd(json: JsonWriter, arena: WindowArena, window: number, epoch: number): void {
  const firing = firingOf(arena.has(window, FINAL), arena.get(window, REVISION));
  const isOther = arena.isOtherNewer(window);
  writeInteger(json, FIRING_KEYS.get(firing) ?? NULL, epoch);
  writeInteger(json, OFFSET_KEY, arena.get(window, isOther ? OTHER_OFFSET : LAST_OFFSET));
  writeInteger(json, LINE_KEY, arena.word(window, isOther ? OTHER_LINE : LAST_LINE));
  json.bytes(CLOSING);
}

/** A function of what the bar is, so that publishing it again says the same. */
export function firingOf(final: boolean, revision: number): Firing {
  if (!final) return "early";
  return revision === 0 ? "final" : "late";
}

function writeAmounts(json: JsonWriter, values: Float64Array, at: number): void {
  const volume = values[at + VOLUME] ?? 0;
  json.bytes(VOLUME_KEY);
  json.amount(volume);
  json.bytes(VWAP_KEY);
  if (volume === 0) json.bytes(NULL);
  else json.amount((values[at + NOTIONAL] ?? 0) / volume);
  writeInteger(json, TRADES_KEY, values[at + TRADES]);
  json.bytes(BUY_VOLUME_KEY);
  json.amount(values[at + BUY_VOLUME] ?? 0);
}

function writeQuotes(json: JsonWriter, values: Float64Array, at: number): void {
  if ((values[at + QUOTE_TIME] ?? -1) < 0) {
    json.bytes(NO_QUOTES);
    return;
  }
  writeNumber(json, BID_KEY, values[at + BID]);
  writeNumber(json, ASK_KEY, values[at + ASK]);
  writeNumber(json, SPREAD_MIN_KEY, values[at + SPREAD_MIN]);
  writeNumber(json, SPREAD_MAX_KEY, values[at + SPREAD_MAX]);
}

function writeNumber(json: JsonWriter, key: Uint8Array, value = 0): void {
  json.bytes(key);
  json.number(value);
}

function writeInteger(json: JsonWriter, key: Uint8Array, value = 0): void {
  json.bytes(key);
  json.integer(value);
}
