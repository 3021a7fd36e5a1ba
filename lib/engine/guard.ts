import type { Trade } from "../contracts/ticks.ts";
import { PRICE_BITS } from "../domain/eligibility/eligibility.ts";
import { bandAround } from "../domain/guard/band.ts";
import type { Frame } from "./frame.ts";
import { MAX_HELD, printKey } from "./held-prints.ts";
import type { State } from "./state.ts";
import type { TradeLine } from "./trades.ts";

/**
 * Whether a trade, whose id is new, stays outside the bars: an operator has rejected it before it came, or its price is far outside the
 * market, and it is held until one decides. Otherwise its price is remembered as one of the market.
 */
export function holdBack(state: State, number: number, frame: Frame, line: number, trade: TradeLine): boolean {
  const slot = state.slots[number];
  if (!slot) return false;
  const space = state.names.spaces.names[trade.space] ?? "";
  const key = printKey(space, trade.id);
  if (slot.prints?.rejected.has(key)) return true;
  const isAccepted = slot.prints?.accepted.delete(key) === true;
  const terms = slot.channel?.guard ?? null;
  if (terms === null || (trade.eligible & PRICE_BITS) === 0) return false;
  const prints = slot.openPrints();
  const recent = prints.recent(terms.prints);
  if (!isAccepted && recent.isFull && prints.held.length < MAX_HELD) {
    const { low, high } = bandAround(recent.median, terms.band);
    if (trade.price < low || trade.price > high) {
      const { id, eligible, offset } = trade;
      prints.held.push({ id, space, eligible, low, high, offset, line, trade: tradeOf(frame, line) });
      return true;
    }
  }
  recent.add(trade.price);
  return false;
}

/** All that the line of a trade says. */
export function tradeOf(frame: Frame, line: number): Trade {
  const named = frame.objects.get(line);
  if (named?.type === "trade") return named;
  // It was read as a trade, so it is the JSON of one.
  return JSON.parse(frame.value.toString("utf8", frame.start[line], frame.end[line])) as Trade;
}
