import { SECOND, type Micros } from "../interval.ts";
import { changeBeyond, keepCloses, levelPrice, type MinuteClose, type Move } from "./conditions.ts";
import { type AlertBar, followedInterval, type Rule, STALE_AFTER } from "./rule.ts";

/** The bar that was looked at last, as far as the next look needs it. */
export type SeenBar = Pick<AlertBar, "start" | "high" | "low" | "trades" | "epoch" | "offset" | "line">;

/** Everything that a rule remembers: with it, what comes next decides alone. */
export interface RuleState {
  seen: SeenBar | null;
  /** The last price that was looked at. */
  price: number | null;
  /** Of rules about changes: what a later minute is compared with. */
  closes: readonly MinuteClose[];
  fired: number;
  /** Event time of the newest firing, and the start of its bar. */
  lastTime: Micros | null;
  lastStart: Micros | null;
}

/** A rule held: at which price, for which measure, and by which tick. */
export interface Firing {
  price: number;
  /** Percent for a change, the volume for a volume, else the price. */
  value: number;
  time: Micros;
  start: Micros;
  /** Place of the tick in the log: the last of `ticks` that were told together. */
  epoch: number;
  offset: number;
  line: number;
  ticks: number;
}

export interface Advanced {
  state: RuleState;
  firing: Firing | null;
}

export const NEW_STATE: RuleState = { seen: null, price: null, closes: [], fired: 0, lastTime: null, lastStart: null };

/**
 * One step of the fold by which alerts are found: a function of the rule, what it remembers and what is now known of a bar, and of nothing
 * else. A bar told again, an older one, one of another session and a stale one change nothing.
 */
export function advance(rule: Rule, state: RuleState, bar: AlertBar): Advanced {
  if (!isFollowed(rule, state, bar)) return { state, firing: null };
  const { condition, frequency } = rule;
  const move = moveOf(state, bar, frequency.kind === "close");
  const { start, high, low, trades, epoch, offset, line, close } = bar;
  const next: RuleState = {
    ...state,
    seen: { start, high, low, trades, epoch, offset, line },
    price: close,
    closes: condition.kind === "change" ? keepCloses(state.closes, condition.minutes, start, close) : state.closes,
  };
  const held = measure(rule, state, bar, move);
  if (!held || !mayFire(rule, state, bar)) return { state: next, firing: null };
  const firing = { ...held, time: bar.time, start, epoch, offset, line, ticks: newTicks(rule, state, bar) };
  return { state: { ...next, fired: state.fired + 1, lastTime: bar.time, lastStart: start }, firing };
}

/** How many ticks came since the last look; a close is that of the last one, and at the first look only the newest counts. */
function newTicks({ frequency }: Rule, { seen }: RuleState, { start, trades }: AlertBar): number {
  if (seen === null || frequency.kind === "close") return 1;
  return Math.max(1, trades - (seen.start === start ? seen.trades : 0));
}

function isFollowed(rule: Rule, { seen, fired }: RuleState, bar: AlertBar): boolean {
  if (bar.interval !== followedInterval(rule) || bar.age > STALE_AFTER) return false;
  if (rule.session === "regular" && bar.session !== "regular") return false;
  if (rule.expires !== null && bar.time > rule.expires) return false;
  if (rule.frequency.kind === "once" && fired > 0) return false;
  if (rule.frequency.kind === "close") return bar.final && (seen === null || bar.start > seen.start);
  return seen === null || bar.start > seen.start || (bar.start === seen.start && isLater(bar, seen));
}

type Place = Pick<AlertBar, "epoch" | "offset" | "line">;

function isLater(a: Place, b: Place): boolean {
  if (a.epoch !== b.epoch) return a.epoch > b.epoch;
  return a.offset === b.offset ? a.line > b.line : a.offset > b.offset;
}

/** Where closes are judged only they count; else also an extreme between two looks, for a level touched and left again was touched. */
function moveOf({ seen, price: from }: RuleState, { start, high, low, close }: AlertBar, closesOnly: boolean): Move {
  // Of the first bar ever seen it is not known which of its extremes came before the rule.
  if (closesOnly || seen === null) return { from, high: close, low: close, close };
  const isSame = seen.start === start;
  return {
    from,
    high: !isSame || high > seen.high ? high : close,
    low: !isSame || low < seen.low ? low : close,
    close,
  };
}

function measure(
  { condition }: Rule,
  state: RuleState,
  bar: AlertBar,
  move: Move,
): Pick<Firing, "price" | "value"> | null {
  if (condition.kind === "volume") {
    return bar.volume >= condition.amount ? { price: bar.close, value: bar.volume } : null;
  }
  if (condition.kind === "change") {
    const beyond = changeBeyond(condition, state.closes, bar.start, move);
    return beyond && { price: beyond.price, value: beyond.change };
  }
  const price = levelPrice(condition, move);
  return price === null ? null : { price, value: price };
}

function mayFire(
  { condition, frequency }: Rule,
  { lastTime, lastStart }: RuleState,
  { start, time }: AlertBar,
): boolean {
  // A bar's volume only grows: it passes an amount once.
  if (condition.kind === "volume" && lastStart === start) return false;
  return frequency.kind !== "every" || lastTime === null || time - lastTime >= frequency.seconds * SECOND;
}
