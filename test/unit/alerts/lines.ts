import type { AlertRule, RuleContent } from "#lib/contracts/alerts.ts";
import type { BarLine } from "#lib/contracts/bars.ts";
import type { AlertBar, Rule } from "#lib/domain/alerts/rule.ts";
import { INTERVAL_LENGTH, MINUTE, SECOND } from "#lib/domain/interval.ts";
import { barLine } from "../live/lines.ts";

export const BEGIN = Date.UTC(2026, 0, 5, 15) * 1_000;
export const SYMBOL = "SIM:AAPL";

/** A rule that crosses 100 upwards, whenever it does. */
export function ruleOf(over: Partial<Rule> = {}): Rule {
  return {
    symbol: SYMBOL,
    condition: { kind: "cross", level: 100, direction: "up" },
    frequency: { kind: "every", seconds: 10 },
    interval: "1m",
    session: "all",
    expires: null,
    ...over,
  };
}

export function alertRule(id: number, over: Partial<RuleContent> = {}): AlertRule {
  const uuid = `00000000-0000-4000-8000-${String(id).padStart(12, "0")}`;
  return {
    ...ruleOf(),
    enabled: true,
    note: "",
    id: uuid,
    by: null,
    revision: 1,
    created: BEGIN,
    updated: BEGIN,
    ...over,
  };
}

/** Prices, one a second, as the forming minutes that tell of them: each is a look, and a closed bar follows each minute. */
export function barsOf(prices: readonly number[], over: Partial<AlertBar> = {}): AlertBar[] {
  const bars: AlertBar[] = [];
  for (const [second, close] of prices.entries()) {
    const time = BEGIN + second * SECOND;
    const minute = Math.floor(second / 60);
    const start = BEGIN + minute * MINUTE;
    const within = prices.slice(minute * 60, second + 1);
    const count = within.length;
    const bar: AlertBar = {
      interval: "1m",
      start,
      session: "regular",
      high: Math.max(...within),
      low: Math.min(...within),
      close,
      volume: count,
      trades: count,
      final: false,
      time,
      age: 0,
      epoch: 1,
      offset: second,
      line: 0,
      ...over,
    };
    bars.push(bar);
    if (second % 60 === 59) bars.push({ ...bar, final: true, time: start + MINUTE });
  }
  return bars;
}

/** The same as a line of the topic `bars`. */
export function lineOf({ age: _age, time, ...bar }: AlertBar, symbol = SYMBOL): BarLine {
  const { start, close, final, offset, line } = bar;
  const end = start + INTERVAL_LENGTH[bar.interval];
  const { lineage } = barLine(offset);
  return barLine(offset, {
    ...bar,
    symbol,
    end,
    session: "regular",
    open: close,
    vwap: close,
    lineage: { ...lineage, lastLine: line, firstTime: start, lastTime: Math.min(time, end - 1) },
    firing: final ? "final" : "early",
  });
}
