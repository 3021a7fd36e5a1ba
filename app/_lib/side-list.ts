import type { ActiveView, Correlations } from "#lib/contracts/views.ts";
import { DASH, quantity, short } from "./format.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** What the list beside the watchlist shows. */
export const SIDE_LISTS = ["movers", "traded", "active", "unusual", "together"] as const;
export type SideList = (typeof SIDE_LISTS)[number];

/** Anything that is not understood is the movers. */
export function parseSideList(text: string | null): SideList {
  return SIDE_LISTS.find((list) => list === text) ?? "movers";
}

/** The middle of a bounded sum. */
export function middle({ lower, upper }: { lower: number; upper: number }): number {
  return (lower + upper) / 2;
}

/** What an activity list counts, and how far it can be off. */
export function activeFacts(
  zone: ZoneClock,
  { from, to, error, leftOut }: Pick<ActiveView, "from" | "to" | "error" | "leftOut">,
): string {
  if (from === null || to === null) return "";
  const bound = error === 0 ? "exact" : `each at most ± ${short(error / 2)}`;
  const missing = leftOut === 0 ? "" : `, ${quantity(leftOut)} bars left out`;
  return `${zone.minuteTime(from)} to ${zone.secondTime(to)} ${zone.name(to)}, ${bound}${missing}`;
}

/** `2.1/s`, `14/s`; a dash where nothing has traded of late. */
export function rateWords(rate: number): string {
  if (rate < 0.005) return DASH;
  return `${rate.toFixed(rate >= 9.95 ? 0 : rate >= 0.995 ? 1 : 2)}/s`;
}

export interface Pair {
  minutes: number;
  correlation: number | null;
}

/** Of fewer minutes a correlation says nothing. */
export const LEAST_MINUTES = 30;

/** The pair of two places of the list; null of one with itself. */
export function pairLookup({ pairs }: Pick<Correlations, "pairs">): (a: number, b: number) => Pair | null {
  const found = new Map(pairs.map((pair) => [`${pair.a} ${pair.b}`, pair]));
  return (a, b) => found.get(a > b ? `${a} ${b}` : `${b} ${a}`) ?? null;
}

/** `0.73`, `−0.04`; a dash where it is not known, or of too few minutes to mean anything. */
export function correlationText(pair: Pair | null): string {
  if (!pair || pair.correlation === null || pair.minutes < LEAST_MINUTES) return DASH;
  return pair.correlation
    .toFixed(2)
    .replace(/^-0\.00$/, "0.00")
    .replace("-", "\u2212");
}

/** From 0 to 5: how strongly two move together, or against each other. */
export function strength(pair: Pair | null): number {
  if (!pair || pair.correlation === null || pair.minutes < LEAST_MINUTES) return 0;
  return Math.min(5, Math.floor(Math.abs(pair.correlation) * 5 + 0.5));
}
