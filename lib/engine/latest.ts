import { DAILY, INTERVAL_COUNT } from "./intervals.ts";
import { JsonWriter, literal } from "./json-writer.ts";
import { PrintRing } from "./print-ring.ts";
import type { Slot } from "./slot.ts";
import type { State } from "./state.ts";
import { FINAL, HIGH, LOW, NOTIONAL, OPEN, START, TRADES, VOLUME } from "./window-arena.ts";

const SIDES = ["null", '"buy"', '"sell"'].map(literal);
const NULL = literal("null");
const NO_DAY = literal(
  ',"dayStart":null,"dayOpen":null,"dayHigh":null,"dayLow":null,"dayVolume":null,"dayVwap":null,"dayTrades":null',
);
const NO_TRADE = literal(',"price":null,"size":null,"side":null,"tradeTime":null');
const NO_QUOTE = literal(',"bid":null,"bidSize":null,"ask":null,"askSize":null');
const KEYS = {
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
  watermark: literal(',"watermark":'),
  epoch: literal(',"epoch":'),
  offset: literal(',"offset":'),
  line: literal(',"line":'),
  prints: literal(',"prints":'),
  skipped: literal(',"skipped":'),
  end: literal("}"),
} as const;

/** Rings that no slot needs now: as many as slots have changed within one cadence. */
const spare: PrintRing[] = [];
const document = new JsonWriter(4096);

/** Something about a symbol that `latest` shows has changed. */
export function touchLatest(state: State, slot: Slot): void {
  if (!slot.untold) {
    slot.untold = true;
    state.untold.push(slot);
  }
  if (!slot.unstored) {
    slot.unstored = true;
    state.unstored.push(slot);
  }
}

export function printsOf(slot: Slot): PrintRing {
  return (slot.prints ??= spare.pop() ?? new PrintRing());
}

/** Writes a line of the topic `latest` for every symbol that has changed since the last call. */
export function tellLatest(state: State): void {
  const { latest } = state;
  const { json } = latest;
  for (const slot of state.untold) {
    slot.untold = false;
    latest.begin();
    writeLatest(json, state, slot);
    const { prints } = slot;
    if (prints) {
      json.bytes(KEYS.prints);
      prints.write(json);
      writeNumber(json, KEYS.skipped, prints.skipped);
      prints.clear();
      spare.push(prints);
      slot.prints = null;
    }
    json.bytes(KEYS.end);
  }
  state.counters.latestPublished += state.untold.length;
  state.untold.length = 0;
}

/** The document of the index `latest` for every symbol that has changed since the last call. */
export function drainLatestDocuments(state: State): { symbol: string; body: string }[] {
  const documents = state.unstored.map((slot) => {
    slot.unstored = false;
    document.at = 0;
    writeLatest(document, state, slot);
    document.bytes(KEYS.end);
    return { symbol: slot.symbol, body: document.ascii(0) };
  });
  state.unstored.length = 0;
  return documents;
}

/** Everything but the prints and the closing brace. */
function writeLatest(json: JsonWriter, state: State, slot: Slot): void {
  json.bytes(slot.latestHead);
  json.text(slot.tickChannel?.name ?? "");
  writeNumber(json, KEYS.time, slot.newestTime);
  writeNumber(json, KEYS.receivedTime, slot.newestReceivedTime);
  writeTrade(json, slot);
  writeQuote(json, slot);
  writeDay(json, state, slot);
  json.bytes(KEYS.watermark);
  const { watermark } = slot;
  if (watermark === -Infinity) json.bytes(NULL);
  else json.integer(watermark);
  writeNumber(json, KEYS.epoch, state.identity.epoch);
  writeNumber(json, KEYS.offset, slot.changeOffset);
  writeNumber(json, KEYS.line, slot.changeLine);
}

function writeTrade(json: JsonWriter, slot: Slot): void {
  if (slot.tradeTime < 0) {
    json.bytes(NO_TRADE);
    return;
  }
  writeNumber(json, KEYS.price, slot.price);
  writeNumber(json, KEYS.size, slot.size);
  json.bytes(KEYS.side);
  json.bytes(SIDES[slot.side] ?? NULL);
  writeNumber(json, KEYS.tradeTime, slot.tradeTime);
}

function writeQuote(json: JsonWriter, slot: Slot): void {
  if (slot.quoteTime < 0) {
    json.bytes(NO_QUOTE);
    return;
  }
  writeNumber(json, KEYS.bid, slot.bid);
  writeNumber(json, KEYS.bidSize, slot.bidSize);
  writeNumber(json, KEYS.ask, slot.ask);
  writeNumber(json, KEYS.askSize, slot.askSize);
}

/** Its newest day, while that is open and has a trade. */
function writeDay(json: JsonWriter, state: State, slot: Slot): void {
  const { arena } = state;
  const window = arena.heads[slot.number * INTERVAL_COUNT + DAILY] ?? -1;
  if (window < 0 || arena.get(window, TRADES) === 0 || arena.has(window, FINAL)) {
    json.bytes(NO_DAY);
    return;
  }
  const volume = arena.get(window, VOLUME);
  writeNumber(json, KEYS.dayStart, arena.get(window, START));
  writeNumber(json, KEYS.dayOpen, arena.get(window, OPEN));
  writeNumber(json, KEYS.dayHigh, arena.get(window, HIGH));
  writeNumber(json, KEYS.dayLow, arena.get(window, LOW));
  writeNumber(json, KEYS.dayVolume, volume);
  json.bytes(KEYS.dayVwap);
  if (volume === 0) json.bytes(NULL);
  else json.number(arena.get(window, NOTIONAL) / volume);
  writeNumber(json, KEYS.dayTrades, arena.get(window, TRADES));
}

function writeNumber(json: JsonWriter, key: Uint8Array, value: number): void {
  json.bytes(key);
  json.number(value);
}
