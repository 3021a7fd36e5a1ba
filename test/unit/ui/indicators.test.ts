import { describe, expect, test } from "vitest";
import { histogramPath } from "../../../app/_chart/_prepare/histogram.ts";
import { lineStyles } from "../../../app/_chart/_prepare/line-styles.ts";
import { paneScale } from "../../../app/_chart/_prepare/pane-scale.ts";
import { chartLayout } from "../../../app/_chart/layout.ts";
import { foundKinds } from "../../../app/_indicators/found-kinds.ts";
import {
  formatIndicators,
  indicatorLabel,
  isInPane,
  parseIndicators,
  USUAL_INDICATORS,
} from "../../../app/_lib/chosen-indicators.ts";

describe("the indicators of an address", () => {
  test("are the session's VWAP where it says nothing, and none where it says so", () => {
    expect(parseIndicators("")).toEqual(USUAL_INDICATORS);
    expect(formatIndicators(USUAL_INDICATORS)).toBe("");
    expect(parseIndicators("none")).toEqual([]);
    expect(parseIndicators("nonsense,sma:0")).toEqual(USUAL_INDICATORS);
    expect(formatIndicators([])).toBe("none");
  });

  test("survive with their numbers and colours", () => {
    const text = "sma:20,bb:20:2.5.violet,rsi:14.rose";
    expect(formatIndicators(parseIndicators(text))).toBe(text);
    expect(parseIndicators(text)[1]).toEqual({ kind: "bb", parameters: [20, 2.5], color: "violet" });
  });

  test("leave out what is not understood and what has no room", () => {
    expect(formatIndicators(parseIndicators("sma:20,foo,sma:99999,ema:5.red,rsi:14,macd,atr:14"))).toBe(
      "sma:20,rsi:14,macd:12:26:9",
    );
    expect(parseIndicators(Array.from({ length: 30 }, () => "sma:20").join(","))).toHaveLength(8);
  });

  test("are named with their numbers", () => {
    expect(parseIndicators("macd,vwap,vwap:2").map(indicatorLabel)).toEqual(["MACD 12, 26, 9", "VWAP", "VWAP ± 2 σ"]);
  });
});

test("lines that meet differ by dash and weight; a pane's begins anew", () => {
  const styles = lineStyles(parseIndicators("vwap,rsi:14,sma:20,ema:9.violet"), isInPane);
  expect(styles.map(({ main }) => main)).toEqual(["ind w0", "ind w0", "ind w1", "ind w2"]);
  expect(styles.map(({ color }) => color)).toEqual(["hue-w0", "hue-w0", "hue-w1", "hue-violet"]);
});

describe("the scale of a pane", () => {
  test("is fixed where the indicator has a range", () => {
    expect(paneScale([[99]], { range: [0, 100], zero: false, height: 76 })).toMatchObject({
      low: 0,
      high: 100,
      ticks: [30, 50, 70],
    });
    expect(paneScale([[99]], { range: [0, 100], zero: false, height: 44 }).ticks).toEqual([30, 70]);
  });

  test("holds what is in sight, and zero where bars stand on it", () => {
    const free = paneScale(
      [
        [12, null],
        [14.5, 13],
      ],
      { zero: false, height: 76 },
    );
    expect(free.low).toBeLessThanOrEqual(12);
    expect(free.low).toBeGreaterThan(10);
    expect(free.high).toBeGreaterThanOrEqual(14.5);
    expect(paneScale([[12], [14.5]], { zero: true, height: 76 }).low).toBeLessThanOrEqual(0);
  });

  test("moves seldom: a slightly higher value leaves it", () => {
    const [a, b] = [
      paneScale([[10], [20]], { zero: false, height: 76 }),
      paneScale([[10], [20.05]], { zero: false, height: 76 }),
    ];
    expect([b.low, b.high]).toEqual([a.low, a.high]);
  });

  test("of nothing has no labels", () => {
    expect(paneScale([[null]], { zero: false, height: 76 }).ticks).toEqual([]);
  });
});

test("a histogram stands on zero, above it and below it", () => {
  const pixels = { x: (value: number) => value * 10, y: (value: number) => 50 - value * 10, step: 5 };
  expect(histogramPath([2, -1, null, 0], 0, pixels)).toBe("M-1 30h3V50h-3zM9 50h3V60h-3z");
});

test("panes below the volume take their room from the prices", () => {
  const [alone, two] = [chartLayout(1_000, 700, false), chartLayout(1_000, 700, false, 2)];
  expect(alone.priceHeight - two.priceHeight).toBe(2 * two.lower);
  expect(two.priceHeight + two.volume + 2 * two.lower + two.foot).toBe(700);
});

test("indicators are found by any of their names", () => {
  expect(foundKinds("ma")[0]).toBe("macd");
  expect(foundKinds("moving average")).toEqual(["sma", "ema", "macd"]);
  expect(foundKinds("bollinger")).toEqual(["bb"]);
  expect(foundKinds("zzz")).toEqual([]);
});
