import type { TickerSymbol } from "../../domain/symbol.ts";
import type { FeedTick } from "../feed.ts";
import type { CoinbaseMessage } from "./parse-frame.ts";

/** The tick of a message, under the symbol that we know its product by. */
export function coinbaseTick(
  message: Extract<CoinbaseMessage, { type: "trade" | "quote" }>,
  symbol: TickerSymbol,
): FeedTick {
  if (message.type === "trade") {
    const { type, time, price, size, id, sequence, side } = message;
    return { type, symbol, time, price, size, id, sequence, side };
  }
  const { type, time, bid, bidSize, ask, askSize } = message;
  return { type, symbol, time, bid, bidSize, ask, askSize };
}
