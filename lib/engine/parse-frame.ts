import { MAX_FRAME_BYTES, type Quote, type TickLine, type Trade } from "../contracts/ticks.ts";
import { DEAD, type Frame, NOTHING, OTHER, QUOTE, TRADE } from "./frame.ts";
import { parseLine, tooLong } from "./parse-line.ts";
import { type Names, scanTick } from "./scan-tick.ts";

const NEWLINE = 10;

/**
 * Reads a message of `ticks` into the columns of `frame`. A line that is not understood is dead and the others live; a frame beyond
 * MAX_FRAME_BYTES is dead as one line. Ticks whose symbol, channel or id space has no number yet keep their names in `objects`, trades
 * without an id all that they say.
 */
export function parseFrame(frame: Frame, offset: number, value: Buffer, names: Names): void {
  frame.reset(offset, value);
  if (value.length > MAX_FRAME_BYTES) {
    const line = begin(frame, 0, value.length);
    frame.kind[line] = DEAD;
    frame.verdicts.set(line, tooLong(`a frame of ${value.length} bytes, at most ${MAX_FRAME_BYTES}`).verdict);
    return;
  }
  for (let start = 0; start < value.length;) {
    const line = begin(frame, start, start);
    let end = scanTick(frame, line, start, names);
    if (end < 0) {
      const newline = value.indexOf(NEWLINE, start);
      end = newline < 0 ? value.length : newline;
      parseSlowly(frame, line, value.subarray(start, end), names);
    }
    frame.end[line] = end;
    start = end + 1;
  }
}

function begin(frame: Frame, start: number, end: number): number {
  const line = frame.next();
  frame.start[line] = start;
  frame.end[line] = end;
  return line;
}

function parseSlowly(frame: Frame, line: number, bytes: Buffer, names: Names): void {
  frame.conditions.delete(line);
  if (bytes.length === 0) {
    frame.kind[line] = NOTHING;
    return;
  }
  const parsed = parseLine(bytes);
  if ("verdict" in parsed) {
    frame.kind[line] = DEAD;
    frame.verdicts.set(line, parsed.verdict);
    return;
  }
  fill(frame, line, parsed.line, names);
}

function fill(frame: Frame, line: number, tick: TickLine, names: Names): void {
  if (tick.type !== "trade" && tick.type !== "quote") {
    frame.kind[line] = OTHER;
    frame.objects.set(line, tick);
    return;
  }
  frame.symbol[line] = names.symbols.get(tick.symbol);
  frame.channel[line] = names.channels.get(tick.channel);
  frame.time[line] = tick.time;
  frame.receivedTime[line] = tick.receivedTime;
  if (tick.type === "trade") fillTrade(frame, line, tick, names);
  else fillQuote(frame, line, tick);
  const isKnown = (frame.symbol[line] ?? -1) >= 0 && (frame.channel[line] ?? -1) >= 0 && (frame.space[line] ?? -1) >= 0;
  const hasId = tick.type === "quote" || tick.id !== undefined;
  if (!isKnown || !hasId) frame.objects.set(line, tick);
}

export function fillTrade(frame: Frame, line: number, trade: Trade, names: Names): void {
  frame.kind[line] = TRADE;
  frame.price[line] = trade.price;
  frame.size[line] = trade.size;
  // Without one its slot gives it a number, if it is not known already.
  frame.id[line] = trade.id ?? 0;
  frame.side[line] = trade.side === undefined ? 0 : trade.side === "buy" ? 1 : 2;
  frame.space[line] = names.spaces.get(spaceName(trade));
  frame.venue[line] = trade.venue === undefined ? 0 : names.venues.couponOf(trade.venue);
  if (trade.conditions && trade.conditions.length > 0) frame.conditions.set(line, JSON.stringify(trade.conditions));
}

function fillQuote(frame: Frame, line: number, quote: Quote): void {
  frame.kind[line] = QUOTE;
  frame.price[line] = quote.bid;
  frame.size[line] = quote.bidSize;
  frame.ask[line] = quote.ask;
  frame.askSize[line] = quote.askSize;
  frame.space[line] = 0;
}

/** The id space of trades without ids, in which their slot numbers them. No trade can name it: it is too long for one. */
export const CONTENT_SPACE = '"numbered in the order of the log"';

/** How the id space of a trade is called in tables and slots: trades without one share the first, unnamed. */
export function spaceName({ id, idSpace }: Pick<Trade, "id" | "idSpace">): string {
  return id === undefined ? CONTENT_SPACE : (idSpace ?? "");
}
