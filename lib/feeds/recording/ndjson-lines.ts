import { z } from "zod";
import { quoteSchema, statusSchema, tradeSchema } from "../../contracts/ticks.ts";
import { TapedeckError } from "../../errors.ts";
import { parseFields, textOf, type Fields } from "../fields.ts";
import type { LineReader, RecordedTick } from "./recording.ts";
import type { RecordedSymbols } from "./recorded-symbol.ts";
import type { ShortTrades } from "./short-trade.ts";

/** Lines of the log itself that are no ticks; whoever plays the recording writes its own. */
const PASSED_OVER = new Set(["heartbeat", "config", "ready", "bar", "decision"]);

/** Lines that are played. */
const played = z.discriminatedUnion("type", [tradeSchema, quoteSchema, statusSchema]);
const PLAYED: ReadonlySet<string> = new Set(["trade", "quote", "status"]);

/** One object a line: a trade in short, or a line of the topic `ticks`. */
export function ndjsonLines(symbols: RecordedSymbols, trades: ShortTrades): LineReader {
  const read = (line: string): RecordedTick[] => {
    const fields = parseFields(line);
    if (!("type" in fields)) return [trades.read(fields)];
    const type = textOf(fields.type, "type");
    return PASSED_OVER.has(type) ? [] : [logged(fields, type, symbols)];
  };
  return { begin: () => undefined, read };
}

function logged(fields: Fields, type: string, symbols: RecordedSymbols): RecordedTick {
  if (!PLAYED.has(type)) {
    throw new TapedeckError("BAD_INPUT", `${JSON.stringify(type.slice(0, 40))} is not a type of line`);
  }
  const parsed = played.safeParse(fields);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new TapedeckError("BAD_INPUT", `${issue?.path.join(".") ?? type}: ${issue?.message ?? "wrong"}`);
  }
  const { channel: _, receivedTime, ...tick } = parsed.data;
  return { receivedTime, tick: { ...tick, symbol: symbols.of(tick.symbol) } };
}
