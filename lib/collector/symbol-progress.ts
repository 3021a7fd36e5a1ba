import type { Ticker } from "../contracts/tickers.ts";
import { SECOND, type Micros } from "../domain/interval.ts";
import { TradeRun } from "./trade-run.ts";

/** Where the filling of a gap begins: behind a trade id where one is known, else at a time. */
export interface ResumePoint {
  afterId: number | null;
  from: Micros;
}

/** What a source rounds times to, and more: trades that are fetched twice are dropped by id. */
const OVERLAP: Micros = SECOND;

/** What one symbol of a channel has in the log. */
export interface SymbolProgress {
  ticker: Ticker;
  run: TradeRun;
  /** Its `ready` of the present configuration is not written yet. */
  frozen: boolean;
  /** The log has every trade up to this event time, or all that were to be had; null where nothing is known. */
  known: Micros | null;
  /** The run continues what `known` says without a gap between. */
  joined: boolean;
  /** Something is missing for good before this event time, and no `ready` has told of it yet. */
  lostUntil: Micros | null;
}

/** `known` is the symbol's watermark as the engine last published it. */
export function newProgress(ticker: Ticker, known: Micros | null): SymbolProgress {
  return { ticker, run: new TradeRun(), frozen: true, known, joined: false, lostUntil: null };
}

/** Null for a symbol of which the log has nothing: there is no gap to fill. */
export function resumePoint({ run, joined, known }: SymbolProgress): ResumePoint | null {
  const [gap] = run.gaps;
  if (joined && gap) return { afterId: gap.after, from: gap.from };
  if (joined && run.last) return { afterId: run.last.id, from: run.last.time };
  return known === null ? null : { afterId: null, from: Math.max(0, known - OVERLAP) };
}
