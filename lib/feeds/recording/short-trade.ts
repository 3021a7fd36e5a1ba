import { TapedeckError } from "../../errors.ts";
import { amountOf, priceOf, textOf, wholeOf, type Fields } from "../fields.ts";
import { anyMicros } from "../micros.ts";
import type { RecordedTick } from "./recording.ts";
import type { RecordedSymbols } from "./recorded-symbol.ts";

const MAX_WORD = 16;
const MAX_CONDITIONS = 8;

/**
 * Trades of recordings that need not have ids. The first trade of a symbol decides: either all of its trades have one, or none has and
 * those that say the same are the same.
 */
export class ShortTrades {
  readonly #symbols: RecordedSymbols;
  /** Whether the trades of a symbol have ids. */
  readonly #haveIds = new Map<string, boolean>();

  constructor(symbols: RecordedSymbols) {
    this.#symbols = symbols;
  }

  /** The trade of `{time, symbol, price, size, id?, venue?, conditions?, side?}`. BAD_INPUT. */
  read(fields: Fields): RecordedTick {
    const trade = {
      type: "trade" as const,
      symbol: this.#symbols.of(textOf(fields.symbol, "symbol")),
      time: anyMicros(fields.time),
      price: priceOf(fields.price, "price"),
      size: amountOf(fields.size, "size"),
      ...sideOf(fields.side),
      ...venueOf(fields.venue),
      ...conditionsOf(fields.conditions),
    };
    return { receivedTime: trade.time, tick: { ...trade, ...this.#identity(trade.symbol, fields.id) } };
  }

  #identity(symbol: string, given: unknown): { id?: number } {
    const id = isAbsent(given) ? null : wholeOf(given, "id");
    const haveIds = this.#haveIds.get(symbol) ?? id !== null;
    this.#haveIds.set(symbol, haveIds);
    if (haveIds && id === null) {
      throw new TapedeckError("BAD_INPUT", `id is missing, and earlier trades of ${symbol} have one`);
    }
    if (!haveIds && id !== null) {
      throw new TapedeckError("BAD_INPUT", `there is an id, and earlier trades of ${symbol} have none`);
    }
    return id === null ? {} : { id };
  }
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

function sideOf(side: unknown): { side?: "buy" | "sell" } {
  if (isAbsent(side)) return {};
  if (side === "buy" || side === "sell") return { side };
  throw new TapedeckError("BAD_INPUT", "side is neither buy nor sell");
}

function venueOf(venue: unknown): { venue?: string } {
  return isAbsent(venue) ? {} : { venue: word(venue, "venue") };
}

function conditionsOf(conditions: unknown): { conditions?: string[] } {
  if (isAbsent(conditions)) return {};
  if (!Array.isArray(conditions) || conditions.length > MAX_CONDITIONS) {
    throw new TapedeckError("BAD_INPUT", `conditions is not a list of at most ${MAX_CONDITIONS}`);
  }
  return conditions.length === 0 ? {} : { conditions: conditions.map((each) => word(each, "a condition")) };
}

function word(value: unknown, name: string): string {
  const text = textOf(value, name);
  if (text.length <= MAX_WORD) return text;
  throw new TapedeckError("BAD_INPUT", `${name} is longer than ${MAX_WORD} characters`);
}
