import type { Calendar } from "../calendar/calendar.ts";
import { DAY, type Micros } from "../interval.ts";
import { type CorporateAction, exTime, type SplitAction } from "./action.ts";

/** `raw`: as traded. `split`: in shares of today. `total`: as if each dividend had been invested again on its ex-day. */
export const ADJUSTMENTS = ["raw", "split", "total"] as const;

export type AdjustmentMode = (typeof ADJUSTMENTS)[number];

/** What an action does to the bars that start before its ex-day, besides what later ones do. */
export interface AdjustmentStep {
  action: CorporateAction;
  before: Micros;
  /** By which prices are multiplied; null where it is not known, and not applied: no close before the ex-day is held, or none above the amount. */
  price: number | null;
  /** By which volumes are multiplied. */
  volume: number;
}

/** A regular close as it was traded. */
export interface RawClose {
  start: Micros;
  close: number;
}

/** A close this much older than an ex-day is no longer the one before it. */
export const CLOSE_LOOK_BACK: Micros = 14 * DAY;

/**
 * The steps of a ticker's actions whose ex-day has begun by `now`, oldest first. A split of n for m multiplies prices by m / n and volumes
 * by n / m. A dividend multiplies prices by 1 − amount / close, the close being the last regular one before the ex-day, in shares of that
 * day: the multipliers of the Center for Research in Security Prices as Yahoo states them, https://help.yahoo.com/kb/SLN28256.html.
 * `closes`: as traded, oldest first; read in mode `total` alone.
 */
export function stepsOf(
  actions: readonly CorporateAction[],
  mode: AdjustmentMode,
  { calendar, now, closes }: { calendar: Calendar; now: Micros; closes: readonly RawClose[] },
): AdjustmentStep[] {
  const dated = actions.map((action) => ({ action, before: exTime(calendar, action.day) }));
  const begun = dated.filter(({ before }) => before <= now).toSorted((a, b) => a.before - b.before);
  return begun.map(({ action, before }) => {
    if (mode === "raw") return { action, before, price: 1, volume: 1 };
    if (action.kind === "split") {
      return { action, before, price: splitFactor(action), volume: action.newShares / action.oldShares };
    }
    if (mode === "split") return { action, before, price: 1, volume: 1 };
    const last = closes.findLast(({ start }) => start < before);
    if (!last || before - last.start > CLOSE_LOOK_BACK) return { action, before, price: null, volume: 1 };
    const splits = begun.filter((other) => other.before > last.start && other.before <= before);
    const close = splits.reduce(
      (price, other) => (other.action.kind === "split" ? price * splitFactor(other.action) : price),
      last.close,
    );
    return { action, before, price: action.amount < close ? 1 - action.amount / close : null, volume: 1 };
  });
}

/** By which prices before a split are multiplied. */
export function splitFactor({ newShares, oldShares }: Pick<SplitAction, "newShares" | "oldShares">): number {
  return oldShares / newShares;
}

/** When the next of the actions takes effect; null where none is to come. */
export function nextStep(actions: readonly CorporateAction[], calendar: Calendar, now: Micros): Micros | null {
  const coming = actions.map(({ day }) => exTime(calendar, day)).filter((before) => before > now);
  return coming.length === 0 ? null : Math.min(...coming);
}
