import { type AlertRule, type AlertStates, type AlertTrigger, ruleKey } from "../contracts/alerts.ts";
import { type BarLine, isPriced } from "../contracts/bars.ts";
import { advance, type Firing, NEW_STATE, type RuleState } from "../domain/alerts/advance.ts";
import { type AlertBar, followedInterval } from "../domain/alerts/rule.ts";
import type { Micros } from "../domain/interval.ts";
import type { RuleBook } from "./rule-book.ts";

/** A line of `bars` as rules see it; `told`: when it was written there. null: it has no price. */
export function alertBar(line: BarLine, told: Micros): AlertBar | null {
  if (!isPriced(line)) return null;
  const { interval, start, end, session, high, low, close, volume, trades, final, epoch, lineage } = line;
  const time = final ? end : lineage.lastTime;
  const place = { epoch, offset: lineage.lastOffset, line: lineage.lastLine };
  return { interval, start, session, high, low, close, volume, trades, final, time, age: told - time, ...place };
}

/** The rules of one partition and what they remember. Its capacity is the number of rules. */
export class Watch {
  readonly #book: RuleBook;
  readonly #states: Map<string, RuleState>;

  constructor(book: RuleBook, states: AlertStates["states"]) {
    this.#book = book;
    this.#states = new Map(Object.entries(states));
  }

  /** Shows a bar to the rules of its symbol; `now`: when what they find is noticed. */
  show(line: BarLine, told: Micros, now: Micros): AlertTrigger[] {
    const bar = alertBar(line, told);
    if (!bar) return [];
    const triggers: AlertTrigger[] = [];
    for (const rule of this.#book.of(line.symbol)) {
      // Read again after a restart: what was told before a rule was made is nothing to it.
      if (told < rule.updated) continue;
      const key = ruleKey(rule);
      const { state, firing } = advance(rule, this.#states.get(key) ?? NEW_STATE, bar);
      this.#states.set(key, state);
      if (firing) triggers.push(triggerOf(rule, firing, line.lineage.partition, now));
    }
    return triggers;
  }

  /** What is remembered of the rules that there still are. */
  states(): AlertStates["states"] {
    for (const key of this.#states.keys()) if (!this.#book.has(key)) this.#states.delete(key);
    const entries = [...this.#states].map(([key, { closes, ...state }]) => {
      return [key, { ...state, closes: closes.map(([start, close]): [number, number] => [start, close]) }] as const;
    });
    return Object.fromEntries(entries);
  }
}

function triggerOf(rule: AlertRule, firing: Firing, partition: number, now: Micros): AlertTrigger {
  const { id, revision, symbol, condition, note } = rule;
  const { epoch, offset, line } = firing;
  return {
    id: `${id}|${revision}|${partition}|${epoch}|${offset}|${line}`,
    rule: id,
    revision,
    symbol,
    condition,
    interval: followedInterval(rule),
    note,
    ...firing,
    partition,
    recorded: now,
    delivery: { state: "pending", attempts: 0, reason: null, time: null },
  };
}
