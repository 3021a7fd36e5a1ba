import type { BarLine } from "#lib/contracts/bars.ts";
import type { TickLine } from "#lib/contracts/ticks.ts";
import type { Micros } from "#lib/domain/interval.ts";
import { batchBars } from "#test/support/batch-bars.ts";
import { recordsOf } from "../generate-log.ts";
import type { CollectorMutation } from "../mutation.ts";
import { referenceOf } from "../reference.ts";
import { Collecting } from "./collecting.ts";
import type { CollectStep } from "./steps.ts";

/** The log of a channel, and what is wrong with what it says of the market; null where nothing is. */
export interface Collected {
  log: string[][];
  wrong: string | null;
}

/** Lets the real collector write a log under these steps, then compares its bars with what the exchange traded. */
export async function collect(steps: readonly CollectStep[], mutation: CollectorMutation = {}): Promise<Collected> {
  const collecting = new Collecting(mutation);
  try {
    for (const step of steps) await collecting.take(step);
    const restless = await collecting.comeToRest();
    return { log: collecting.log, wrong: restless ?? flawOf(collecting) };
  } finally {
    await collecting.end();
  }
}

const FIELDS = ["open", "high", "low", "close", "trades"] as const;

/** What older configurations had proved when one names a symbol that the one before did not: it counts for that symbol, too, though they knew nothing of it. */
function inherited(log: readonly (readonly string[])[], symbol: string): Micros {
  let config = { n: 0, isNamed: false };
  let proved = -Infinity;
  let most = -Infinity;
  for (const text of log.flat()) {
    const line = JSON.parse(text) as TickLine;
    if (line.type === "heartbeat" && line.config === config.n) proved = Math.max(proved, line.time);
    if (line.type !== "config" || line.n <= config.n) continue;
    const isNamed = line.symbols.includes(symbol);
    if (isNamed && !config.isNamed) most = proved;
    config = { n: line.n, isNamed };
  }
  return most;
}

/**
 * Where the bars that the log gives differ from what the exchange traded. A bar that is complete, or of a symbol that is complete by then, is
 * exact and was never corrected; from then on every bar is there, and every one that ended before its watermark is final.
 */
function flawOf({ log, exchange, word }: Collecting): string | null {
  const { published } = referenceOf(recordsOf(log), 1, 0);
  const told = new Map([...published].map(([id, text]) => [id, JSON.parse(text) as BarLine]));
  const traded = batchBars([...exchange.trades.values()].flat());
  for (const [id, bar] of told) {
    const real = traded.get(id);
    if (!real) return `${id} was never traded`;
    if (!bar.complete && !(bar.start >= word.completeFrom(bar.symbol))) continue;
    const wrong = FIELDS.find((field) => bar[field] !== real[field]);
    if (wrong) return `${wrong} of ${id} is ${bar[wrong]}, and on the exchange it was ${real[wrong]}`;
    if (!(Math.abs(bar.volume - real.volume) < 1e-9)) return `the volume of ${id} is ${bar.volume}, not ${real.volume}`;
    if (bar.revision > 0 && bar.end > inherited(log, bar.symbol))
      return `${id} was closed before it was whole: its revision is ${bar.revision}`;
  }
  for (const [id, { symbol, start }] of traded) {
    if (!(start >= word.completeFrom(symbol))) continue;
    const bar = told.get(id);
    if (!bar) return `${id} is missing, though ${symbol} is complete from ${word.completeFrom(symbol)} on`;
    if (bar.end <= word.watermark(symbol) && !bar.final) return `${id} lies before the watermark and is not final`;
  }
  return null;
}
