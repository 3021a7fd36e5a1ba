import { DAILY, INTERVAL_COUNT } from "./intervals.ts";
import { PrintRing } from "./print-ring.ts";
import type { Slot } from "./slot.ts";
import type { State } from "./state.ts";
import { FINAL, HIGH, LOW, NOTIONAL, OPEN, START, TRADES, VOLUME } from "./window-arena.ts";

const SIDES = ["null", '"buy"', '"sell"'];
const NO_DAY =
  '"dayStart":null,"dayOpen":null,"dayHigh":null,"dayLow":null,"dayVolume":null,"dayVwap":null,"dayTrades":null';

/** Rings that no slot needs now: as many as slots have changed within one cadence. */
const spare: PrintRing[] = [];

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

/** A line of the topic `latest` for every symbol that has changed since the last call. */
export function drainLatest(state: State): string[] {
  const lines: string[] = [];
  for (const slot of state.untold) {
    slot.untold = false;
    const { prints } = slot;
    const tail = prints ? `,"prints":${prints.text()},"skipped":${prints.skipped}` : "";
    lines.push(`${latestText(state, slot)}${tail}}`);
    if (prints) {
      prints.clear();
      spare.push(prints);
      slot.prints = null;
    }
  }
  state.untold = [];
  state.counters.latestPublished += lines.length;
  return lines;
}

/** The document of the index `latest` for every symbol that has changed since the last call. */
export function drainLatestDocuments(state: State): { symbol: string; body: string }[] {
  const documents = state.unstored.map((slot) => {
    slot.unstored = false;
    return { symbol: slot.symbol, body: `${latestText(state, slot)}}` };
  });
  state.unstored = [];
  return documents;
}

function latestText(state: State, slot: Slot): string {
  const trade =
    slot.tradeTime < 0
      ? '"price":null,"size":null,"side":null,"tradeTime":null'
      : `"price":${slot.price},"size":${slot.size},"side":${SIDES[slot.side]},"tradeTime":${slot.tradeTime}`;
  const quote =
    slot.quoteTime < 0
      ? '"bid":null,"bidSize":null,"ask":null,"askSize":null'
      : `"bid":${slot.bid},"bidSize":${slot.bidSize},"ask":${slot.ask},"askSize":${slot.askSize}`;
  const watermark = slot.watermark === -Infinity ? null : slot.watermark;
  return (
    `{"symbol":"${slot.symbol}","channel":"${slot.tickChannel?.name ?? ""}","time":${slot.newestTime},` +
    `"receivedTime":${slot.newestReceivedTime},${trade},${quote},${dayText(state, slot)},"watermark":${watermark},` +
    `"epoch":${state.identity.epoch},"offset":${slot.changeOffset},"line":${slot.changeLine}`
  );
}

/** Its newest day, while that is open and has a trade. */
function dayText(state: State, slot: Slot): string {
  const { arena } = state;
  const window = arena.heads[slot.number * INTERVAL_COUNT + DAILY] ?? -1;
  if (window < 0 || arena.get(window, TRADES) === 0 || arena.has(window, FINAL)) return NO_DAY;
  const volume = arena.get(window, VOLUME);
  return (
    `"dayStart":${arena.get(window, START)},"dayOpen":${arena.get(window, OPEN)},"dayHigh":${arena.get(window, HIGH)},` +
    `"dayLow":${arena.get(window, LOW)},"dayVolume":${volume},` +
    `"dayVwap":${volume > 0 ? arena.get(window, NOTIONAL) / volume : null},"dayTrades":${arena.get(window, TRADES)}`
  );
}
