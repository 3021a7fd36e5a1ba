import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WindowDocument } from "#lib/contracts/engine-store.ts";
import { type LatestLine, latestLineSchema } from "#lib/contracts/latest.ts";
import { lateLineSchema } from "#lib/contracts/late.ts";
import type { Decision, TickLine, Trade } from "#lib/contracts/ticks.ts";
import { RecentMedian } from "#lib/domain/guard/recent-median.ts";
import { MAX_HELD } from "#lib/engine/held-prints.ts";
import { drainLatestDocuments } from "#lib/engine/latest.ts";
import { at, config, heartbeat, ready, records, SYMBOL, trade } from "./lines.ts";
import { OneTask } from "./one-task.ts";

const GUARDED = config(1, { guard: { band: 0.1, prints: 3 } });
/** Three prices of the market, all of the first second. */
const MARKET = [1, 2, 3].map((id) => trade(0.1 * id, id, { price: 99 + id }));
const OUTLIER = trade(0.4, 4, { price: 150 });

function after(...frames: TickLine[][]): OneTask {
  return new OneTask().read(records([GUARDED, ready(-3600)], MARKET, ...frames));
}

function decision(verdict: Decision["verdict"], print: Trade = OUTLIER, rest: Partial<Decision> = {}): Decision {
  const { symbol, id = 0, time } = print;
  return { type: "decision", symbol, id, verdict, by: "operator", tradeTime: time, time: at(100), ...rest };
}

const second = (task: OneTask): WindowDocument | undefined => task.bars().get(`${SYMBOL}|1s|${at(0)}`);
const latest = (task: OneTask): LatestLine | undefined =>
  drainLatestDocuments(task.task.state).map(({ body }) => latestLineSchema.parse(JSON.parse(body)))[0];

describe("a print far outside the market", () => {
  test("is held: outside the bars, not the last price, and told of with its band", () => {
    const task = after([OUTLIER, trade(0.5, 5, { price: 109 })]);
    expect(second(task)).toMatchObject({ high: 109, close: 109, trades: 4, volume: 4, complete: true });
    expect(task.counters.held).toBe(1);
    const held = { id: 4, time: at(0.4), price: 150, size: 1, low: 101 / 1.1, high: 101 * 1.1 };
    expect(latest(task)).toMatchObject({ price: 109, held: [held] });
  });

  test("is stored with its conditions, whatever their letters", () => {
    const { held } = latest(after([{ ...OUTLIER, conditions: ["ü", "出来"] }])) ?? {};
    expect(held?.[0]?.conditions).toEqual(["ü", "出来"]);
  });

  test("comes twice and is held once", () => {
    const task = after([OUTLIER, OUTLIER]);
    expect(task.counters).toMatchObject({ held: 1, duplicate: 1 });
    expect(latest(task)?.held).toHaveLength(1);
  });

  test("counts when nobody guards, before there are prices enough, and where it may give no price", () => {
    const free = new OneTask().read(records([config(), ready(-3600)], [...MARKET, OUTLIER]));
    expect(second(free)?.high).toBe(150);
    const few = new OneTask().read(records([GUARDED, ready(-3600)], [...MARKET.slice(0, 2), OUTLIER]));
    expect(second(few)?.high).toBe(150);
    const us = config(1, { ...GUARDED, profile: "us-equities" });
    const odd = new OneTask().read(records([us, ready(-3600)], [...MARKET, { ...OUTLIER, conditions: ["I"] }]));
    expect(second(odd)).toMatchObject({ high: 102, volume: 4 });
  });

  test("is held no more when as many are as a symbol may have: the market has moved", () => {
    const many = Array.from({ length: MAX_HELD + 4 }, (_, index) => trade(0.4, 4 + index, { price: 150 }));
    const task = after(many);
    expect(task.counters.held).toBe(MAX_HELD);
    expect(second(task)).toMatchObject({ high: 150, trades: 7 });
    // Their median is the market now: what was right before is far outside, but nothing more is held.
    expect(latest(task)).toMatchObject({ price: 150 });
  });
});

describe("an operator's decision", () => {
  test("accepts it into its bars, as a correction where they have closed", () => {
    const open = after([OUTLIER], [decision("accept")]);
    expect(second(open)).toMatchObject({ high: 150, close: 150, trades: 4, revision: 0 });
    const closed = after([OUTLIER], [heartbeat(2)], [decision("accept")]);
    expect(second(closed)).toMatchObject({ high: 150, trades: 4, revision: 1, final: true });
    expect(closed.counters).toMatchObject({ corrected: 1, held: 1 });
    const [letter] = closed.task.lateLetters;
    expect(lateLineSchema.parse(JSON.parse(letter?.value.toString() ?? ""))).toMatchObject({
      tick: OUTLIER,
      offset: 4,
    });
    expect(latest(closed)).toMatchObject({ price: 150 });
    expect(latest(after([OUTLIER], [decision("accept")]))?.held).toBeUndefined();
  });

  test("rejects it for good, also when it comes again", () => {
    const task = after([OUTLIER], [decision("reject")], [OUTLIER]);
    expect(second(task)).toMatchObject({ high: 102, trades: 3 });
    expect(task.counters).toMatchObject({ held: 1, duplicate: 1 });
    expect(latest(task)?.held).toBeUndefined();
  });

  test("may be given again: the second changes nothing", () => {
    for (const verdict of ["accept", "reject"] as const) {
      const once = after([OUTLIER], [decision(verdict)], []);
      const twice = after([OUTLIER], [decision(verdict)], [decision(verdict)]);
      expect(second(twice)).toEqual({ ...second(once), position: second(twice)?.position });
      expect(twice.counters.duplicate).toBe(1);
    }
  });

  test("may come before the print", () => {
    const accepted = after([decision("accept")], [OUTLIER]);
    expect(second(accepted)).toMatchObject({ high: 150, trades: 4 });
    const rejected = after([decision("reject", trade(0.4, 4))], [trade(0.4, 4)]);
    expect(second(rejected)?.trades).toBe(3);
    expect(rejected.counters.held).toBe(1);
    const changed = after([decision("accept"), decision("reject")], [OUTLIER]);
    expect(second(changed)?.trades).toBe(3);
  });

  test("is refused, saying why, where it cannot be carried out", () => {
    const late = after([OUTLIER], [heartbeat(3700)], [decision("accept")]);
    const revoked = after([OUTLIER], [decision("reject")], [decision("accept")]);
    const wrong = after([OUTLIER], [decision("accept", trade(0.5, 4))]);
    for (const task of [late, revoked, wrong]) {
      expect(task.counters.dead.undecidable).toBe(1);
      expect(second(task)?.trades).toBe(3);
    }
    const reasons = [late, revoked, wrong].map(
      ({ task }) => JSON.parse(task.deadLetters[0]?.value.toString() ?? "{}") as unknown,
    );
    expect(reasons).toMatchObject([
      { detail: "its bars lie behind the correction horizon" },
      { detail: "it was rejected before, and what is rejected is not kept" },
      { detail: "the held print of this id has another time" },
    ]);
  });
});

test("the recent median is that of the newest prices sorted", () => {
  const prices = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(prices, fc.integer({ min: 3, max: 12 }), (all, capacity) => {
      const recent = new RecentMedian(capacity);
      for (const [index, price] of all.entries()) {
        recent.add(price);
        const newest = all.slice(Math.max(0, index + 1 - capacity), index + 1);
        const sorted = newest.toSorted((a, b) => a - b);
        const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0];
        expect(recent.median).toBe((low + high) / 2);
        expect(recent.prices).toEqual(newest);
      }
      expect(recent.isFull).toBe(all.length >= capacity);
    }),
  );
});
