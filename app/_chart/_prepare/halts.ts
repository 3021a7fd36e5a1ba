import type { BarView, HaltsView } from "#lib/contracts/views.ts";
import type { Halted } from "#lib/contracts/latest.ts";
import { parseComposite } from "#lib/domain/composite/name.ts";
import type { Interval, Micros } from "#lib/domain/interval.ts";
import { indexAt } from "../../_lib/bars.ts";
import type { ZoneClock } from "../../_lib/zone-clock.ts";

/** A halt as the chart shows it. */
export type ShownHalt = HaltsView["halts"][number];

/**
 * Where a halt lies among bars: between the one in which the last trades before it are and the one in which the first after it are, by their
 * positions; `after` is null while there is none. Where both are one bar, the halt lies within it.
 */
export interface PlacedHalt {
  halt: ShownHalt;
  before: number;
  after: number | null;
}

/** How soon it is asked again for halts that are not stored as the stream tells of them, ms: the engine stores what it remembers every two seconds. */
export const ASK_SOON = 2_000;
/** How often for those of a composite while one lasts, ms: its quote tells of one leg's halt alone. */
export const ASK_LEGS = 15_000;

/** Whether a stored halt that has no end may last, by the present one as the stream told it last. Of a composite that is the left leg's where both are halted. */
function mayLast(
  { symbol, from }: ShownHalt,
  chart: string,
  present: Halted | null,
  stored: readonly ShownHalt[],
): boolean {
  if (!present || from === present.since) return present !== null;
  const composite = parseComposite(chart);
  return (
    composite?.right === symbol && stored.some((one) => one.symbol === composite.left && isOpenAt(one, present.since))
  );
}

function isOpenAt({ from, to }: ShownHalt, since: Micros): boolean {
  return to === null && from === since;
}

/** What is stored of halts, with the present one as the stream told it last: one that it says is over is not shown until its end is known. */
export function knownHalts(stored: readonly ShownHalt[], symbol: string, present: Halted | null): ShownHalt[] {
  const known = stored.filter((halt) => halt.to !== null || mayLast(halt, symbol, present, stored));
  if (!present || known.some(({ from }) => from === present.since)) return known;
  return [...known, { symbol, from: present.since, to: null, reason: present.reason }];
}

/**
 * In how many ms to ask again for what is stored of a chart's halts; null: not before the stream tells of something else. Soon while that says other than
 * the stream, or lacks the halt of which the stream told last: a short one may be over before it is stored.
 */
export function askAgainIn(
  stored: readonly ShownHalt[],
  symbol: string,
  present: Halted | null,
  told: Micros | null,
): number | null {
  const open = stored.filter(({ to }) => to === null);
  const isKnown = present === null || open.some((halt) => isOpenAt(halt, present.since));
  const isTold = told === null || stored.some(({ from }) => from === told);
  if (!isKnown || !isTold || !open.every((halt) => mayLast(halt, symbol, present, stored))) return ASK_SOON;
  return open.length > 0 && parseComposite(symbol) ? ASK_LEGS : null;
}

/** Halts among bars, whose first one has the position `first`. A halt before the oldest bar is not shown. */
export function placedHalts(
  halts: readonly ShownHalt[],
  bars: readonly BarView[],
  first: number,
  endOf: (bar: BarView) => Micros,
): PlacedHalt[] {
  return halts.flatMap((halt): PlacedHalt[] => {
    // A bar that begins with the halt has nothing of before it.
    const before = indexAt(bars, halt.from - 1);
    if (before < 0) return [];
    const { to } = halt;
    if (to === null) return [{ halt, before: first + before, after: null }];
    const rest = bars.findIndex((bar, index) => index >= before && endOf(bar) > to);
    return [{ halt, before: first + before, after: rest < 0 ? null : first + rest }];
  });
}

/** `10:07:00 – 10:12:00 UTC: Volatility pause (LUDP)`, with the date where the bars are days. */
export function haltTimes(zone: ZoneClock, { from, to, reason }: ShownHalt, interval: Interval): string {
  const time = (at: Micros): string => (interval === "1d" ? `${zone.day(at)} ` : "") + zone.secondTime(at);
  const why = reason === null ? "" : `: ${reason}`;
  return to === null
    ? `since ${time(from)} ${zone.name(from)}${why}`
    : `${time(from)} – ${time(to)} ${zone.name(to)}${why}`;
}

/** What the readout says beside a bar: of the last one before a halt, of those of late reports in it, and of the first after or around it. */
export function haltNote(
  placed: readonly PlacedHalt[],
  position: number,
  zone: ZoneClock,
  interval: Interval,
): { words: string; title: string } | null {
  const last = placed.findLast(({ before, after }) => position >= before && position <= (after ?? Infinity));
  if (!last) return null;
  const { halt, before, after } = last;
  const times = haltTimes(zone, halt, interval);
  const title = `Halted ${times}`;
  // A phone shows no titles.
  if (halt.to === null) return { words: `halted ${times}`, title };
  if (before === after) return { words: "halt within", title };
  if (position === after) return { words: "halt before", title };
  return { words: position === before ? "halt after" : "in a halt", title };
}
