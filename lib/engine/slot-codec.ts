import type { Trading } from "../domain/halts.ts";
import { type Interval, INTERVALS } from "../domain/interval.ts";
import { ContentSet, type ContentSetState } from "./content-set.ts";
import { HeldPrints, type HeldPrintsState } from "./held-prints.ts";
import type { IntervalSetState } from "./interval-set.ts";
import { INTERVAL_COUNT, intervalIndex, intervalName } from "./intervals.ts";
import {
  ASK as SLOT_ASK,
  ASK_SIZE,
  BID as SLOT_BID,
  BID_SIZE,
  CHANGE_LINE,
  CHANGE_OFFSET,
  NEWEST_RECEIVED,
  NEWEST_TIME,
  PRICE,
  QUOTE_TIME as SLOT_QUOTE_TIME,
  SIDE,
  SIZE,
  SPREAD_SECOND,
  TRADE_ID,
  TRADE_TIME,
} from "./slot-rows.ts";
import type { CalendarChange } from "./slot-calendar.ts";
import { encodeSketches, restoreSketches } from "./sketch-codec.ts";
import type { Slot } from "./slot.ts";
import type { State } from "./state.ts";
import { ASK, BID, DOUBTFUL, QUOTE_TIME, SPREAD_MAX, SPREAD_MIN, START } from "./window-arena.ts";

interface QuotedWindow {
  interval: Interval;
  start: number;
  time: number;
  bid: number;
  ask: number;
  spreadMin: number;
  spreadMax: number;
  doubtful: boolean;
  /** Its sampled spreads; null where its interval keeps none. */
  sketch: string | null;
}

interface StoredWindow {
  interval: Interval;
  start: number;
}

/** `SlotDocument.state`. JSON has no infinities: null stands for what was never set. */
interface SlotState {
  channel: string | null;
  calendars: CalendarChange[];
  floor: number | null;
  frozen: boolean;
  sealFloor: (number | null)[];
  completeFrom: number | null;
  ids: ({ space: string } & IntervalSetState)[];
  /** Absent where every trade had an id. */
  contents?: ContentSetState;
  /** Absent where no print was ever guarded. */
  prints?: HeldPrintsState;
  /** Absent where nothing was said of whether it trades. */
  trading?: Trading;
  /** Its unsealed windows: those that are bars are documents of their own, those that have only quotes are here. */
  windows: StoredWindow[];
  quoted: QuotedWindow[];
  trade: { time: number; id: number; price: number; size: number; side: number } | null;
  quote: { time: number; bid: number; bidSize: number; ask: number; askSize: number } | null;
  newest: { time: number; receivedTime: number; offset: number; line: number } | null;
  spreadSecond: number;
}

/** Everything of a slot but its bars, as JSON; going on from it is going on from the original. */
export function encodeSlot(state: State, slot: Slot): string {
  const { rows, names } = state;
  const of = (field: number): number => rows.get(slot.number, field);
  const encoded: SlotState = {
    channel: slot.channel?.name ?? null,
    calendars: slot.calendar.changes,
    floor: finite(slot.floor),
    frozen: slot.frozen,
    sealFloor: INTERVALS.map((_, interval) => finite(slot.sealFloor(interval))),
    completeFrom: finite(slot.completeFrom),
    ids: Array.from(slot.idStates(), ({ space, ...ids }) => ({ space: names.spaces.names[space] ?? "", ...ids })),
    ...(slot.contents && { contents: slot.contents.state() }),
    ...(slot.prints && { prints: slot.prints.state() }),
    ...(slot.trading && { trading: slot.trading }),
    ...unsealedWindows(state, slot),
    trade:
      of(TRADE_TIME) < 0
        ? null
        : {
            time: of(TRADE_TIME),
            id: of(TRADE_ID),
            price: of(PRICE),
            size: of(SIZE),
            side: rows.word(slot.number, SIDE),
          },
    quote:
      of(SLOT_QUOTE_TIME) < 0
        ? null
        : {
            time: of(SLOT_QUOTE_TIME),
            bid: of(SLOT_BID),
            bidSize: of(BID_SIZE),
            ask: of(SLOT_ASK),
            askSize: of(ASK_SIZE),
          },
    newest:
      of(NEWEST_TIME) < 0
        ? null
        : {
            time: of(NEWEST_TIME),
            receivedTime: of(NEWEST_RECEIVED),
            offset: of(CHANGE_OFFSET),
            line: rows.word(slot.number, CHANGE_LINE),
          },
    spreadSecond: of(SPREAD_SECOND),
  };
  return JSON.stringify(encoded);
}

/**
 * Restores a slot of `position`, and its windows that have only quotes. Gives all its unsealed windows: what the store has of them is
 * as new as the slot or newer, also of those that had only quotes.
 */
export function restoreSlot(state: State, slot: Slot, position: number, text: string): StoredWindow[] {
  const encoded = JSON.parse(text) as SlotState; // written by encodeSlot of the same logic number
  if (encoded.channel !== null) slot.moveTo(state.channelOf(encoded.channel));
  slot.calendar.restore(encoded.calendars);
  slot.floor = encoded.floor ?? -Infinity;
  slot.frozen = encoded.frozen;
  for (const [interval, time] of encoded.sealFloor.entries()) slot.setSealFloor(interval, time ?? -Infinity);
  slot.completeFrom = encoded.completeFrom ?? Number.NaN;
  for (const { space, ...ids } of encoded.ids) slot.restoreIds(state.names.spaces.add(space), ids);
  if (encoded.prints) slot.prints = HeldPrints.restore(encoded.prints);
  slot.trading = encoded.trading ?? null;
  if (encoded.contents) slot.contents = ContentSet.restore(encoded.contents);
  for (const quoted of encoded.quoted) restoreQuoted(state, slot, quoted);
  restoreTicks(state, slot.number, encoded);
  state.rows.put(slot.number, SPREAD_SECOND, encoded.spreadSecond);
  slot.resume(position);
  return [...encoded.windows, ...encoded.quoted.map(({ interval, start }) => ({ interval, start }))];
}

function restoreTicks({ rows }: State, slot: number, { trade, quote, newest }: SlotState): void {
  if (trade) {
    rows.put(slot, TRADE_TIME, trade.time);
    rows.put(slot, TRADE_ID, trade.id);
    rows.put(slot, PRICE, trade.price);
    rows.put(slot, SIZE, trade.size);
    rows.putWord(slot, SIDE, trade.side);
  }
  if (quote) {
    rows.put(slot, SLOT_QUOTE_TIME, quote.time);
    rows.put(slot, SLOT_BID, quote.bid);
    rows.put(slot, BID_SIZE, quote.bidSize);
    rows.put(slot, SLOT_ASK, quote.ask);
    rows.put(slot, ASK_SIZE, quote.askSize);
  }
  if (newest) {
    rows.put(slot, NEWEST_TIME, newest.time);
    rows.put(slot, NEWEST_RECEIVED, newest.receivedTime);
    rows.put(slot, CHANGE_OFFSET, newest.offset);
    rows.putWord(slot, CHANGE_LINE, newest.line);
  }
}

function unsealedWindows(state: State, slot: Slot): Pick<SlotState, "windows" | "quoted"> {
  const { arena } = state;
  const windows: StoredWindow[] = [];
  const quoted: QuotedWindow[] = [];
  const watermark = slot.watermark;
  for (let interval = 0; interval < INTERVAL_COUNT; interval++) {
    const name = intervalName(interval);
    const sealed = slot.sealedUntil(interval, watermark);
    let window = arena.newest(slot.number, interval);
    for (; window >= 0 && arena.end(window) > sealed; window = arena.older(window)) {
      const start = arena.get(window, START);
      if (arena.isBar(window)) windows.push({ interval: name, start });
      else
        quoted.push({
          interval: name,
          start,
          time: arena.get(window, QUOTE_TIME),
          bid: arena.get(window, BID),
          ask: arena.get(window, ASK),
          spreadMin: arena.get(window, SPREAD_MIN),
          spreadMax: arena.get(window, SPREAD_MAX),
          doubtful: arena.has(window, DOUBTFUL),
          sketch: encodeSketches(state, window).sketch,
        });
    }
  }
  return { windows, quoted };
}

function restoreQuoted(state: State, slot: Slot, quoted: QuotedWindow): void {
  const { arena } = state;
  const interval = intervalIndex(quoted.interval);
  const window = state.createWindow(slot.number, interval, slot.calendar.windowOf(interval, quoted.start));
  arena.put(window, QUOTE_TIME, quoted.time);
  arena.put(window, BID, quoted.bid);
  arena.put(window, ASK, quoted.ask);
  arena.put(window, SPREAD_MIN, quoted.spreadMin);
  arena.put(window, SPREAD_MAX, quoted.spreadMax);
  if (quoted.doubtful) arena.set(window, DOUBTFUL);
  restoreSketches(arena, window, { sketch: quoted.sketch, profile: null });
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
