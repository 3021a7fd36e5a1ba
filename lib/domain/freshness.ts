import type { Micros } from "./interval.ts";

/**
 * How old what is shown is. `waiting`: no tick has ever come. `disabled`: nobody collects it.
 * The words on the screen are the badge's, not these.
 */
export type FreshnessState = "live" | "delayed" | "stale" | "halted" | "closed" | "waiting" | "disabled" | "recorded";

export interface FreshnessInput {
  /** The server's clock, microseconds: the browser's own, corrected by the measured offset. */
  now: Micros;
  /** Event time of the newest trade or quote; null before the first. */
  time: Micros | null;
  /** Event time up to which the source has proved that nothing is missing; null when there was no proof. */
  watermark?: Micros | null;
  /** Silence beyond this is stale, microseconds. */
  silence: Micros;
  /** By how much the source is late by design, microseconds. */
  delay?: Micros;
  enabled?: boolean;
  recorded?: boolean;
  sessionOpen?: boolean;
  /** As far as its source has told; what it told long ago says nothing of now. */
  halted?: boolean;
}

export interface Freshness {
  state: FreshnessState;
  /** Microseconds beyond what the source's own delay explains, never negative; null where there is nothing to date. */
  age: Micros | null;
}

/**
 * Judges by event time, never by when a message arrived. A proof of completeness counts like a tick: the last price is then
 * still the newest there is. So a halt, in which nothing comes but proofs, is not stale; without them nobody knows whether it still lasts.
 * Outside the session nothing is ever stale.
 */
export function freshness(input: FreshnessInput): Freshness {
  const { now, time, silence } = input;
  if (input.recorded === true) return { state: "recorded", age: null };
  const newest = time === null ? null : Math.max(time, input.watermark ?? time);
  const delay = input.delay ?? 0;
  const age = newest === null ? null : Math.max(0, now - newest - delay);
  if (input.enabled === false) return { state: "disabled", age };
  if (age === null) return { state: "waiting", age };
  if (input.sessionOpen === false) return { state: "closed", age };
  if (age > silence) return { state: "stale", age };
  if (input.halted === true) return { state: "halted", age };
  return { state: delay > 0 ? "delayed" : "live", age };
}
