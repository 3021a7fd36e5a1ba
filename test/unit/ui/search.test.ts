import { describe, expect, test } from "vitest";
import type { Distribution } from "#lib/contracts/distribution-views.ts";
import { formatChartLink, intervalOfKey, parseChartLink } from "../../../app/_lib/chart-link.ts";
import { parseIndicators, USUAL_INDICATORS } from "../../../app/_lib/chosen-indicators.ts";
import { countdown } from "../../../app/_lib/clock.ts";
import { UTC_CLOCK } from "../../../app/_lib/zone-clock.ts";
import { globalKey } from "../../../app/_lib/keys.ts";
import { symbolHref } from "../../../app/_lib/links.ts";
import { groupHits, hitsOf, marked, stepped, type Hit } from "../../../app/_lib/search.ts";
import { sessionAt } from "../../../app/_lib/session.ts";
import { sizeChart } from "../../../app/_lib/sizes.ts";

const at = (text: string): number => Date.parse(text) * 1_000;

const hit = (symbol: string, matched: string | null): Hit => ({ ticker: { symbol }, matched }) as unknown as Hit;
const key = (name: string, change = {}) =>
  globalKey({ key: name, ctrlKey: false, metaKey: false, altKey: false, ...change });

describe("search", () => {
  test("former tickers have a heading of their own", () => {
    const groups = groupHits([hit("A", null), hit("B", "former ticker FB"), hit("C", "letters swapped")], " app ");
    expect(groups.map(({ title, hits }) => [title, hits.length])).toEqual([
      ["Best match for “app”", 2],
      ["Former tickers", 1],
    ]);
    expect(groupHits([hit("A", null)], "")[0]?.title).toBe("Most traded");
  });

  test("two as one stand first, under a heading of their own", () => {
    const legs: [string, string] = ["SIM:A", "SIM:B"];
    const composite = { symbol: "SIM:A-SIM:B", name: "Aa − Bb", operation: "-", legs, simulated: true } as const;
    const rows = hitsOf({ hits: [], total: 0, sectors: [], composite });
    expect(rows[0]?.matched).toBe("SIM:A less SIM:B, SIMULATED");
    expect(groupHits([hit("A", null), ...rows], "a-b").map(({ title }) => title)).toEqual([
      "Two as one",
      "Best match for “a-b”",
    ]);
    expect(hitsOf({ hits: [], total: 0, sectors: [], composite: null })).toEqual([]);
  });

  test("what was typed is marked where it is literally there", () => {
    expect(marked("Apple Inc.", "apP")).toEqual(["", "App", "le Inc."]);
    expect([marked("Apple", "appel"), marked("Apple", " ")]).toEqual([null, null]);
  });

  test("arrows stop at the ends", () => {
    expect([stepped(0, "ArrowUp", 3), stepped(2, "ArrowDown", 3), stepped(1, "End", 9), stepped(0, "End", 0)]).toEqual([
      0, 2, 8, 0,
    ]);
  });

  test("letters open the search; digits, slash and shortcuts do not", () => {
    expect(["a", "Ü", "?", "/", "1", "Enter", "+"].map((name) => key(name))).toEqual([
      "search",
      "search",
      "keys",
      null,
      null,
      null,
      null,
    ]);
    expect([key("k", { ctrlKey: true }), key("K", { metaKey: true }), key("c", { ctrlKey: true })]).toEqual([
      "search",
      "search",
      null,
    ]);
  });
});

describe("links", () => {
  test("a symbol's address carries its colon safely", () => {
    expect(symbolHref("COINBASE:BTC-USD")).toBe("/symbols/COINBASE%3ABTC-USD");
  });

  test("restore interval, type and range; the usual view has a short address", () => {
    const sample = { from: at("2026-11-20T09:00:00Z"), to: at("2026-11-20T12:00:00Z"), seed: 2 ** 31 - 1 };
    const elsewhere = { time: { extended: false, linear: true }, zone: "America/New_York" };
    const link = {
      interval: "1h",
      type: "heikin-ashi",
      scale: "log",
      adjust: "total",
      prices: { low: 225.125, high: 231 },
      bars: 120,
      to: at("2026-11-20T12:00:00Z"),
      indicators: parseIndicators("ema:50,rsi:14.rose"),
      compared: ["SIM:MSFT", "COINBASE:BTC-USD"],
      sample,
      bar: at("2026-11-20T11:00:00Z"),
      ...elsewhere,
    } as const;
    const query = formatChartLink(link);
    expect(parseChartLink(Object.fromEntries(new URLSearchParams(query)))).toEqual(link);
    expect(formatChartLink(parseChartLink({}))).toBe("");
  });

  test("nonsense in an address is as if it were not there", () => {
    const query = { interval: "2h", type: "dots", scale: "sideways", bars: "-4", to: "soon", extended: "no" };
    const studies = { ind: "sma:0,foo", compare: "what,ever" };
    expect(parseChartLink({ ...query, ...studies, tz: "Mars/Base" })).toEqual({
      interval: "5m",
      type: "candles",
      scale: "linear",
      adjust: "split",
      prices: null,
      bars: null,
      to: null,
      indicators: USUAL_INDICATORS,
      compared: [],
      sample: null,
      bar: null,
      time: { extended: true, linear: false },
      zone: null,
    });
    for (const sample of ["", "a,b,1", "2026-11-20T09:00:00Z,2026-11-20T12:00:00Z,-1", "2026-11-20,2026-11-20,1"]) {
      expect(parseChartLink({ sample }).sample).toBeNull();
    }
  });

  test("a range of prices has two ends in order", () => {
    for (const prices of ["", "1", "2,1", "1,1", "1,", "a,b", "1,2,3", "0,Infinity"]) {
      expect(parseChartLink({ prices }).prices).toBeNull();
    }
    expect(parseChartLink({ prices: "-0.5,1e3" }).prices).toEqual({ low: -0.5, high: 1000 });
  });

  test("digits choose the interval", () => {
    expect(["1", "3", "5", "6", "0", "a"].map(intervalOfKey)).toEqual(["1s", "5m", "1d", null, null, null]);
  });
});

describe("clocks", () => {
  const now = at("2026-11-20T14:17:43.876Z");

  test("are UTC", () => {
    expect([UTC_CLOCK.milliTime(now), UTC_CLOCK.day(now), UTC_CLOCK.day(at("2025-01-02T00:00:00Z"), now)]).toEqual([
      "14:17:43.876",
      "Fri 20 Nov",
      "Thu 2 Jan 2025",
    ]);
    expect(UTC_CLOCK.barTime(at("2026-11-20T12:00:00Z"), "5m", at("2026-11-20T12:05:00Z"), now)).toBe(
      "Fri 20 Nov 12:00 – 12:05",
    );
    expect(UTC_CLOCK.barTime(at("2026-11-20T00:00:00Z"), "1d", at("2026-11-21T00:00:00Z"), now)).toBe("Fri 20 Nov");
  });

  test("count down to nothing, never below", () => {
    expect([countdown(now + 137_000_000, now), countdown(now - 1, now), countdown(now + 3_737_000_000, now)]).toEqual([
      "02:17",
      "00:00",
      "1:02:17",
    ]);
  });

  test("the session is the UTC day", () => {
    const session = sessionAt(at("2026-11-20T14:17:30Z"), "utc");
    expect([session.words, session.done.toFixed(3)]).toEqual(["Day session, ends in 9:43", "0.595"]);
  });
});

const estimate = (value: number) => ({
  value,
  lower: value * 0.99,
  upper: value * 1.01,
  confidence: 1,
  method: "m",
  documents: 2,
});

describe("trade sizes", () => {
  const distribution: Distribution = {
    symbols: ["SIM:A"],
    measure: "size",
    from: 0,
    to: 1,
    count: 100,
    coverage: null,
    venues: null,
    documents: 2,
    profile: null,
    percentiles: [50, 90, 99].map((percentile) => ({ percentile, estimate: estimate(percentile * 10) })),
    bins: [
      { from: 90, to: 110, count: 75 },
      { from: 900, to: 1_100, count: 25 },
    ],
  };

  test("are drawn on a logarithmic axis, the bound at least four pixels wide", () => {
    const view = sizeChart(distribution, 288);
    expect(view?.boxes.length).toBe(48);
    expect(Math.max(...(view?.boxes.map(({ share }) => share) ?? []))).toBe(1);
    expect(view?.ticks.map(({ value }) => value)).toEqual([100, 1_000]);
    for (const { band } of view?.marks ?? []) expect(band.width).toBeGreaterThanOrEqual(4);
  });

  test("labels that would touch give way", () => {
    const close = {
      ...distribution,
      percentiles: [50, 90, 99].map((percentile) => ({ percentile, estimate: estimate(500) })),
    };
    expect(sizeChart(close, 288)?.marks.map(({ label }) => label)).toEqual([true, false, false]);
  });

  test("without trades there is nothing to draw", () => {
    expect(sizeChart({ ...distribution, bins: [] }, 288)).toBeNull();
  });
});
