import { MAX_LINE_BYTES, MOST_AMOUNT } from "../contracts/ticks.ts";
import { type Frame, QUOTE, TRADE } from "./frame.ts";
import { hashByte, type NameTable } from "./name-table.ts";
import type { VenueTable } from "./venue-table.ts";

/** The names that a scanner recognises. Number 0 of `spaces` is the empty name: ids without a space. */
export interface Names {
  symbols: NameTable;
  channels: NameTable;
  spaces: NameTable;
  venues: VenueTable;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const TRADE_HEAD = bytes('{"type":"trade",');
const QUOTE_HEAD = bytes('{"type":"quote",');

/** A key from its opening quote to its colon, and its bit in the set of those seen. */
const field = (name: string, bit: number): { text: Uint8Array; bit: number } => ({
  text: bytes(`"${name}":`),
  bit: 1 << bit,
});
const SYMBOL = field("symbol", 0);
const TIME = field("time", 1);
const RECEIVED_TIME = field("receivedTime", 2);
const CHANNEL = field("channel", 3);
const PRICE = field("price", 4);
const SIZE = field("size", 5);
const ID = field("id", 6);
const ID_SPACE = field("idSpace", 7);
const SEQUENCE = field("sequence", 8);
const SIDE = field("side", 9);
const VENUE = field("venue", 10);
const CONDITIONS = field("conditions", 11);
const BID = field("bid", 12);
const BID_SIZE = field("bidSize", 13);
const ASK = field("ask", 14);
const ASK_SIZE = field("askSize", 15);

const COMMON = SYMBOL.bit | TIME.bit | RECEIVED_TIME.bit | CHANNEL.bit;
const TRADE_NEEDS = COMMON | PRICE.bit | SIZE.bit | ID.bit;
const TRADE_MAY = TRADE_NEEDS | ID_SPACE.bit | SEQUENCE.bit | SIDE.bit | VENUE.bit | CONDITIONS.bit;
const QUOTE_NEEDS = COMMON | BID.bit | BID_SIZE.bit | ASK.bit | ASK_SIZE.bit;

const BUY = bytes('"buy"');
const SELL = bytes('"sell"');

const QUOTE_MARK = 34;
const COMMA = 44;
const CLOSING = 125;
const NEWLINE = 10;

const POWERS = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/**
 * Where the scanner stands. Module state: a field of an object would cost a load at each byte. Numbers go straight into their column:
 * one that is returned or kept in a variable out here is an object.
 */
let at = 0;
/** For a number of which only the form matters. */
const ignored = new Float64Array(1);

/**
 * Reads the tick that begins at byte `start` into line `line` of the frame: one pass over the bytes, no string, no object. Gives where
 * the line ends, or −1 for anything that is not written exactly as JSON.stringify writes an ordinary trade or quote of known names:
 * that is then for JSON.parse and the schema. Accepts nothing that those would not.
 */
export function scanTick(frame: Frame, line: number, start: number, names: Names): number {
  const buffer = frame.value;
  at = start;
  let needs = TRADE_NEEDS;
  let may = TRADE_MAY;
  if (expect(buffer, TRADE_HEAD)) frame.kind[line] = TRADE;
  else if (expect(buffer, QUOTE_HEAD)) {
    frame.kind[line] = QUOTE;
    needs = may = QUOTE_NEEDS;
  } else return -1;
  frame.space[line] = 0;
  frame.side[line] = 0;
  frame.venue[line] = 0;
  let seen = 0;
  for (;;) {
    const bit = scanField(frame, buffer, line, names);
    // Not a field of this kind of line, or a second time the same.
    if ((bit & may) === 0 || (bit & seen) !== 0) return -1;
    seen |= bit;
    const delimiter = buffer[at++];
    if (delimiter === COMMA) continue;
    if (delimiter !== CLOSING || (seen & needs) !== needs) return -1;
    const isLast = at === buffer.length || buffer[at] === NEWLINE;
    return isLast && at - start <= MAX_LINE_BYTES ? at : -1;
  }
}

/** One key with its value; the bit of the key, 0 where either is not understood. */
function scanField(frame: Frame, buffer: Buffer, line: number, names: Names): number {
  switch (buffer[at + 1] ?? 0) {
    case 115: // s
      return scanFieldWithS(frame, buffer, line, names);
    case 116: // t
      return expect(buffer, TIME.text) && scanInteger(frame.time, buffer, line) ? TIME.bit : 0;
    case 114: // r
      return expect(buffer, RECEIVED_TIME.text) && scanInteger(frame.receivedTime, buffer, line)
        ? RECEIVED_TIME.bit
        : 0;
    case 112: // p
      return expect(buffer, PRICE.text) ? scanPrice(frame.price, buffer, line, PRICE.bit) : 0;
    case 105: // i
      return scanFieldWithI(frame, buffer, line, names);
    case 99: // c
      if (expect(buffer, CHANNEL.text)) {
        const channel = scanName(buffer, names.channels);
        frame.channel[line] = channel;
        return channel < 0 ? 0 : CHANNEL.bit;
      }
      return expect(buffer, CONDITIONS.text) ? scanConditions(frame, buffer, line) : 0;
    case 118: // v
      return expect(buffer, VENUE.text) ? scanVenue(frame, buffer, line, names.venues) : 0;
    case 98: // b
      if (expect(buffer, BID.text)) return scanPrice(frame.price, buffer, line, BID.bit);
      return expect(buffer, BID_SIZE.text) ? scanAmount(frame.size, buffer, line, BID_SIZE.bit) : 0;
    case 97: // a
      if (expect(buffer, ASK.text)) return scanPrice(frame.ask, buffer, line, ASK.bit);
      return expect(buffer, ASK_SIZE.text) ? scanAmount(frame.askSize, buffer, line, ASK_SIZE.bit) : 0;
    default:
      return 0;
  }
}

function scanFieldWithS(frame: Frame, buffer: Buffer, line: number, names: Names): number {
  switch (buffer[at + 2] ?? 0) {
    case 121: {
      // sy
      if (!expect(buffer, SYMBOL.text)) return 0;
      const symbol = scanName(buffer, names.symbols);
      frame.symbol[line] = symbol;
      return symbol < 0 ? 0 : SYMBOL.bit;
    }
    case 105: // si
      if (expect(buffer, SIZE.text)) return scanAmount(frame.size, buffer, line, SIZE.bit);
      if (!expect(buffer, SIDE.text)) return 0;
      if (expect(buffer, BUY)) frame.side[line] = 1;
      else if (expect(buffer, SELL)) frame.side[line] = 2;
      else return 0;
      return SIDE.bit;
    default:
      return expect(buffer, SEQUENCE.text) && scanInteger(ignored, buffer, 0) ? SEQUENCE.bit : 0;
  }
}

function scanFieldWithI(frame: Frame, buffer: Buffer, line: number, names: Names): number {
  if (expect(buffer, ID.text)) {
    return scanInteger(frame.id, buffer, line) ? ID.bit : 0;
  }
  if (!expect(buffer, ID_SPACE.text)) return 0;
  const space = scanName(buffer, names.spaces);
  frame.space[line] = space;
  return space < 0 ? 0 : ID_SPACE.bit;
}

function scanVenue(frame: Frame, buffer: Buffer, line: number, { names, coupons }: VenueTable): number {
  const venue = scanName(buffer, names);
  frame.venue[line] = coupons[venue] ?? 0;
  return venue < 0 ? 0 : VENUE.bit;
}

function scanPrice(column: Float64Array, buffer: Buffer, line: number, bit: number): number {
  return scanDecimal(column, buffer, line) && (column[line] ?? 0) > 0 ? bit : 0;
}

function scanAmount(column: Float64Array, buffer: Buffer, line: number, bit: number): number {
  return scanDecimal(column, buffer, line) ? bit : 0;
}

function expect(buffer: Buffer, text: Uint8Array): boolean {
  for (let step = 0; step < text.length; step++) if (buffer[at + step] !== text[step]) return false;
  at += text.length;
  return true;
}

/** Digits up to 2^53 − 1, without a superfluous zero. */
function scanInteger(column: Float64Array, buffer: Buffer, line: number): boolean {
  const start = at;
  let value = 0;
  let digit = (buffer[at] ?? 0) - 48;
  while (digit >= 0 && digit <= 9) {
    value = value * 10 + digit;
    digit = (buffer[++at] ?? 0) - 48;
  }
  column[line] = value;
  const digits = at - start;
  return digits > 0 && (digits === 1 || buffer[start] !== 48) && value <= Number.MAX_SAFE_INTEGER;
}

/** `e`, a sign or none, digits: as JavaScript prints sizes below a millionth. What is no exponent stays where it is. */
function skipExponent(buffer: Buffer): boolean {
  const sign = buffer[at + 1];
  const start = at + (sign === 43 || sign === 45 ? 2 : 1);
  let end = start;
  for (let byte = buffer[end] ?? 0; byte >= 48 && byte <= 57; byte = buffer[++end] ?? 0);
  if (end === start) return false;
  at = end;
  return true;
}

/** Digits, with or without a fraction or an exponent, without a sign; MOST_AMOUNT at most. */
function scanDecimal(column: Float64Array, buffer: Buffer, line: number): boolean {
  const start = at;
  let value = 0;
  let digit = (buffer[at] ?? 0) - 48;
  while (digit >= 0 && digit <= 9) {
    value = value * 10 + digit;
    digit = (buffer[++at] ?? 0) - 48;
  }
  const whole = at - start;
  if (whole === 0 || (whole > 1 && buffer[start] === 48)) return false;
  let places = 0;
  if (digit === -2) {
    const point = at;
    digit = (buffer[++at] ?? 0) - 48;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digit = (buffer[++at] ?? 0) - 48;
    }
    places = at - point - 1;
    if (places === 0) return false;
  }
  const isExponent = buffer[at] === 101 && skipExponent(buffer);
  // Both operands are exact, so the quotient is the double nearest to the decimal (Clinger 1990); otherwise the slow way, to the same.
  const number =
    !isExponent && value <= Number.MAX_SAFE_INTEGER && places < POWERS.length
      ? value / (POWERS[places] ?? 1)
      : Number(buffer.toString("latin1", start, at));
  column[line] = number;
  return number <= MOST_AMOUNT;
}

/** The number of the quoted name, −1 when the table has no such plain name. */
function scanName(buffer: Buffer, table: NameTable): number {
  if (buffer[at] !== QUOTE_MARK) return -1;
  const start = at + 1;
  let hash = 0;
  let end = start;
  for (let byte = buffer[end] ?? QUOTE_MARK; byte !== QUOTE_MARK; byte = buffer[++end] ?? QUOTE_MARK) {
    hash = hashByte(hash, byte);
  }
  at = end + 1;
  return end === start ? -1 : table.find(hash, buffer, start, end);
}

/** A quoted text of 1 to `most` printable ASCII characters without escapes. */
function skipText(buffer: Buffer, most: number): boolean {
  if (buffer[at] !== QUOTE_MARK) return false;
  const start = ++at;
  for (let byte = buffer[at] ?? 0; byte !== QUOTE_MARK; byte = buffer[++at] ?? 0) {
    if (byte < 32 || byte > 126 || byte === 92) return false;
  }
  const length = at - start;
  at += 1;
  return length > 0 && length <= most;
}

function scanConditions(frame: Frame, buffer: Buffer, line: number): number {
  const start = at;
  if (buffer[at++] !== 91) return 0;
  for (let count = 1; ; count++) {
    if (count > 8 || !skipText(buffer, 16)) return 0;
    const delimiter = buffer[at++];
    if (delimiter === 93) break;
    if (delimiter !== COMMA) return 0;
  }
  frame.conditions.set(line, buffer.toString("latin1", start, at));
  return CONDITIONS.bit;
}
