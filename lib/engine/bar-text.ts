import type { Firing } from "../contracts/bars.ts";
import type { Slot } from "./slot.ts";
import {
  ASK,
  BID,
  BUY_VOLUME,
  CHANGE_LINE,
  CHANGE_OFFSET,
  CLOSE,
  CLOSE_TIME,
  COMPLETE,
  FINAL,
  FIRST_LINE,
  FIRST_OFFSET,
  HIGH,
  LAST_LINE,
  LAST_OFFSET,
  LOW,
  NOTIONAL,
  OPEN,
  OPEN_TIME,
  QUOTE_TIME,
  REVISION,
  SPREAD_MAX,
  SPREAD_MIN,
  START,
  TRADES,
  VOLUME,
  WIDTH,
  type WindowArena,
} from "./window-arena.ts";

/**
 * The fields of a bar as JSON without the closing brace: by concatenation, for a bar is made for every few ticks. The shortest form of
 * a double that JavaScript prints reads back as the same double.
 */
export function barText(arena: WindowArena, window: number, slot: Slot, channel: string, partition: number): string {
  const values = arena.values;
  const at = window * WIDTH;
  const flags = arena.flags[window] ?? 0;
  const volume = values[at + VOLUME] ?? 0;
  const vwap = volume > 0 ? (values[at + NOTIONAL] ?? 0) / volume : null;
  const quotes =
    (values[at + QUOTE_TIME] ?? -1) < 0
      ? '"bid":null,"ask":null,"spreadMin":null,"spreadMax":null'
      : `"bid":${values[at + BID]},"ask":${values[at + ASK]},"spreadMin":${values[at + SPREAD_MIN]},"spreadMax":${values[at + SPREAD_MAX]}`;
  return (
    `${slot.heads[arena.interval[window] ?? 0]}${values[at + START]},"open":${values[at + OPEN]},` +
    `"high":${values[at + HIGH]},"low":${values[at + LOW]},"close":${values[at + CLOSE]},"volume":${volume},` +
    `"vwap":${vwap},"trades":${values[at + TRADES]},"buyVolume":${values[at + BUY_VOLUME]},${quotes},` +
    `"final":${(flags & FINAL) !== 0},"complete":${(flags & COMPLETE) !== 0},"revision":${values[at + REVISION]},` +
    `"lineage":{"channel":"${channel}","partition":${partition},"firstOffset":${values[at + FIRST_OFFSET]},` +
    `"firstLine":${values[at + FIRST_LINE]},"lastOffset":${values[at + LAST_OFFSET]},"lastLine":${values[at + LAST_LINE]},` +
    `"firstTime":${values[at + OPEN_TIME]},"lastTime":${values[at + CLOSE_TIME]}}`
  );
}

/** A line of the topic `bars`; its version is where the window last changed. */
export function barLine(fields: string, arena: WindowArena, window: number, epoch: number): string {
  const at = window * WIDTH;
  const firing = firingOf(arena.has(window, FINAL), arena.values[at + REVISION] ?? 0);
  return (
    `${fields},"firing":"${firing}","epoch":${epoch},` +
    `"offset":${arena.values[at + CHANGE_OFFSET]},"line":${arena.values[at + CHANGE_LINE]}}`
  );
}

/** A function of what the bar is, so that publishing it again says the same. */
export function firingOf(final: boolean, revision: number): Firing {
  if (!final) return "early";
  return revision === 0 ? "final" : "late";
}
