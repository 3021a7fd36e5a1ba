import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BarLine } from "#lib/contracts/bars.ts";
import { HOUR, MINUTE, SECOND } from "#lib/domain/interval.ts";
import { Activity, HALF_LIFE } from "#lib/live/activity.ts";
import { barLine, TODAY } from "./lines.ts";

const STEP = 5 * MINUTE;
const NOON = TODAY + 12 * HOUR;

function bar(symbol: string, window: number, offset: number, over: Partial<BarLine> = {}): BarLine {
  const start = NOON + window * STEP;
  const base = barLine(offset, { symbol, interval: "5m", start, end: start + STEP, vwap: 10, ...over });
  return { ...base, lineage: { ...base.lineage, lastTime: start + offset * SECOND } };
}

/** An activity that began long before noon. */
const activity = (limits?: ConstructorParameters<typeof Activity>[1]): Activity => new Activity(TODAY, limits);
const NOW = NOON + 4 * MINUTE;

describe("the most active", () => {
  test("are ordered by money or by trades, exactly while there are few", () => {
    const board = activity();
    board.accept(bar("SIM:A", 0, 1, { volume: 100, trades: 3 }), NOW);
    board.accept(bar("SIM:B", 0, 1, { volume: 50, trades: 9 }), NOW);
    board.accept(bar("SIM:C", -11, 1, { volume: 20, trades: 1 }), NOW);
    const { rows, error, total, from, to } = board.list("notional", 2, NOW);
    expect(rows.map(({ key, lower, upper }) => [key, lower, upper])).toEqual([
      ["SIM:A", 1000, 1000],
      ["SIM:B", 500, 500],
    ]);
    expect([error, total, from, to]).toEqual([0, 1500, NOON, NOON + SECOND]);
    expect(board.list("trades", 1, NOW).rows[0]).toMatchObject({ key: "SIM:B", lower: 9, upper: 9 });
  });

  test("count each bar once, at its newest, whatever is published again", () => {
    const board = activity();
    const newest = bar("SIM:A", 0, 7, { volume: 70 });
    for (const one of [bar("SIM:A", 0, 3, { volume: 30 }), newest, newest, bar("SIM:A", 0, 5, { volume: 50 })]) {
      board.accept(one, NOW);
    }
    expect(board.list("notional", 9, NOW)).toMatchObject({ total: 700 });
    board.accept({ ...newest, interval: "1m" }, NOW);
    expect(board.list("notional", 9, NOW)).toMatchObject({ total: 700, leftOut: 0 });
  });

  test("are those of an hour: older windows go, also when nothing comes any more", () => {
    const board = activity();
    for (let window = 0; window < 30; window++) board.accept(bar("SIM:A", window, 1), NOON + (window + 1) * STEP);
    const now = NOON + 30 * STEP;
    expect(board.list("trades", 9, now)).toMatchObject({ total: 12 * 3, from: NOON + 18 * STEP });
    expect(board.list("trades", 9, now + 2 * HOUR)).toMatchObject({ rows: [], total: 0, from: null, to: null });
  });

  test("leave out what is too late, ahead of our clock, or of too many symbols, and say so", () => {
    const board = activity({ symbols: 2, counters: 8 });
    board.accept(bar("SIM:A", 0, 1), NOW);
    board.accept(bar("SIM:A", -4, 1), NOW);
    board.accept(bar("SIM:A", 1, 1), NOW);
    expect(board.list("trades", 9, NOW)).toMatchObject({ total: 3, leftOut: 2 });
    board.accept(bar("SIM:B", 0, 1), NOW);
    board.accept(bar("SIM:C", 0, 1), NOW);
    board.accept(bar("SIM:B", 0, 2, { trades: 5 }), NOW);
    expect(board.list("trades", 9, NOW)).toMatchObject({ total: 8, leftOut: 3 });
  });
});

describe("approximate sums", () => {
  test("of many symbols lie within the stated bound, whatever the memory", () => {
    const drawn = fc.array(
      fc.record({
        symbol: fc.integer({ min: 0, max: 60 }).map((n) => `SIM:${n}`),
        window: fc.integer({ min: 0, max: 9 }),
        volume: fc.integer({ min: 1, max: 500 }),
      }),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(drawn, (bars) => {
        const board = activity({ symbols: 100, counters: 8 });
        const exact = new Map<string, number>();
        const inOrder = bars.toSorted((a, b) => a.window - b.window);
        for (const [offset, { symbol, window, volume }] of inOrder.entries()) {
          board.accept(bar(symbol, window, offset + 1, { volume }), NOON + (window + 1) * STEP);
          exact.set(`${symbol} ${window}`, 10 * volume);
        }
        const sums = new Map<string, number>();
        for (const [key, amount] of exact) {
          const symbol = key.slice(0, key.indexOf(" "));
          sums.set(symbol, (sums.get(symbol) ?? 0) + amount);
        }
        const { rows, error, total } = board.list("notional", 8, NOON + 10 * STEP);
        expect(total).toBe([...sums.values()].reduce((sum, each) => sum + each, 0));
        expect(error).toBeLessThanOrEqual(total / 8);
        for (const { key, lower, upper } of rows) {
          expect(lower).toBeLessThanOrEqual(sums.get(key) ?? 0);
          expect(upper).toBeGreaterThanOrEqual(sums.get(key) ?? 0);
          expect(upper - lower).toBeLessThanOrEqual(error);
        }
        const shown = new Set(rows.map(({ key }) => key));
        const missing = [...sums].filter(([key, sum]) => sum > total / 8 && !shown.has(key));
        expect(missing).toEqual([]);
      }),
      { seed: 4, numRuns: 100 },
    );
  });
});

describe("active symbols", () => {
  test("have a rate that follows what is new in their bars, and decays", () => {
    const board = activity();
    board.accept(bar("SIM:A", 0, 1, { trades: 60 }), NOW);
    board.accept(bar("SIM:A", 0, 2, { trades: 120 }), NOW);
    const rateAt = (now: number) => board.list("trades", 1, now).rows[0]?.rate ?? 0;
    const first = rateAt(NOON + 2 * SECOND);
    expect(first).toBeCloseTo((120 * Math.LN2) / 60, 1);
    expect(rateAt(NOON + 2 * SECOND + HALF_LIFE)).toBeCloseTo(first / 2, 9);
  });

  test("have no rate of trades from before they were listened to", () => {
    const board = new Activity(NOON + MINUTE);
    board.accept(bar("SIM:A", 0, 70, { trades: 600 }), NOW);
    expect(board.list("trades", 1, NOW).rows[0]).toMatchObject({ lower: 600, rate: 0 });
    board.accept(bar("SIM:A", 0, 80, { trades: 601 }), NOW);
    expect(board.list("trades", 1, NOW).rows[0]?.rate).toBeGreaterThan(0);
  });
});
