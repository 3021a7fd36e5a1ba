import type { Adjustment } from "../../contracts/adjustments.ts";
import type { BarsPage } from "../../contracts/views.ts";
import type { Session } from "../../domain/calendar/calendar.ts";
import type { AdjustmentMode } from "../../domain/adjustment/steps.ts";
import { type ComposedBar, joinBars } from "../../domain/composite/bars.ts";
import type { Composite } from "../../domain/composite/name.ts";
import { composeSteps } from "../../domain/composite/steps.ts";
import type { Interval, Micros } from "../../domain/interval.ts";

/** Pages of both legs that one page of their composite may take: where one of them trades seldom, few of their bars meet. */
const MOST_ROUNDS = 6;
/** Where their bars have not met yet, the next pages are so many times as long, up to the longest page that there is. */
const WIDER = 4;
const WIDEST = 2_000;

export interface PageQuery {
  symbol: string;
  interval: Interval;
  session?: Session | undefined;
  to?: Micros | undefined;
  limit: number;
  adjust: AdjustmentMode;
}

/** A page of one leg. */
type ReadLeg = (query: Omit<PageQuery, "symbol">) => Promise<BarsPage>;

const isArriving = ({ backfill }: BarsPage): boolean => backfill?.state === "wanted" || backfill?.state === "fetching";
const oldestOf = ({ bars }: BarsPage): Micros => bars[0]?.start ?? Infinity;
const newestOf = ({ bars }: BarsPage): Micros => bars.at(-1)?.start ?? Infinity;

/**
 * The newest bars of a composite before `to`, `limit` at most, of pages of its legs: at least half as many as there are, unless the legs
 * hardly meet or history of one is on its way. Times in which one of them does not trade at all, a weekend, are stepped over. `more`: there
 * may be older ones.
 */
export async function compositePage(
  [readLeft, readRight]: readonly [ReadLeg, ReadLeg],
  { symbol, operation }: Composite,
  query: Omit<PageQuery, "symbol">,
): Promise<BarsPage> {
  const { interval, limit, adjust } = query;
  const bars: ComposedBar[] = [];
  let backfill: BarsPage["backfill"] = null;
  let settling = false;
  let adjustment: Adjustment = { mode: adjust, steps: [], next: null };
  let more = true;
  let to = query.to;
  for (let round = 0; round < MOST_ROUNDS && more && bars.length < limit / 2; round++) {
    const wider = bars.length > 0 ? limit : Math.min(limit * WIDER ** round, Math.max(limit, WIDEST));
    const range = { ...query, to, limit: wider };
    const [lefts, rights] = await Promise.all([readLeft(range), readRight(range)]);
    // Before the later of both beginnings one leg was not read.
    const known = Math.max(oldestOf(lefts), oldestOf(rights));
    bars.unshift(...joinBars(operation, lefts.bars, rights.bars));
    adjustment = composed(operation, lefts.adjustment, rights.adjustment);
    settling ||= lefts.settling || rights.settling;
    backfill = together(together(lefts.backfill, rights.backfill), backfill);
    // Nor is there anything after the earlier of both ends, where that lies before it.
    const next = Math.min(known, newestOf(lefts) + 1, newestOf(rights) + 1);
    more = [lefts, rights].every((page) => page.more || oldestOf(page) < next);
    if (known === Infinity || isArriving(lefts) || isArriving(rights)) break;
    to = next;
  }
  return {
    symbol,
    interval,
    bars: bars.slice(-limit),
    adjustment,
    more: more || bars.length > limit,
    settling,
    backfill,
  };
}

/** What was done to both legs. */
function composed(operation: Composite["operation"], left: Adjustment, right: Adjustment): Adjustment {
  const next = Math.min(left.next ?? Infinity, right.next ?? Infinity);
  const steps = composeSteps(operation, left.steps, right.steps);
  return { mode: left.mode, steps, next: next === Infinity ? null : next };
}

const URGENCY = ["done", "failed", "wanted", "fetching"] as const;

/** History on its way of either leg. */
function together(a: BarsPage["backfill"], b: BarsPage["backfill"]): BarsPage["backfill"] {
  if (!a || !b) return a ?? b;
  const leading = URGENCY.indexOf(a.state) >= URGENCY.indexOf(b.state) ? a : b;
  return {
    ...leading,
    progress: (a.progress + b.progress) / 2,
    bars: a.bars + b.bars,
    from: Math.min(a.from, b.from),
    to: Math.max(a.to, b.to),
  };
}
