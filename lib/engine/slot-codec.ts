import type { Interval } from "../domain/interval.ts";
import { IntervalSet, type IntervalSetState } from "./interval-set.ts";
import { INTERVAL_COUNT, intervalIndex, intervalName, LENGTHS } from "./intervals.ts";
import type { Slot } from "./slot.ts";
import type { State } from "./state.ts";
import { ASK, BID, DOUBTFUL, QUOTE_TIME, SPREAD_MAX, SPREAD_MIN, START, TRADES } from "./window-arena.ts";

interface QuotedWindow {
  interval: Interval;
  start: number;
  time: number;
  bid: number;
  ask: number;
  spreadMin: number;
  spreadMax: number;
  doubtful: boolean;
}

interface StoredWindow {
  interval: Interval;
  start: number;
}

/** `SlotDocument.state`. JSON has no infinities: null stands for what was never set. */
interface SlotState {
  channel: string | null;
  floor: number | null;
  frozen: boolean;
  sealFloor: (number | null)[];
  completeFrom: number | null;
  ids: ({ space: string } & IntervalSetState)[];
  /** Its unsealed windows: those that are bars are documents of their own, those that have only quotes are here. */
  windows: StoredWindow[];
  quoted: QuotedWindow[];
  trade: { time: number; id: number; price: number; size: number; side: number } | null;
  quote: { time: number; bid: number; bidSize: number; ask: number; askSize: number } | null;
  newest: { time: number; receivedTime: number; offset: number; line: number } | null;
}

/** Everything of a slot but its bars, as JSON; going on from it is going on from the original. */
export function encodeSlot(state: State, slot: Slot): string {
  const spaces = state.names.spaces.names;
  const encoded: SlotState = {
    channel: slot.channel?.name ?? null,
    floor: finite(slot.floor),
    frozen: slot.frozen,
    sealFloor: Array.from(slot.sealFloor, finite),
    completeFrom: finite(slot.completeFrom),
    ids: slot.ids.flatMap((ids, space) => (ids ? { space: spaces[space] ?? "", ...ids.state() } : [])),
    ...unsealedWindows(state, slot),
    trade:
      slot.tradeTime < 0
        ? null
        : { time: slot.tradeTime, id: slot.tradeId, price: slot.price, size: slot.size, side: slot.side },
    quote:
      slot.quoteTime < 0
        ? null
        : { time: slot.quoteTime, bid: slot.bid, bidSize: slot.bidSize, ask: slot.ask, askSize: slot.askSize },
    newest:
      slot.newestTime < 0
        ? null
        : {
            time: slot.newestTime,
            receivedTime: slot.newestReceivedTime,
            offset: slot.changeOffset,
            line: slot.changeLine,
          },
  };
  return JSON.stringify(encoded);
}

/**
 * Restores a slot of `position`, and its windows that have only quotes. Gives all its unsealed windows: what the store has of them is
 * as new as the slot or newer, also of those that had only quotes.
 */
export function restoreSlot(state: State, slot: Slot, position: number, text: string): StoredWindow[] {
  const encoded = JSON.parse(text) as SlotState; // written by encodeSlot of the same logic number
  slot.gate = position;
  if (encoded.channel !== null) slot.moveTo(state.channelOf(encoded.channel));
  slot.floor = encoded.floor ?? -Infinity;
  slot.frozen = encoded.frozen;
  for (const [interval, time] of encoded.sealFloor.entries()) slot.sealFloor[interval] = time ?? -Infinity;
  slot.completeFrom = encoded.completeFrom ?? Number.NaN;
  for (const { space, ...ids } of encoded.ids) slot.ids[state.names.spaces.add(space)] = IntervalSet.restore(ids);
  for (const quoted of encoded.quoted) restoreQuoted(state, slot, quoted);
  if (encoded.trade) {
    const { time, ...rest } = encoded.trade;
    Object.assign(slot, { tradeTime: time, tradeId: rest.id, price: rest.price, size: rest.size, side: rest.side });
  }
  if (encoded.quote) {
    const { time, ...rest } = encoded.quote;
    Object.assign(slot, { quoteTime: time, ...rest });
  }
  if (encoded.newest) {
    slot.newestTime = encoded.newest.time;
    slot.newestReceivedTime = encoded.newest.receivedTime;
    slot.changeOffset = encoded.newest.offset;
    slot.changeLine = encoded.newest.line;
  }
  // Whatever is due is found at the next proof.
  slot.due = -Infinity;
  return [...encoded.windows, ...encoded.quoted.map(({ interval, start }) => ({ interval, start }))];
}

function unsealedWindows(state: State, slot: Slot): Pick<SlotState, "windows" | "quoted"> {
  const { arena } = state;
  const windows: StoredWindow[] = [];
  const quoted: QuotedWindow[] = [];
  const watermark = slot.watermark;
  for (let interval = 0; interval < INTERVAL_COUNT; interval++) {
    const name = intervalName(interval);
    const sealed = slot.sealedUntil(interval, watermark) - (LENGTHS[interval] ?? 0);
    let window = arena.heads[slot.number * INTERVAL_COUNT + interval] ?? -1;
    for (; window >= 0 && arena.get(window, START) > sealed; window = arena.older[window] ?? -1) {
      const start = arena.get(window, START);
      if (arena.get(window, TRADES) > 0) windows.push({ interval: name, start });
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
        });
    }
  }
  return { windows, quoted };
}

function restoreQuoted(state: State, slot: Slot, quoted: QuotedWindow): void {
  const { arena } = state;
  const window = arena.create(slot.number, intervalIndex(quoted.interval), quoted.start);
  arena.put(window, QUOTE_TIME, quoted.time);
  arena.put(window, BID, quoted.bid);
  arena.put(window, ASK, quoted.ask);
  arena.put(window, SPREAD_MIN, quoted.spreadMin);
  arena.put(window, SPREAD_MAX, quoted.spreadMax);
  if (quoted.doubtful) arena.set(window, DOUBTFUL);
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
