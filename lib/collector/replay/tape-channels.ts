import { splitSymbol } from "../../domain/symbol.ts";
import type { Micros } from "../../domain/interval.ts";
import type { Survey, SymbolSurvey } from "./survey.ts";

/** Symbols that are played under one lease. */
export interface TapeChannel {
  channel: string;
  symbols: SymbolSurvey[];
  /** How far a proof stays behind the newest tick. */
  disorder: Micros;
}

/** Up to so many symbols have a channel each. */
const OWN_CHANNELS = 32;
/** Beyond that so many share one: their `config` line stays within what readers accept. */
const SHARED = 250;
const DEFAULT_EXCHANGE = "TAPE";

/** The channels of a recording: `tape-btcusdt`, one a symbol, so that none waits for another; of a large one `tape-‹first›..‹count›`. */
export function tapeChannels({ symbols, disorder }: Survey): TapeChannel[] {
  if (symbols.length <= OWN_CHANNELS) {
    return symbols.map((each) => ({
      channel: `tape-${nameOf(each.symbol)}`,
      symbols: [each],
      disorder: each.disorder,
    }));
  }
  const channels: TapeChannel[] = [];
  for (let at = 0; at < symbols.length; at += SHARED) {
    const members = symbols.slice(at, at + SHARED);
    const first = members[0]?.symbol ?? "";
    channels.push({ channel: `tape-${nameOf(first)}..${members.length}`, symbols: members, disorder });
  }
  return channels;
}

function nameOf(symbol: string): string {
  const { exchange, ticker } = splitSymbol(symbol);
  const name = exchange === DEFAULT_EXCHANGE ? ticker : `${exchange}.${ticker}`;
  return name.toLowerCase().replaceAll("/", "_");
}
