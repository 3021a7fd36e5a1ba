import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { advance, type Firing, NEW_STATE, type RuleState } from "#lib/domain/alerts/advance.ts";
import { RuleReplay } from "#lib/domain/alerts/replay.ts";
import { ALERT_INTERVALS, type AlertBar, DIRECTIONS, type Rule, STALE_AFTER } from "#lib/domain/alerts/rule.ts";
import { HOUR, MINUTE, SECOND } from "#lib/domain/interval.ts";
import { barsOf, BEGIN, ruleOf } from "./lines.ts";

function run(
  rule: Rule,
  bars: readonly AlertBar[],
  from: RuleState = NEW_STATE,
): { state: RuleState; found: Firing[] } {
  let state = from;
  const found: Firing[] = [];
  for (const bar of bars) {
    const step = advance(rule, state, bar);
    state = step.state;
    if (step.firing) found.push(step.firing);
  }
  return { state, found };
}

/** The seconds at which a rule fires. */
const seconds = (rule: Rule, bars: readonly AlertBar[]): number[] =>
  run(rule, bars).found.map(({ time }) => (time - BEGIN) / SECOND);

const cross = (direction: "up" | "down" | "either", level = 100): Rule["condition"] => {
  return { kind: "cross", level, direction };
};

describe("crossing", () => {
  const prices = [99, 101, 102, 99, 100, 101, 98];
  const soon = { frequency: { kind: "every", seconds: 0 } } as const;

  test("upwards is from below to the level or beyond", () => {
    expect(seconds(ruleOf({ ...soon, condition: cross("up") }), barsOf(prices))).toEqual([1, 4]);
  });

  test("downwards is from above to the level or beyond", () => {
    expect(seconds(ruleOf({ ...soon, condition: cross("down") }), barsOf(prices))).toEqual([3, 6]);
  });

  test("either way counts both", () => {
    expect(seconds(ruleOf({ ...soon, condition: cross("either") }), barsOf(prices))).toEqual([1, 3, 4, 6]);
  });

  test("needs a price before: the first that is seen crosses nothing", () => {
    expect(seconds(ruleOf(), barsOf([101, 102]))).toEqual([]);
  });

  test("over a gap counts when the price before it is remembered", () => {
    const [first] = barsOf([99]);
    const later = barsOf([101], { start: BEGIN + HOUR, time: BEGIN + HOUR, offset: 9 });
    expect(seconds(ruleOf(), [...(first ? [first] : []), ...later])).toEqual([3600]);
  });

  test("is seen in an extreme between two looks, and priced by it", () => {
    const [first, second] = barsOf([99, 99.5]);
    const { found } = run(
      ruleOf(),
      [first, second && { ...second, high: 101, trades: 4 }].filter((bar) => bar !== undefined),
    );
    expect(found).toMatchObject([{ price: 101, offset: 1, ticks: 3 }]);
    const [above] = run(ruleOf({ condition: { kind: "above", level: 90 } }), barsOf([99], { trades: 50 })).found;
    expect(above?.ticks).toBe(1);
  });

  test("is not seen in an extreme from before the first look", () => {
    expect(seconds(ruleOf(), barsOf([99, 99.5], { high: 101 }))).toEqual([]);
  });
});

describe("how often", () => {
  const above = { condition: { kind: "above", level: 100 } } as const;
  const prices = Array.from({ length: 180 }, (_, second) => (second < 30 ? 99 : 101));

  test("once, then never", () => {
    expect(seconds(ruleOf({ ...above, frequency: { kind: "once" } }), barsOf(prices))).toEqual([30]);
  });

  test("every time, with the pause between", () => {
    const rule = ruleOf({ ...above, frequency: { kind: "every", seconds: 60 } });
    expect(seconds(rule, barsOf(prices))).toEqual([30, 90, 150]);
  });

  test("at each close of a bar where it holds, and not before", () => {
    expect(seconds(ruleOf({ ...above, frequency: { kind: "close" } }), barsOf(prices))).toEqual([60, 120, 180]);
  });

  test("a cross of closes ignores what the price did between them", () => {
    const swinging = Array.from({ length: 240 }, (_, second) => (second % 60 === 59 ? (second < 120 ? 99 : 101) : 150));
    expect(seconds(ruleOf({ frequency: { kind: "close" } }), barsOf(swinging))).toEqual([180]);
  });

  test("nothing after it has expired", () => {
    const rule = ruleOf({ ...above, expires: BEGIN + 100 * SECOND, frequency: { kind: "every", seconds: 60 } });
    expect(seconds(rule, barsOf(prices))).toEqual([30, 90]);
  });
});

test("a rule of the regular session sees no other, and compares across it", () => {
  const rule = ruleOf({ session: "regular" });
  const [first, second, third] = barsOf([99, 101, 102]);
  const bars = [first, second && { ...second, session: "post" }, third].filter((bar) => bar !== undefined);
  expect(seconds(rule, bars)).toEqual([2]);
  expect(seconds(ruleOf(), bars)).toEqual([1]);
});

test("what is stale fires nothing, and the next fresh price is compared with the last fresh one", () => {
  const [first, second, third] = barsOf([99, 101, 102]);
  const bars = [first, second && { ...second, age: STALE_AFTER + 1 }, third].filter((bar) => bar !== undefined);
  expect(seconds(ruleOf(), bars)).toEqual([2]);
});

test("a bar told again, or an older one, changes nothing", () => {
  const bars = barsOf([99, 101, 99]);
  const again = bars.flatMap((bar) => [bar, ...bars.slice(0, bars.indexOf(bar) + 1)]);
  expect(run(ruleOf(), again)).toEqual(run(ruleOf(), bars));
});

const everyMinute = (...closes: number[]): AlertBar[] =>
  barsOf(closes.flatMap((close) => Array(60).fill(close) as number[]));

describe("a change in percent", () => {
  const condition = { kind: "change", percent: 2, minutes: 2, direction: "up" } as const;
  test("is that of the price so many minutes before", () => {
    const { found } = run(ruleOf({ condition, frequency: { kind: "once" } }), everyMinute(100, 101, 101.5, 103.1));
    expect(found).toMatchObject([{ time: BEGIN + 3 * MINUTE, price: 103.1 }]);
    expect(found[0]?.value).toBeCloseTo((100 * 2.1) / 101);
  });

  test("is not known before there are so many minutes", () => {
    expect(seconds(ruleOf({ condition }), everyMinute(100, 110))).toEqual([]);
  });

  test("is not measured against a price more than an hour older than that", () => {
    const [first, second] = everyMinute(100, 110);
    const later = second && { ...second, start: BEGIN + 2 * HOUR, time: BEGIN + 2 * HOUR, offset: 500 };
    expect(
      seconds(
        ruleOf({ condition }),
        [first, later].filter((bar) => bar !== undefined),
      ),
    ).toEqual([]);
  });

  test("remembers no more closes than it needs", () => {
    const { state } = run(ruleOf({ condition }), everyMinute(...Array.from({ length: 50 }, () => 100)));
    expect(state.closes).toHaveLength(3);
  });
});

test("a bar passes a volume once", () => {
  const rule = ruleOf({ condition: { kind: "volume", amount: 40 } });
  expect(seconds(rule, barsOf(Array.from({ length: 180 }, () => 100)))).toEqual([39, 99, 159]);
});

const conditions: fc.Arbitrary<Rule["condition"]> = fc.oneof(
  fc.record({
    kind: fc.constant("cross" as const),
    level: fc.integer({ min: 97, max: 103 }),
    direction: fc.constantFrom(...DIRECTIONS),
  }),
  fc.record({ kind: fc.constantFrom("above" as const, "below" as const), level: fc.integer({ min: 97, max: 103 }) }),
  fc.record({
    kind: fc.constant("change" as const),
    percent: fc.integer({ min: 1, max: 4 }),
    minutes: fc.integer({ min: 1, max: 3 }),
    direction: fc.constantFrom(...DIRECTIONS),
  }),
  fc.record({ kind: fc.constant("volume" as const), amount: fc.integer({ min: 1, max: 70 }) }),
);
const frequencies: fc.Arbitrary<Rule["frequency"]> = fc.oneof(
  fc.constant({ kind: "once" as const }),
  fc.constant({ kind: "close" as const }),
  fc.record({ kind: fc.constant("every" as const), seconds: fc.integer({ min: 0, max: 90 }) }),
);
const rules = fc.record({
  symbol: fc.constant("SIM:AAPL"),
  condition: conditions,
  frequency: frequencies,
  interval: fc.constantFrom(...ALERT_INTERVALS.slice(0, 1)),
  session: fc.constantFrom("regular" as const, "all" as const),
  expires: fc.constantFrom(null, BEGIN + 200 * SECOND),
});
const walks = fc.array(fc.integer({ min: 96, max: 104 }), { minLength: 1, maxLength: 300 });

test("cut anywhere and begun again from what was stored, it finds the same", () => {
  fc.assert(
    fc.property(rules, walks, fc.nat(400), fc.nat(20), (rule, prices, cut, back) => {
      const bars = barsOf(prices);
      const at = Math.min(cut, bars.length);
      const before = run(rule, bars.slice(0, at));
      // Stored as JSON; and what lies a little before the cut is read again.
      const stored = JSON.parse(JSON.stringify(before.state)) as RuleState;
      const after = run(rule, bars.slice(Math.max(0, at - back)), stored);
      expect([...before.found, ...after.found]).toEqual(run(rule, bars).found);
    }),
    { numRuns: 500 },
  );
});

test("history is replayed by the same steps", () => {
  fc.assert(
    fc.property(rules, walks, (rule, prices) => {
      const bars = barsOf(prices);
      const replay = new RuleReplay(rule, 3);
      for (const bar of bars) replay.add(bar);
      const { found } = run(rule, bars);
      expect(replay.result()).toEqual({ count: found.length, newest: found.slice(-3), bars: bars.length });
    }),
  );
});
