import type { Micros } from "../../domain/interval.ts";
import {
  amountOf,
  decimalOf,
  fieldsOf,
  flagOf,
  parseFields,
  priceOf,
  textOf,
  wholeOf,
  type Fields,
} from "../fields.ts";

/** A message of Binance's market streams. `pair` is in capitals, `sent` when Binance sent it. */
export type BinanceMessage =
  | {
      type: "trade";
      pair: string;
      sent: Micros;
      time: Micros;
      price: number;
      size: number;
      id: number;
      /** Of the aggressor. */
      side: "buy" | "sell";
    }
  | { type: "quote"; pair: string; bid: number; bidSize: number; ask: number; askSize: number }
  | { type: "reply"; id: number; error: string | null }
  | { type: "shutdown" }
  /** Of no use to us, or of a kind that we do not know. */
  | { type: "other"; sent: Micros | null };

/** Understands one frame, of a combined stream or of a single one. Throws BAD_INPUT with the reason. */
export function parseBinanceFrame(text: string): BinanceMessage {
  const frame = parseFields(text);
  if ("data" in frame) {
    return event(
      fieldsOf(frame.data, "data"),
      typeof frame.stream === "string" && frame.stream.endsWith("@bookTicker"),
    );
  }
  if ("error" in frame) {
    const error = fieldsOf(frame.error, "error");
    return { type: "reply", id: Number(frame.id ?? 0), error: textOf(error.msg, "msg") };
  }
  if ("result" in frame) return { type: "reply", id: wholeOf(frame.id, "id"), error: null };
  return event(frame, frame.e === undefined && "b" in frame && "a" in frame);
}

function event(data: Fields, isQuote: boolean): BinanceMessage {
  if (isQuote) return quote(data);
  if (data.e === "trade") return trade(data);
  if (data.e === "serverShutdown") return { type: "shutdown" };
  return { type: "other", sent: data.E === undefined ? null : wholeOf(data.E, "E") * 1_000 };
}

function trade(data: Fields): BinanceMessage {
  return {
    type: "trade",
    pair: textOf(data.s, "s"),
    sent: wholeOf(data.E, "E") * 1_000,
    time: wholeOf(data.T, "T") * 1_000,
    price: priceOf(data.p, "p"),
    size: amountOf(data.q, "q"),
    id: wholeOf(data.t, "t"),
    // m: the buyer is the maker, so that the seller took.
    side: flagOf(data.m, "m") ? "sell" : "buy",
  };
}

/** A side of the book that is empty has price 0: there is no best bid and ask then. */
function quote(data: Fields): BinanceMessage {
  const bid = decimalOf(data.b, "b");
  const ask = decimalOf(data.a, "a");
  if (bid <= 0 || ask <= 0) return { type: "other", sent: null };
  return {
    type: "quote",
    pair: textOf(data.s, "s"),
    bid,
    bidSize: amountOf(data.B, "B"),
    ask,
    askSize: amountOf(data.A, "A"),
  };
}
