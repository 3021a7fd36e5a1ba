import type { BarView } from "#lib/contracts/views.ts";
import type { Micros } from "#lib/domain/interval.ts";

type Prices = Pick<BarView, "high" | "low" | "close">;

/** A closed bar that was written anew. */
export interface Revision {
  start: Micros;
  revision: number;
  why: string;
  /** null: it was rewritten before this chart saw it. */
  before: Prices | null;
  /** null: no trade of it is left. */
  after: Prices | null;
  /** Rises with each that is seen. */
  id: number;
}

/** What a chart remembers; the oldest are forgotten. */
export const REVISIONS_KEPT = 100;

const trades = (count: number): string => `${count} late ${count === 1 ? "trade" : "trades"}`;

/** Why a bar was rewritten, from what changed of it. */
export function reasonOf(before: BarView, after: BarView): string {
  if (before.origin === "given" && after.origin === "built") return "counted from its trades";
  if (before.partial && !after.partial) return "gap filled";
  if (before.trades === null || after.trades === null) return "corrected";
  if (after.trades > before.trades) return trades(after.trades - before.trades);
  return after.trades < before.trades ? "print taken out" : "corrected";
}

/** Whether a bar that was closed is now another. */
export function isRevised(before: BarView, after: BarView): boolean {
  return before.final && after.revision > before.revision;
}

/** One more of them, the newest first. A bar stands in the list once a revision. */
export function plusRevision(list: readonly Revision[], revision: Revision): readonly Revision[] {
  return [revision, ...list].slice(0, REVISIONS_KEPT);
}

/** What was seen, then those bars of `bars` that had been rewritten before, the newest first. */
export function allRevisions(seen: readonly Revision[], bars: readonly BarView[]): readonly Revision[] {
  const known = new Set(seen.map(({ start }) => start));
  const list = [...seen];
  for (let i = bars.length - 1; i >= 0 && list.length < REVISIONS_KEPT; i--) {
    const bar = bars[i];
    if (!bar || bar.revision === 0 || known.has(bar.start)) continue;
    const { start, revision } = bar;
    list.push({ start, revision, why: "before this chart was opened", before: null, after: bar, id: 0 });
  }
  return list;
}
