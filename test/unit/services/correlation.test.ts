import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BarQuery, Close } from "#lib/contracts/stores.ts";
import type { Correlations } from "#lib/contracts/views.ts";
import { DAY, HOUR, MINUTE } from "#lib/domain/interval.ts";
import { minuteReturns, pairsOf } from "#lib/services/correlation/aligned.ts";
import { correlationInput, correlationMatrix } from "#lib/services/correlation/matrix.ts";
import type { Services } from "#lib/services/services.ts";
import { SharedReads } from "#lib/services/shared-reads.ts";
import { TODAY } from "./fixtures.ts";

type Course = Omit<BarQuery, "limit" | "order">;

function servicesOf(closes: Readonly<Record<string, readonly Close[]>>) {
  const asked: Course[] = [];
  const course = async function* (query: Course) {
    asked.push(query);
    const { symbol, from = 0, to = Infinity } = query;
    yield (closes[symbol] ?? []).filter(({ start }) => start >= from && start < to);
  };
  const services = {
    bars: { course } as unknown as Services["bars"],
    directory: { get: () => Promise.resolve({}) } as unknown as Services["directory"],
    correlations: new SharedReads<Correlations>({ fresh: MINUTE, capacity: 4, now: () => TODAY }),
  };
  return { services, asked };
}

/** Closes of minutes from the fixtures' day on; null: it did not trade. */
function closesOf(prices: readonly (number | null)[]): Close[] {
  return prices.flatMap((close, minute) => (close === null ? [] : [{ start: TODAY + minute * MINUTE, close }]));
}

/** By the textbook, in two passes. */
function pearson(pairs: readonly (readonly [number, number])[]): number | null {
  const mean = (at: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length;
  const [x, y] = [mean(0), mean(1)];
  const sum = (term: (a: number, b: number) => number): number =>
    pairs.reduce((total, [a, b]) => total + term(a - x, b - y), 0);
  const spread = Math.sqrt(sum((a) => a * a) * sum((_, b) => b * b));
  return pairs.length < 2 || spread === 0 ? null : sum((a, b) => a * b) / spread;
}

describe("correlations", () => {
  test("are those of the minutes that both symbols have, whatever days they lie on", async () => {
    const price = fc.option(
      fc.integer({ min: 9000, max: 11_000 }).map((cents) => cents / 100),
      { nil: null },
    );
    const prices = fc.array(fc.tuple(price, price), { minLength: 1, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(prices, fc.integer({ min: 0, max: 1440 }), async (drawn, lead) => {
        // They begin at any minute of a day, so that they can reach over its end.
        const course = (at: 0 | 1) => closesOf([...Array<null>(lead).fill(null), ...drawn.map((pair) => pair[at])]);
        const { services } = servicesOf({ "SIM:A": course(0), "SIM:B": course(1) });
        const { pairs } = await correlationMatrix(services, {
          symbols: ["SIM:A", "SIM:B"],
          from: TODAY,
          to: TODAY + 2 * DAY,
        });
        const both = drawn.flatMap(([a, b], minute) => {
          const [before, previous] = drawn[minute - 1] ?? [null, null];
          if (a === null || b === null || before === null || previous === null) return [];
          return [[a / before - 1, b / previous - 1] as const];
        });
        expect(pairs).toMatchObject([{ a: 1, b: 0, minutes: both.length }]);
        const [expected, found] = [pearson(both), pairs[0]?.correlation ?? null];
        expect(found === null).toBe(expected === null);
        expect(found ?? 0).toBeCloseTo(expected ?? 0, 9);
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  test("are 1 of what moves alike, −1 of what moves against it, and unknown of what stands still", async () => {
    const moves = [100, 101, 100, 103, 99, 104];
    const { services, asked } = servicesOf({
      "SIM:A": closesOf(moves),
      "SIM:B": closesOf(moves.map((price) => 2 * price)),
      "SIM:C": closesOf(moves.map(() => 50)),
    });
    const range = { symbols: ["SIM:A", "SIM:B", "SIM:C"], from: TODAY, to: TODAY + HOUR };
    const { pairs } = await correlationMatrix(services, range);
    expect(pairs[0]?.correlation).toBeCloseTo(1, 12);
    expect(pairs.slice(1).map(({ correlation, minutes }) => [correlation, minutes])).toEqual([
      [null, 5],
      [null, 5],
    ]);
    expect(asked[0]).toMatchObject({ session: "regular", interval: "1m", from: TODAY - MINUTE });
    await correlationMatrix(services, range);
    expect(asked).toHaveLength(3);
  });

  test("a minute after a pause has no return", () => {
    const closes = closesOf([100, null, 110, 121]);
    expect([...minuteReturns(closes, TODAY, 4)].map((value) => Math.round(value * 1000) / 1000)).toEqual([
      NaN,
      NaN,
      NaN,
      0.1,
    ]);
  });
});

const symbols = Array.from({ length: 21 }, (_, n) => `SIM:S${n}`);

function isAsked(names: readonly string[], days: number): boolean {
  return correlationInput.safeParse({ symbols: names, from: TODAY, to: TODAY + days * DAY }).success;
}

test("correlations are asked of 2 to 20 different symbols, over 31 days at most", () => {
  expect([isAsked(symbols.slice(0, 20), 31), isAsked(symbols, 1), isAsked(symbols.slice(0, 1), 1)]).toEqual([
    true,
    false,
    false,
  ]);
  expect([isAsked(["SIM:A", "SIM:A"], 1), isAsked(["SIM:A", "SIM:B"], 32), isAsked(["SIM:A", "SIM:B"], 0)]).toEqual([
    false,
    false,
    false,
  ]);
  expect(pairsOf(20)).toHaveLength(190);
});
