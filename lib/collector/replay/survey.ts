import type { Micros } from "../../domain/interval.ts";
import type { RejectedLine } from "../../feeds/recording/recording.ts";
import type { ReadRecording } from "./read-recording.ts";

/** What a recording has of one symbol. */
export interface SymbolSurvey {
  symbol: string;
  ticks: number;
  trades: number;
  first: Micros;
  last: Micros;
  /** Event time of the newest trade; null where there are only quotes. */
  lastTrade: Micros | null;
  /** By how much a tick lies behind the newest before it, at most. */
  disorder: Micros;
  /** Digits behind the decimal point of its prices, at most. */
  decimals: number;
  /** Price times size of all trades. */
  notional: number;
}

export interface Survey {
  symbols: SymbolSurvey[];
  ticks: number;
  /** Over all symbols together. */
  disorder: Micros;
  rejected: number;
  /** How often each reason came, and the first lines of it. */
  reasons: Map<string, { count: number; lines: string[] }>;
}

const LINES_KEPT = 5;
const MOST_DECIMALS = 8;

/** Reads a recording through, sending nothing: what it will say of itself, and how late its ticks come. */
export async function surveyRecording(
  read: ReadRecording,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<Survey> {
  const symbols = new Map<string, SymbolSurvey>();
  const survey: Survey = { symbols: [], ticks: 0, disorder: 0, rejected: 0, reasons: new Map() };
  let newest = -Infinity;
  for await (const { ticks, rejected, progress } of read()) {
    if (signal.aborted) break;
    say(`reading ${progress.file}, ${Math.floor((100 * progress.done) / Math.max(1, progress.total))} % of all files`);
    for (const { tick } of ticks) {
      if (tick.type === "status") continue; // it is no tick, and of a symbol without any it says nothing
      survey.ticks += 1;
      newest = Math.max(newest, tick.time);
      survey.disorder = Math.max(survey.disorder, newest - tick.time);
      let found = symbols.get(tick.symbol);
      if (!found) symbols.set(tick.symbol, (found = emptySurvey(tick.symbol, tick.time)));
      found.ticks += 1;
      found.disorder = Math.max(found.disorder, found.last - tick.time);
      found.first = Math.min(found.first, tick.time);
      found.last = Math.max(found.last, tick.time);
      if (tick.type === "quote") continue;
      found.trades += 1;
      found.lastTrade = Math.max(found.lastTrade ?? 0, tick.time);
      found.notional += tick.price * tick.size;
      if (found.decimals < MOST_DECIMALS) found.decimals = Math.max(found.decimals, decimalsOf(tick.price));
    }
    for (const line of rejected) reject(survey, line);
  }
  survey.symbols = [...symbols.values()].toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1));
  return survey;
}

function emptySurvey(symbol: string, time: Micros): SymbolSurvey {
  return {
    symbol,
    ticks: 0,
    trades: 0,
    first: time,
    last: time,
    lastTrade: null,
    disorder: 0,
    decimals: 0,
    notional: 0,
  };
}

function reject(survey: Survey, { file, line, reason }: RejectedLine): void {
  survey.rejected += 1;
  const found = survey.reasons.get(reason) ?? { count: 0, lines: [] };
  survey.reasons.set(reason, found);
  found.count += 1;
  if (found.lines.length < LINES_KEPT) found.lines.push(`${file}:${line}`);
}

function decimalsOf(price: number): number {
  for (let decimals = 0; decimals < MOST_DECIMALS; decimals += 1) {
    const scaled = price * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * Math.max(1, Math.abs(scaled) * 1e-6)) return decimals;
  }
  return MOST_DECIMALS;
}
