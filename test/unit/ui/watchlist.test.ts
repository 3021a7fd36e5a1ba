import { describe, expect, test } from "vitest";
import { breadthOf } from "../../../app/_lib/breadth.ts";
import type { RowFacts } from "../../../app/_lib/columns.ts";
import { UTC_CLOCK } from "../../../app/_lib/zone-clock.ts";
import { rowBadge, headerBadges, freshnessOf } from "../../../app/_lib/freshness-badge.ts";
import { formatSort, nextSort, ownOrder, parseSort, sortInstruments } from "../../../app/_lib/sort.ts";
import { sparkline, thinned } from "../../../app/_lib/sparkline.ts";
import { heatStep, sectorTreemap, tileText } from "../../../app/_lib/treemap.ts";
import { rowWindow } from "../../../app/_lib/window.ts";
import { instrument, quote } from "./market.ts";
import type { VolumeNormalView } from "#lib/contracts/overview-views.ts";
import type { InstrumentView } from "#lib/contracts/views.ts";
import { MINUTE } from "#lib/domain/interval.ts";

const instruments = ["SIM:A", "SIM:B", "SIM:C", "SIM:D"].map((symbol) => instrument(symbol));
const quotes = new Map([
  ["SIM:A", quote("SIM:A", { last: 102, dayVolume: 30 })],
  ["SIM:B", quote("SIM:B", { last: 95, dayVwap: 96 })],
  ["SIM:C", quote("SIM:C", { last: 110, dayTrades: 0, session: null, base: null })],
]);
const quoteOf = (symbol: string) => quotes.get(symbol);

const normal = (symbol: string, ratio: number | null): VolumeNormalView => ({
  symbol,
  session: "regular",
  from: 0,
  to: MINUTE,
  volume: 10,
  sessions: 20,
  median: 5,
  ratio,
  percentile: 50,
  fetching: false,
});
const factsOf = (one: InstrumentView): RowFacts => ({
  instrument: one,
  quote: quoteOf(one.symbol),
  normal: one.symbol === "SIM:D" ? undefined : normal(one.symbol, { "SIM:A": 1, "SIM:B": 3 }[one.symbol] ?? null),
});

const order = (sort: Parameters<typeof sortInstruments>[1]) =>
  sortInstruments(instruments, sort, factsOf).map(({ ticker }) => ticker);

const byValue = ({ marketValue }: InstrumentView): number | null => marketValue;

describe("sorting", () => {
  test("by a number, what is not known last either way", () => {
    expect(order({ key: "percent", order: "descending" })).toEqual(["A", "B", "C", "D"]);
    expect(order({ key: "percent", order: "ascending" })).toEqual(["B", "A", "C", "D"]);
    expect(order({ key: "last", order: "descending" })).toEqual(["C", "A", "B", "D"]);
    expect(order({ key: "name", order: "descending" })).toEqual(["D", "C", "B", "A"]);
    expect(order({ key: "normal", order: "descending" })).toEqual(["B", "A", "C", "D"]);
    expect(order(null)).toEqual(["A", "B", "C", "D"]);
  });

  test("the list's own order begins with what is worth most and ends with recordings", () => {
    const list = [
      instrument("SIM:Z"),
      instrument("TAPE:A", { recorded: true, marketValue: 9 }),
      instrument("SIM:B", { marketValue: 1 }),
      instrument("SIM:C", { marketValue: 2 }),
      instrument("SIM:A"),
    ];
    expect(ownOrder(list).map(({ symbol }) => symbol)).toEqual(["SIM:C", "SIM:B", "SIM:A", "SIM:Z", "TAPE:A"]);
  });

  test("a head sorts one way, then the other, then not", () => {
    const first = nextSort(null, "last");
    const second = nextSort(first, "last");
    expect([first?.order, second?.order, nextSort(second, "last")]).toEqual(["descending", "ascending", null]);
    expect(nextSort(first, "symbol")).toEqual({ key: "symbol", order: "ascending" });
  });

  test("the address keeps it, and nonsense in it is nothing", () => {
    const sort = { key: "percent", order: "descending" } as const;
    expect(parseSort(formatSort(sort))).toEqual(sort);
    expect([parseSort("price.up"), parseSort("last"), parseSort(null)]).toEqual([null, null, null]);
  });
});

describe("the whole market", () => {
  test("breadth leaves out what did not trade, what is disabled and what is recorded", () => {
    const others = [
      instrument("SIM:A", { symbol: "SIM:A", recorded: true }),
      instrument("SIM:B", { symbol: "SIM:B", enabled: false }),
    ];
    const breadth = breadthOf([...instruments, ...others], quoteOf);
    expect([breadth.advancing, breadth.unchanged, breadth.declining]).toEqual([1, 0, 1]);
    expect(Math.round(breadth.upValue ?? 0)).toBe(Math.round((3_000 / 3_960) * 100));
    expect([breadth.aboveVwap, breadth.atHigh, breadth.atLow]).toEqual([50, 1, 1]);
    expect(breadthOf([], quoteOf).upValue).toBeNull();
  });
});

const area = (box: { width: number; height: number } | undefined) => (box ? box.width * box.height : 0);
const tile = (width: number, height: number) => tileText({ x: 0, y: 0, width, height }, "AAPL");

describe("the heat map", () => {
  test("areas follow market value within their sector, and fill the box", () => {
    const sectors = sectorTreemap(
      [
        instrument("SIM:A", { marketValue: 300 }),
        instrument("SIM:B", { marketValue: 100 }),
        instrument("SIM:C", { marketValue: 200, sector: "Energy" }),
        instrument("SIM:D", { sector: null }),
      ],
      480,
      400,
      byValue,
    );
    expect(sectors.map(({ sector }) => sector)).toEqual(["Technology", "Energy", "Other"]);
    const [a, b] = sectors[0]?.tiles ?? [];
    expect([a?.instrument.ticker, b?.instrument.ticker]).toEqual(["A", "B"]);
    expect(area(a) / area(b)).toBeCloseTo(3, 0);
    for (const sector of sectors) {
      expect(sector.x + sector.width).toBeLessThanOrEqual(480 - 12);
      expect(sector.y + sector.height).toBeLessThanOrEqual(400);
    }
  });

  test("nothing to draw, nothing drawn", () => {
    expect(sectorTreemap([], 480, 400, byValue)).toEqual([]);
    expect(sectorTreemap(instruments, 0, 0, byValue)).toEqual([]);
  });

  test("colours step at 0.15, 1 and 2 %", () => {
    expect([null, 0.1, -0.15, 0.99, 1, -1.99, 2, -9].map(heatStep)).toEqual([
      "0",
      "0",
      "d1",
      "u1",
      "u2",
      "d2",
      "u3",
      "d3",
    ]);
  });

  test("a tile says what it has room for", () => {
    expect([tile(30, 40), tile(40, 20), tile(60, 40)]).toEqual([
      { ticker: false, change: false, large: false },
      { ticker: true, change: false, large: false },
      { ticker: true, change: true, large: false },
    ]);
  });
});

describe("sparklines", () => {
  test("are thinned to what can be seen, the newest kept", () => {
    const closes = Array.from({ length: 288 }, (_, i) => i);
    expect([thinned(closes).length <= 44, thinned(closes).at(-1), thinned([1, 2])]).toEqual([true, 287, [1, 2]]);
  });

  test("a symbol that went silent ends earlier, and one point is no line", () => {
    const options = { last: null, base: 1, width: 88, height: 20 };
    expect(sparkline([1, 2], { ...options, filled: 0.5 })?.end.x).toBe(42);
    expect(sparkline([1], { ...options, filled: 1 })).toBeNull();
    expect(sparkline([1, 1], { ...options, filled: 1 })?.points).not.toContain("NaN");
  });
});

describe("rows out of sight", () => {
  test("are not drawn, however long the list", () => {
    expect(rowWindow(0, 784, 28, 500)).toEqual({ first: 0, end: 40 });
    const middle = rowWindow(7_000, 784, 28, 500);
    expect(middle.first).toBeLessThanOrEqual(242);
    expect(middle.end).toBeGreaterThanOrEqual(278);
    expect(middle.end - middle.first).toBeLessThan(60);
    expect(rowWindow(99_999, 784, 28, 10)).toEqual({ first: 10, end: 10 });
  });
});

const now = 100_000_000;
const fresh = (age: number, change = {}) => {
  const one = instrument("SIM:A", change);
  return { one, fresh: freshnessOf(one, quote("SIM:A", { time: now - age, watermark: null }), now) };
};

describe("badges", () => {
  test("SIMULATED stands in for LIVE in a row, and beside it in a header", () => {
    const { one, fresh: live } = fresh(1_000_000);
    expect(rowBadge(UTC_CLOCK, one, live, now).words).toBe("SIMULATED");
    expect(headerBadges(UTC_CLOCK, one, live, now).map(({ words }) => words)).toEqual(["SIMULATED", "LIVE"]);
  });

  test("trouble comes first, also for simulated data", () => {
    const { one, fresh: stale } = fresh(48_000_000);
    expect(rowBadge(UTC_CLOCK, one, stale, now)).toEqual({ kind: "stale", words: "SIM STALE 48 s" });
  });

  test("a market that is closed says so instead of STALE, and when it opens", () => {
    const saturday = Date.parse("2026-11-21T12:00Z") * 1_000;
    const stock = instrument("NASDAQ:AAPL", { simulated: false, calendar: "us-equities" });
    const state = (time: number) => {
      const found = freshnessOf(stock, quote("NASDAQ:AAPL", { time: saturday - 1e12, watermark: null }), time);
      return rowBadge(UTC_CLOCK, stock, found, time);
    };
    expect(state(saturday)).toEqual({
      kind: "closed",
      words: "CLOSED",
      title: "Opens Mon 23 Nov 14:30 UTC, pre-market from 09:00",
    });
    expect(state(Date.parse("2026-11-20T15:00Z") * 1_000).kind).toBe("stale");
  });

  test("recorded and delayed data say so", () => {
    const recorded = fresh(0, { simulated: false, recorded: true });
    const delayed = fresh(900_000_000, { simulated: false, delay: 900_000_000 });
    expect([
      rowBadge(UTC_CLOCK, recorded.one, recorded.fresh, now).words,
      rowBadge(UTC_CLOCK, delayed.one, delayed.fresh, now).words,
    ]).toEqual(["RECORDED", "DELAYED 15 min"]);
  });
});
