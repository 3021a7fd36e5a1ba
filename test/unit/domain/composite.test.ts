import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { composeBar, isComposable, joinBars, type LegBar, tickOf } from "#lib/domain/composite/bars.ts";
import { compositeSymbol, isChartSymbol, parseComposite, shortName } from "#lib/domain/composite/name.ts";
import { composeQuote } from "#lib/domain/composite/quote.ts";
import type { AdjustmentStep } from "#lib/domain/adjustment/steps.ts";
import { composeSteps } from "#lib/domain/composite/steps.ts";
import { typedPairs } from "#lib/domain/composite/typed.ts";
import { quote } from "../ui/market.ts";

function leg(start: number, change: Partial<LegBar> = {}): LegBar {
  const bar = { open: 10, high: 12, low: 8, close: 11, trades: 3, final: true, revision: 0 } as const;
  return { start, ...bar, origin: "built", partial: false, ...change };
}

describe("a name", () => {
  test.each([
    ["SIM:AAPL/SIM:MSFT", "SIM:AAPL", "/", "SIM:MSFT"],
    ["COINBASE:BTC-USD-COINBASE:ETH-USD", "COINBASE:BTC-USD", "-", "COINBASE:ETH-USD"],
    ["X:A-/Y:B/C", "X:A-", "/", "Y:B/C"],
    ["X:A--Y:B-", "X:A-", "-", "Y:B-"],
  ])("%s has one way to be read", (symbol, left, operation, right) => {
    expect(parseComposite(symbol)).toEqual({ symbol, left, operation, right });
    expect(isChartSymbol(symbol)).toBe(true);
  });

  test.each(["SIM:AAPL", "COINBASE:BTC-USD", "X:A/B", "AAPL/MSFT", "X:A*Y:B", "X:A/Y:B/Z:C", "X:A/Y:", "X:A.Y:B"])(
    "%s is no composite",
    (symbol) => expect(parseComposite(symbol)).toBeNull(),
  );

  test("of any two symbols gives these back", () => {
    const ticker = fc.stringMatching(/^[A-Z0-9]{1,4}:[A-Z0-9][A-Z0-9._/-]{0,6}$/);
    fc.assert(
      fc.property(ticker, fc.constantFrom("/" as const, "-" as const), ticker, (left, operation, right) => {
        expect(parseComposite(compositeSymbol(left, operation, right))).toMatchObject({ left, operation, right });
      }),
    );
  });

  test("is short where room is scarce", () => {
    expect(shortName("SIM:AAPL/SIM:MSFT")).toEqual({ exchange: "SIM", ticker: "AAPL/MSFT" });
    expect(shortName("A:X-Y-B:Z")).toEqual({ exchange: "A, B", ticker: "X-Y − Z" });
    expect(shortName("SIM:AAPL")).toEqual({ exchange: "SIM", ticker: "AAPL" });
  });
});

test("what is typed is cut at each slash and hyphen, slashes first", () => {
  expect(typedPairs(" btc-usd/eth ")).toEqual([
    { left: "BTC-USD", operation: "/", right: "ETH" },
    { left: "BTC", operation: "-", right: "USD/ETH" },
  ]);
  expect(typedPairs("aapl − msft")).toEqual([{ left: "AAPL", operation: "-", right: "MSFT" }]);
  expect([typedPairs("aapl"), typedPairs("aapl/"), typedPairs("/aapl")]).toEqual([[], [], []]);
});

describe("a bar", () => {
  test("of a ratio: open and close of both, and the bounds between which it lay", () => {
    const bar = composeBar("/", leg(5), leg(5, { open: 2, high: 4, low: 1, close: 2 }));
    expect(bar).toMatchObject({ start: 5, open: 5, high: 12, low: 2, close: 5.5, volume: null, vwap: null, trades: 6 });
  });

  test("of a spread, below zero too", () => {
    const bar = composeBar("-", leg(5), leg(5, { open: 20, high: 21, low: 19, close: 19.5 }));
    expect(bar).toMatchObject({ open: -10, high: -7, low: -13, close: -8.5 });
  });

  test("is as final, corrected and complete as both", () => {
    const right = leg(0, { final: false, revision: 2, origin: "given", partial: true, trades: null });
    expect(composeBar("-", leg(0, { revision: 1 }), right)).toMatchObject({
      final: false,
      revision: 3,
      origin: "given",
      partial: true,
      trades: null,
    });
  });

  test("there is none where a ratio has no divisor above zero; a spread has", () => {
    for (const low of [0, -1]) {
      expect(composeBar("/", leg(0), leg(0, { low }))).toBeNull();
      expect(composeBar("-", leg(0), leg(0, { low }))?.high).toBe(12 - low);
    }
  });

  test("there is one of each window in which both traded", () => {
    const bars = joinBars("-", [leg(1), leg(2), leg(4), leg(5)], [leg(0), leg(2), leg(3), leg(5)]);
    expect(bars.map(({ start }) => start)).toEqual([2, 5]);
    expect(joinBars("/", [], [leg(0)])).toEqual([]);
  });

  test("of a longer window holds the bounds of the shorter ones in it, and has their first open and last close", () => {
    const price = fc.double({ min: 0.01, max: 1e6, noNaN: true });
    const legBar = fc.tuple(price, price, price, price).map(([open, close, a, b]) => {
      return { open, close, high: Math.max(open, close, a, b), low: Math.min(open, close, a, b) };
    });
    const pairs = fc.array(fc.tuple(legBar, legBar), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(pairs, fc.constantFrom("/" as const, "-" as const), (rows, operation) => {
        const lefts = rows.map(([bar], start) => leg(start, bar));
        const rights = rows.map(([, bar], start) => leg(start, bar));
        const short = together(joinBars(operation, lefts, rights));
        const long = composeBar(operation, together(lefts), together(rights));
        expect(long).toMatchObject({ open: short.open, close: short.close });
        expect(long?.high).toBeGreaterThanOrEqual(short.high);
        expect(long?.low).toBeLessThanOrEqual(short.low);
        expect(short.high).toBeGreaterThanOrEqual(Math.max(short.open, short.close));
        expect(short.low).toBeLessThanOrEqual(Math.min(short.open, short.close));
      }),
    );
  });
});

/** Bars that follow each other as one. */
function together(bars: readonly LegBar[]): LegBar {
  const [first, last] = [bars[0] ?? leg(0), bars.at(-1) ?? leg(0)];
  const high = Math.max(...bars.map((bar) => bar.high));
  return { ...first, close: last.close, high, low: Math.min(...bars.map((bar) => bar.low)) };
}

test("windows of other calendars begin together up to five minutes", () => {
  expect([isComposable("utc", "us-equities", "5m"), isComposable("utc", "us-equities", "1h")]).toEqual([true, false]);
  expect(isComposable("us-equities", "us-equities", "1d")).toBe(true);
});

test("a ratio has six digits, a spread those of its finer leg", () => {
  const ticks = [0.79, 1.5, 123.4, 2e7, 0, null].map((last) => tickOf("/", [0.01, 0.5], last));
  expect(ticks).toEqual([1e-6, 1e-5, 1e-3, 1, 1e-6, 1e-6]);
  expect(tickOf("-", [0.01, 0.5], 3)).toBe(0.01);
});

describe("a quote", () => {
  const dayOfLeft = { previousClose: 90, base: 90, dayOpen: 95, time: 10, watermark: 50 };
  const left = quote("A", { last: 100, bid: 99, ask: 101, ...dayOfLeft });
  const afterClose = { session: "post", previousClose: 45, base: 48, dayClose: 48, time: 30, watermark: 20 } as const;
  const right = quote("B", { last: 50, bid: 40, ask: 60, dayOpen: 50, ...afterClose });

  test("is what both come to, bid against ask, and as old as the older", () => {
    expect(composeQuote("/", left, right)).toMatchObject({
      last: 2,
      previousClose: 2,
      base: 2,
      session: null,
      dayClose: null,
      bid: 99 / 60,
      ask: 101 / 40,
      bidSize: null,
      dayOpen: 1.9,
      dayHigh: null,
      dayVolume: null,
      dayTrades: 6,
      time: 10,
      watermark: 30,
    });
    expect(composeQuote("-", left, right)).toMatchObject({ last: 50, bid: 39, ask: 61 });
    const closed = { session: "post", base: 96, dayClose: 96 } as const;
    expect(composeQuote("/", { ...left, ...closed }, right)).toMatchObject({ session: "post", base: 2, dayClose: 2 });
  });

  test("knows nothing of what either does not know", () => {
    const silent = quote("B", { last: null, bid: null, dayTrades: 0, time: null });
    expect(composeQuote("/", left, silent)).toMatchObject({
      last: null,
      ask: null,
      dayTrades: null,
      time: null,
      watermark: null,
    });
  });
});

const step = (before: number, price: number | null): AdjustmentStep => {
  return { action: { kind: "split", day: "2024-08-07", newShares: 4, oldShares: 1 }, before, price, volume: 4 };
};

test("a split of either leg multiplies their ratio, the right one's the other way; a spread is multiplied by nothing", () => {
  const [left, right] = [[step(20, 0.25)], [step(10, 0.5), step(30, null)]];
  expect(composeSteps("/", left, right).map(({ before, price, volume }) => [before, price, volume])).toEqual([
    [10, 2, 1],
    [20, 0.25, 1],
    [30, null, 1],
  ]);
  expect(composeSteps("-", left, right)).toEqual([]);
});
