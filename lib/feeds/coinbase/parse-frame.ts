import type { Micros } from "../../domain/interval.ts";
import { TapedeckError } from "../../errors.ts";
import { amountOf, decimalOf, parseFields, priceOf, textOf, wholeOf, type Fields } from "../fields.ts";
import { isoMicros } from "../micros.ts";

/** A message of Coinbase's feed. `time` is Coinbase's own. */
export type CoinbaseMessage =
  | {
      type: "trade";
      product: string;
      time: Micros;
      price: number;
      size: number;
      id: number;
      /** Of the aggressor. */
      side: "buy" | "sell";
      sequence: number;
      /** The last trade before the subscription: it may have been sent before. */
      isLast: boolean;
    }
  | { type: "quote"; product: string; time: Micros; bid: number; bidSize: number; ask: number; askSize: number }
  /** Every trade of the product up to `lastTrade` (0 where it never traded) was made before `time`, and none after it. */
  | { type: "heartbeat"; product: string; time: Micros; lastTrade: number }
  | { type: "subscriptions"; products: string[] }
  | { type: "error"; reason: string }
  /** Of no use to us, or of a kind that we do not know. */
  | { type: "other" };

/** Understands one frame. Throws BAD_INPUT with the reason. */
export function parseCoinbaseFrame(text: string): CoinbaseMessage {
  const frame = parseFields(text);
  switch (textOf(frame.type, "type")) {
    case "match":
    case "last_match":
      return trade(frame);
    case "ticker":
      return quote(frame);
    case "heartbeat":
      return {
        type: "heartbeat",
        product: textOf(frame.product_id, "product_id"),
        time: isoMicros(textOf(frame.time, "time")),
        lastTrade: wholeOf(frame.last_trade_id ?? 0, "last_trade_id"),
      };
    case "subscriptions":
      return { type: "subscriptions", products: subscribed(frame) };
    case "error":
      return {
        type: "error",
        reason: [frame.message, frame.reason].filter((part) => typeof part === "string").join(": "),
      };
    default:
      return { type: "other" };
  }
}

function trade(frame: Fields): CoinbaseMessage {
  return {
    type: "trade",
    product: textOf(frame.product_id, "product_id"),
    time: isoMicros(textOf(frame.time, "time")),
    price: priceOf(frame.price, "price"),
    size: amountOf(frame.size, "size"),
    id: wholeOf(frame.trade_id, "trade_id"),
    side: takerSide(frame.side),
    sequence: wholeOf(frame.sequence, "sequence"),
    isLast: frame.type === "last_match",
  };
}

/** A trade's `side` is the maker's: the aggressor is on the other. BAD_INPUT. */
export function takerSide(maker: unknown): "buy" | "sell" {
  if (maker === "buy") return "sell";
  if (maker === "sell") return "buy";
  throw new TapedeckError("BAD_INPUT", "side is neither buy nor sell");
}

/** Older messages have no sizes (0 here). A side of the book that is empty has price 0: there is no best bid and ask then. */
function quote(frame: Fields): CoinbaseMessage {
  const bid = decimalOf(frame.best_bid, "best_bid");
  const ask = decimalOf(frame.best_ask, "best_ask");
  if (bid <= 0 || ask <= 0) return { type: "other" };
  return {
    type: "quote",
    product: textOf(frame.product_id, "product_id"),
    time: isoMicros(textOf(frame.time, "time")),
    bid,
    bidSize: amountOf(frame.best_bid_size ?? 0, "best_bid_size"),
    ask,
    askSize: amountOf(frame.best_ask_size ?? 0, "best_ask_size"),
  };
}

/** The products whose trades are sent. */
function subscribed(frame: Fields): string[] {
  const channels = Array.isArray(frame.channels) ? (frame.channels as Fields[]) : [];
  return channels.flatMap(({ name, product_ids }) =>
    name === "matches" && Array.isArray(product_ids) ? product_ids.map(String) : [],
  );
}
