import type { Micros } from "./interval.ts";

/** A stretch of time in which a symbol did not trade; `to` is null while it lasts. */
export interface Halt {
  from: Micros;
  to: Micros | null;
  reason: string | null;
}

/** What a source says of a symbol: in which state it was at `time`. */
export interface Told {
  time: Micros;
  receivedTime: Micros;
  state: "trading" | "halted";
  reason: string | null;
}

/** Whether a symbol trades, as far as was told. */
export interface Trading {
  /** Of the newest that was told. */
  time: Micros;
  receivedTime: Micros;
  /** The newest halts, oldest first; only the last may last. */
  halts: readonly Halt[];
}

/** The most halts that are remembered of a symbol; beyond it the oldest is forgotten. */
export const MOST_HALTS = 64;

/** The halt that lasts, if one does. */
export function presentHalt(trading: Trading | null): Halt | null {
  const last = trading?.halts.at(-1);
  return last?.to === null ? last : null;
}

/**
 * What is known after something more was told; null where that is nothing new. The newest by event time counts, and of two at the same time
 * the halt, so that the present state does not depend on how often or in which order it is told. The halts of the past do: one that is told
 * of only after something newer is none of them. Who is told of a halt twice knows it since the first time, and by the last reason that was given: connecting again begins no second halt.
 * Trades end no halt, whatever their time: some are reported late, and some are printed while nothing else trades. Only word of trading does,
 * as with the trading actions of the consolidated tapes (UTP: H, P and Q until T) and the reopening after a pause of the Limit Up-Limit Down plan.
 */
export function toldOf(known: Trading | null, told: Told): Trading | null {
  const { time, receivedTime, state, reason } = told;
  const halt = presentHalt(known);
  if (known && (time < known.time || (time === known.time && (state === "trading" || halt !== null)))) return null;
  const halts = [...(known?.halts ?? [])];
  if (halt) halts.pop();
  if (halt && state === "trading") halts.push({ ...halt, to: time });
  else if (halt) halts.push({ ...halt, reason: reason ?? halt.reason });
  else if (state === "halted") halts.push({ from: time, to: null, reason });
  return { time, receivedTime, halts: halts.slice(-MOST_HALTS) };
}
