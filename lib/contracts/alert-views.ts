import type { AlertRule, RuleFirings, UnreadRule } from "./alerts.ts";
import type { Interval } from "../domain/interval.ts";

/** An alert rule in the list of all, with what became of it. */
export interface AlertRow {
  rule: AlertRule;
  version: string;
  /** `done`: it fires once, and has. */
  status: "watching" | "paused" | "expired" | "done";
  firings: RuleFirings | null;
}

/** Every alert, the newest first; whose they are is told to who is signed in. */
export interface AlertList {
  rows: AlertRow[];
  /** Rules that are stored but cannot be read: they watch for nothing. */
  unread: readonly UnreadRule[];
}

/** How often a rule would have fired over what is stored. */
export interface AlertPreview {
  count: number;
  /** The newest of them, oldest first. */
  newest: { time: number; price: number; start: number }[];
  /** The bars that were looked at: so many, of this interval, the oldest and the newest. */
  interval: Interval;
  bars: number;
  from: number | null;
  to: number | null;
}
