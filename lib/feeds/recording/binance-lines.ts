import type { Micros } from "../../domain/interval.ts";
import { TapedeckError } from "../../errors.ts";
import { parseBinanceFrame } from "../binance/parse-frame.ts";
import type { LineReader, RecordedTick } from "./recording.ts";
import type { RecordedSymbols } from "./recorded-symbol.ts";

const LINE = /^(\d{13,19}) /;

/**
 * Lines `‹recorder's clock in ns› ‹frame›`. Best bid and ask come without event time: theirs is the newest time that Binance itself wrote
 * on a message (of any kind) plus what passed at the recorder since; the recorder's clock alone before the first.
 */
export function binanceLines(symbols: RecordedSymbols): LineReader {
  let offset: Micros = 0;
  const read = (line: string): RecordedTick[] => {
    const clock = LINE.exec(line)?.[1];
    if (clock === undefined) throw new TapedeckError("BAD_INPUT", "the line does not begin with a time in ns");
    const receivedTime = Number(clock.slice(0, -3));
    const message = parseBinanceFrame(line.slice(clock.length + 1));
    if ((message.type === "trade" || message.type === "other") && message.sent !== null) {
      offset = message.sent - receivedTime;
    }
    if (message.type === "trade") {
      const { type, pair, time, price, size, id, side } = message;
      return [{ receivedTime, tick: { type, symbol: symbols.of(pair), time, price, size, id, side } }];
    }
    if (message.type === "quote") {
      const { type, pair, ...sides } = message;
      return [{ receivedTime, tick: { type, symbol: symbols.of(pair), time: receivedTime + offset, ...sides } }];
    }
    return [];
  };
  return { begin: () => (offset = 0), read };
}
