import { type Calendar, nextSession } from "../calendar/calendar.ts";
import { sessionsOf } from "../calendar/day-sessions.ts";
import { DAY, HOUR, type Micros } from "../interval.ts";

/** New shares for old ones: 4 for 1 where a share became four, 1 for 10 where ten became one. */
export interface SplitAction {
  kind: "split";
  /** The first day of trading on the new terms: `2020-08-31`. */
  day: string;
  newShares: number;
  oldShares: number;
}

/** Cash for each share as it is traded on the day. */
export interface DividendAction {
  kind: "dividend";
  /** The first day of trading without it. */
  day: string;
  /** In the ticker's currency. */
  amount: number;
}

export type CorporateAction = SplitAction | DividendAction;

/** Of one ticker. */
export const MOST_ACTIONS = 200;

/** Within the regular session of every calendar's day, half-days too: 11 or 12 o'clock in New York. */
const MIDDAY = 16 * HOUR;

/** Where the ex-day begins: with its first session, of US stocks the pre-market. A date without a session counts as the next that has one. */
export function exTime(calendar: Calendar, day: string): Micros {
  const midday = middayOf(day);
  const segment = calendar.segmentOf(midday);
  const session = segment.session === "regular" ? segment : nextSession(calendar, midday);
  return sessionsOf(calendar, session)[0]?.start ?? session.start;
}

/** The date of the regular session that begins at `start`, as actions name it: in every calendar that of UTC. */
export function dayOf(start: Micros): string {
  return new Date(start / 1_000).toISOString().slice(0, 10);
}

/** Why these cannot be the actions of one ticker, in words for who entered them; null where they can. */
export function refusalOf(actions: readonly CorporateAction[], calendar: Calendar): string | null {
  if (actions.length > MOST_ACTIONS)
    return `At most ${MOST_ACTIONS} splits and dividends; these are ${actions.length}.`;
  const seen = new Set<string>();
  for (const { kind, day } of actions) {
    const midday = middayOf(day);
    if (!(dayOf(midday) === day)) return `${day} is no date.`;
    if (calendar.segmentOf(midday).session !== "regular") return `${day} is no session day of its calendar.`;
    const key = `${kind} ${day}`;
    if (seen.has(key)) return `${day} has two ${kind}s: enter them as one.`;
    seen.add(key);
  }
  return null;
}

/** Oldest first, of one day the split before the dividend. */
export function sortActions(actions: readonly CorporateAction[]): CorporateAction[] {
  return actions.toSorted((a, b) => a.day.localeCompare(b.day) || b.kind.localeCompare(a.kind));
}

/** Of a text that is no date: NaN, of which the day is none. */
function middayOf(day: string): Micros {
  const date = Date.parse(`${day}T00:00:00Z`) * 1_000;
  return Number.isNaN(date) ? -DAY : date + MIDDAY;
}
