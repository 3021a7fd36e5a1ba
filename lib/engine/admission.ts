import { FULL } from "../domain/eligibility/eligibility.ts";
import type { Channel } from "./channels.ts";
import { contentOf } from "./content-set.ts";
import type { Frame } from "./frame.ts";
import { SECOND } from "../domain/interval.ts";
import type { Slot } from "./slot.ts";
import { WATERMARK } from "./slot-rows.ts";
import type { State } from "./state.ts";

/** The number of CONTENT_SPACE: every state names it second. */
export const CONTENT = 1;

/** What its conditions allow a trade to do. */
export function eligibleOf(state: State, frame: Frame, slot: number, line: number): number {
  const conditions = frame.conditions.get(line);
  const channel = state.channels[frame.channel[line] ?? 0];
  const own = state.slots[slot];
  return channel && own ? eligibleIn(channel, own, frame.time[line] ?? 0, conditions) : FULL;
}

/** The same for a trade of a channel, by its time and its conditions as JSON. */
export function eligibleIn(channel: Channel, slot: Slot, time: number, conditions: string | undefined): number {
  if (conditions === undefined || channel.profile === "all") return FULL;
  return channel.eligible(conditions, slot.calendar.windowOf(0, time).session !== "regular");
}

/** Whether a trade was seen before. */
export function isKnown(state: State, frame: Frame, number: number, line: number): boolean {
  const slot = state.slots[number];
  const trade = frame.objects.get(line);
  const space = frame.space[line] ?? 0;
  if (space !== CONTENT) return slot?.ids(space)?.has(frame.id[line] ?? 0) === true;
  return trade?.type === "trade" && slot?.contents?.has(trade.time, contentOf(trade)) === true;
}

/** Why a trade can change no bar any more, null when it can. */
export function tooOld(state: State, frame: Frame, slot: number, line: number): string | null {
  const time = frame.time[line] ?? 0;
  const horizon = state.channels[frame.channel[line] ?? 0]?.correctionHorizon ?? 0;
  if (time < state.rows.get(slot, WATERMARK) - horizon) return "behind the correction horizon";
  return isBeforeEpoch(state, time) ? "before the beginning of this epoch" : null;
}

/** Whether this epoch writes no window at this time. */
export function isBeforeEpoch({ identity: { from } }: State, time: number): boolean {
  return from > 0 && time - (time % SECOND) < from;
}
