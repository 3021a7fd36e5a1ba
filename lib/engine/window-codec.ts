import type { BarLine } from "../contracts/bars.ts";
import type { WindowDocument } from "../contracts/engine-store.ts";
import { TapedeckError } from "../errors.ts";
import { firingOf } from "./bar-text.ts";
import { type JsonWriter, literal } from "./json-writer.ts";
import { type Anchor, MAX_RETRACTIONS, readRetractions, RETRACTION_BYTES, writeRetractions } from "./retraction.ts";
import { encodeSketches, restoreSketches } from "./sketch-codec.ts";
import type { State } from "./state.ts";
import {
  ASK,
  BID,
  BUY_VOLUME,
  CHANNEL,
  CLOSE,
  CLOSE_ID,
  CLOSE_TIME,
  COMPLETE,
  DOUBTFUL,
  FINAL,
  FIRST_LINE,
  FIRST_OFFSET,
  GATE,
  HIGH,
  LAST_LINE,
  LAST_OFFSET,
  LOW,
  MAX_ID,
  MIN_ID,
  NOTIONAL,
  OPEN,
  OPEN_ID,
  OPEN_TIME,
  OTHER_LINE,
  OTHER_OFFSET,
  QUOTE_TIME,
  REVISION,
  SPACE,
  SPREAD_MAX,
  SPREAD_MIN,
  START,
  TRADES,
  UNPRICED,
  VOLUME,
  WEAK,
} from "./window-arena.ts";

/** What the fields of the bar do not say, or only rounded, in the order in which `raw` holds it. */
const RAW = [OPEN_ID, CLOSE_ID, VOLUME, NOTIONAL, BUY_VOLUME, QUOTE_TIME, OTHER_OFFSET, MIN_ID, MAX_ID] as const;
const FORMAT = 1;
/**
 * Format, whether it is doubtful, whether it is priced by substitutes (1) or not at all (2), how many retractions (and 128 where they have
 * left nothing), the line of OTHER_OFFSET, the doubles; behind them the retractions and the name of the id space.
 */
const HEADER = 8;
export const RAW_BYTES = HEADER + RAW.length * 8;
const EMPTIED = 128;

const scratch = Buffer.alloc(RAW_BYTES + MAX_RETRACTIONS * RETRACTION_BYTES + 256);
const doubles = new Float64Array(scratch.buffer, scratch.byteOffset + HEADER, RAW.length);

const GIVEN_KEY = literal(',"given":false,"epoch":');
const POSITION_KEY = literal(',"position":');
const TOPOLOGY_KEY = literal(',"topology":"');
const RAW_KEY = literal('","raw":"');
const SKETCH_KEY = literal('","sketch":');
const PROFILE_KEY = literal(',"profile":');
const NULL = literal("null");
const QUOTE = literal('"');
const WRITTEN_KEY = literal(',"written":');
const END = literal("}");
/** More than a document needs, but for its sketches. */
export const WINDOW_BYTES = 4096;

/** The accumulators of a window that its bar does not show, base64. */
export function encodeRaw(state: State, window: number): string {
  const { arena } = state;
  scratch[0] = FORMAT;
  scratch[1] = arena.has(window, DOUBTFUL) ? 1 : 0;
  scratch[2] = arena.has(window, UNPRICED) ? 2 : arena.has(window, WEAK) ? 1 : 0;
  scratch.writeInt32LE(arena.word(window, OTHER_LINE), 4);
  for (let index = 0; index < RAW.length; index++) doubles[index] = arena.get(window, RAW[index] ?? 0);
  const spaceNumber = arena.word(window, SPACE);
  const retractions = arena.retractions.get(window);
  scratch[3] = (retractions?.length ?? 0) | (spaceNumber < 0 ? EMPTIED : 0);
  let end = retractions ? writeRetractions(scratch, RAW_BYTES, retractions) : RAW_BYTES;
  const space = state.names.spaces.names[spaceNumber] ?? "";
  if (space !== "") end += scratch.write(space, end, "utf8");
  return scratch.toString("base64", 0, end);
}

/** Writes the whole stored document of a window at `state.position`. `written`: our clock, microseconds. */
export function writeWindow(json: JsonWriter, state: State, window: number, written: number): void {
  const { epoch, topology } = state.identity;
  state.writeFields(json, window);
  json.bytes(GIVEN_KEY);
  json.integer(epoch);
  json.bytes(POSITION_KEY);
  json.integer(state.position);
  json.bytes(TOPOLOGY_KEY);
  json.text(topology);
  json.bytes(RAW_KEY);
  const raw = encodeRaw(state, window);
  json.reserve(raw.length);
  json.text(raw);
  const { sketch, profile } = encodeSketches(state, window);
  json.bytes(SKETCH_KEY);
  writeEncoded(json, sketch);
  json.bytes(PROFILE_KEY);
  writeEncoded(json, profile);
  json.bytes(WRITTEN_KEY);
  json.integer(written);
  json.bytes(END);
}

function writeEncoded(json: JsonWriter, text: string | null): void {
  if (text === null) {
    json.bytes(NULL);
    return;
  }
  json.bytes(QUOTE);
  json.reserve(text.length);
  json.text(text);
  json.bytes(QUOTE);
}

/** Fills an empty window from its document: going on from it is going on from the original. */
export function restoreWindow(state: State, window: number, document: WindowDocument): void {
  const { arena } = state;
  const { lineage } = document;
  const put = (field: number, value: number | null): void => arena.put(window, field, value ?? 0);
  put(START, document.start);
  put(OPEN, document.open);
  put(HIGH, document.high);
  put(LOW, document.low);
  put(CLOSE, document.close);
  put(TRADES, document.trades);
  put(BID, document.bid);
  put(ASK, document.ask);
  put(SPREAD_MIN, document.spreadMin);
  put(SPREAD_MAX, document.spreadMax);
  put(REVISION, document.revision);
  put(FIRST_OFFSET, lineage.firstOffset);
  arena.putWord(window, FIRST_LINE, lineage.firstLine);
  put(LAST_OFFSET, lineage.lastOffset);
  arena.putWord(window, LAST_LINE, lineage.lastLine);
  put(OPEN_TIME, lineage.firstTime);
  put(CLOSE_TIME, lineage.lastTime);
  put(GATE, document.position);
  state.channelOf(lineage.channel);
  arena.putWord(window, CHANNEL, state.names.channels.get(lineage.channel));
  restoreRaw(state, window, Buffer.from(document.raw, "base64"));
  if (document.final) arena.set(window, FINAL);
  if (document.complete) arena.set(window, COMPLETE);
  restoreSketches(arena, window, document);
}

/** Where the first trade of a stored window lies, and the number that its slot has given it, if trades of this space are numbered so. */
export function firstOf({ lineage, raw }: WindowDocument, numbered: string): Anchor {
  const bytes = Buffer.from(raw, "base64");
  const isNumbered = bytes.toString("utf8", spaceOf(bytes)) === numbered;
  const number = isNumbered ? bytes.readDoubleLE(HEADER + RAW.indexOf(MIN_ID) * 8) : -1;
  return { offset: lineage.firstOffset, line: lineage.firstLine, number };
}

/** Where the name of the id space begins. */
function spaceOf(raw: Buffer): number {
  return RAW_BYTES + ((raw[3] ?? 0) & ~EMPTIED) * RETRACTION_BYTES;
}

/** The line of `bars` that tells of a stored window, as it was told of when it last changed. */
export function storedBarLine(document: WindowDocument): string {
  const {
    given: _,
    epoch,
    position: _position,
    topology: _topology,
    raw,
    sketch: _sketch,
    profile: _profile,
    written: _written,
    ...bar
  } = document;
  const bytes = Buffer.from(raw, "base64");
  const other = { offset: bytes.readDoubleLE(HEADER + RAW.indexOf(OTHER_OFFSET) * 8), line: bytes.readInt32LE(4) };
  const last = { offset: bar.lineage.lastOffset, line: bar.lineage.lastLine };
  const isOther = other.offset > last.offset || (other.offset === last.offset && other.line > last.line);
  const line: BarLine = { ...bar, firing: firingOf(bar.final, bar.revision), epoch, ...(isOther ? other : last) };
  return JSON.stringify(line);
}

function restoreRaw(state: State, window: number, raw: Buffer): void {
  if (raw[0] !== FORMAT || raw.length < RAW_BYTES) {
    throw new TapedeckError("INTERNAL", `A stored window has accumulators of format ${raw[0]}, ${raw.length} bytes`);
  }
  if (raw[1] === 1) state.arena.set(window, DOUBTFUL);
  if (raw[2] === 1) state.arena.set(window, WEAK);
  if (raw[2] === 2) state.arena.set(window, UNPRICED);
  state.arena.putWord(window, OTHER_LINE, raw.readInt32LE(4));
  for (const [index, field] of RAW.entries()) {
    state.arena.put(window, field, raw.readDoubleLE(HEADER + index * 8));
  }
  const spaceAt = spaceOf(raw);
  if (spaceAt > RAW_BYTES) state.arena.retractions.set(window, readRetractions(raw.subarray(RAW_BYTES, spaceAt)));
  const isEmptied = ((raw[3] ?? 0) & EMPTIED) !== 0;
  state.arena.putWord(window, SPACE, isEmptied ? -1 : state.names.spaces.add(raw.toString("utf8", spaceAt)));
}
