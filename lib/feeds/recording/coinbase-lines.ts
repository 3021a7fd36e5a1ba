import { TapedeckError } from "../../errors.ts";
import { parseCoinbaseFrame } from "../coinbase/parse-frame.ts";
import { coinbaseTick } from "../coinbase/coinbase-tick.ts";
import type { LineReader, RecordedTick } from "./recording.ts";
import type { RecordedSymbols } from "./recorded-symbol.ts";

const RECEIVED = /^(\d{9,10}(?:\.\d+)?): /;
/** What the recorder did and sent: `wss://… <-> ‹s›`, `wss://… <- ‹s›: ‹frame›`. */
const SENT = /^\S+ <->? \d/;

/** Lines `‹recorder's clock in s›: ‹frame›` as cryptofeed writes them; what it sent itself is passed over. */
export function coinbaseLines(symbols: RecordedSymbols): LineReader {
  const read = (line: string): RecordedTick[] => {
    const clock = RECEIVED.exec(line)?.[1];
    if (clock === undefined) {
      if (SENT.test(line)) return [];
      throw new TapedeckError("BAD_INPUT", "the line does not begin with a time in s and a colon");
    }
    const message = parseCoinbaseFrame(line.slice(clock.length + 2));
    if (message.type !== "trade" && message.type !== "quote") return [];
    return [
      { receivedTime: Math.round(Number(clock) * 1e6), tick: coinbaseTick(message, symbols.of(message.product)) },
    ];
  };
  return { begin: () => undefined, read };
}
