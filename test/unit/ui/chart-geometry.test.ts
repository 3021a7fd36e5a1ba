import { describe, expect, test } from "vitest";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { DAY, HOUR, MINUTE } from "#lib/domain/interval.ts";
import { extentOf, priceScale, union, volumeTop } from "../../../app/_chart/_prepare/domains.ts";
import { bodyWidth, candlePath, hollowCandle, linePath, volumePath } from "../../../app/_chart/_prepare/paths.ts";
import { countedProfile, isOfAll, volumeProfile } from "../../../app/_chart/_prepare/profile.ts";
import { profileHead, profileWords } from "../../../app/_chart/_prepare/profile-words.ts";
import { bySession } from "../../../app/_chart/_prepare/segments.ts";
import { UTC_CLOCK } from "../../../app/_lib/zone-clock.ts";
import { niceStep, priceTicks, timeTicks } from "../../../app/_chart/_prepare/ticks.ts";
import { bar, run } from "./bars.ts";

const utc = calendarOf("utc");

describe("price ticks", () => {
  test("are multiples of 1, 2 or 5, never finer than a tick", () => {
    expect([niceStep(10, 5, 0.01), niceStep(7, 5, 0.01), niceStep(0.02, 8, 0.01), niceStep(0, 5, 0.01)]).toEqual([
      2, 2, 0.01, 0.01,
    ]);
    expect(priceTicks(0.25, 0.5, 0.1)).toEqual([0.3, 0.4, 0.5]);
    expect(priceTicks(1, 0, 0.1)).toEqual([]);
  });

  test("the scale holds all bars and moves rarely", () => {
    const extent = extentOf([bar(0, { low: 225.4, high: 228.1 })]);
    const scale = priceScale(extent, 500, 0.01);
    expect(scale.low).toBeLessThan(225.4);
    expect(scale.high).toBeGreaterThan(228.1);
    expect(priceScale(union(extent, extentOf([bar(0, { low: 226, high: 228.11 })])), 500, 0.01)).toEqual(scale);
  });

  test("one price, or none, still has a scale", () => {
    const flat = priceScale(extentOf([bar(0, { low: 5, high: 5 })]), 500, 0.01);
    expect(flat.high).toBeGreaterThan(flat.low);
    expect(priceScale(extentOf([]), 500, 0.01).high).toBeGreaterThan(0);
    expect([volumeTop(extentOf([])), volumeTop(extentOf([bar(0, { volume: 1234 })]))]).toEqual([1, 1500]);
  });
});

const label = (ticks: { label: string }[]): string[] => ticks.map((tick) => tick.label);

describe("time ticks", () => {
  const noon = Date.UTC(2026, 10, 20, 12) * 1_000;

  test("stand on round times and name days", () => {
    const bars = run(200, 5 * MINUTE, noon);
    expect(label(timeTicks(bars, 0, { zone: UTC_CLOCK, interval: "5m", step: 7, gap: 90 }))).toEqual([
      "14:00",
      "16:00",
      "18:00",
      "20:00",
      "22:00",
      "Sat 21",
      "02:00",
      "04:00",
    ]);
  });

  test("closed time has no width: the next bar carries the day", () => {
    const bars = [...run(20, HOUR, noon - 20 * HOUR), ...run(20, HOUR, noon + 3 * DAY)];
    const ticks = timeTicks(bars, -20, { zone: UTC_CLOCK, interval: "1h", step: 7, gap: 90 });
    expect(ticks.find((tick) => tick.label === "Mon 23")?.position).toBe(0);
  });

  test("daily bars name months and years", () => {
    const bars = run(120, DAY, Date.UTC(2025, 10, 1) * 1_000);
    const labels = (step: number) => label(timeTicks(bars, 0, { zone: UTC_CLOCK, interval: "1d", step, gap: 90 }));
    expect(labels(7)).toEqual(["15 Nov", "Dec", "15 Dec", "2026", "15 Jan", "Feb", "15 Feb"]);
    expect(labels(3)).toEqual(["Dec", "2026", "Feb"]);
  });

  test("never touch", () => {
    const ticks = timeTicks(run(3_000, MINUTE, noon), 0, { zone: UTC_CLOCK, interval: "1m", step: 3, gap: 90 });
    ticks.slice(1).forEach((tick, i) => {
      expect((tick.position - (ticks[i]?.position ?? 0)) * 3).toBeGreaterThanOrEqual(67);
    });
  });
});

describe("paths", () => {
  const pixels = { x: (i: number) => i * 7, y: (value: number) => 1_000 - value * 10, step: 7 };

  test("bodies are odd, so that the wick stands in the middle", () => {
    expect([3, 4, 7, 8, 24].map(bodyWidth)).toEqual([1, 3, 5, 7, 23]);
  });

  test("a candle is a wick and a body in whole pixels, a colour a path", () => {
    const up = bar(0, { open: 10, close: 12, high: 13, low: 9 });
    expect(candlePath([up], 2, pixels, true)).toBe("M14 870h1V910h-1zM12 880h5V900h-5z");
    expect(candlePath([up], 2, pixels, false)).toBe("");
  });

  test("a candle without a body is one pixel high", () => {
    const flat = bar(0, { open: 10, close: 10, high: 10, low: 10 });
    expect(candlePath([flat], 0, pixels, true)).toBe("M0 900h1V901h-1zM-2 900h5V901h-5z");
  });

  test("volume stands on the floor and is never invisible", () => {
    expect(volumePath([bar(0, { volume: 0.001 })], 0, { ...pixels, y: (v) => 100 - v, floor: 100 }, true)).toBe(
      "M-2 100h5V99h-5z",
    );
  });

  test("a line breaks where nothing is known", () => {
    expect(linePath([1, null, 2, 3], 0, pixels)).toBe("M0.5 990.0M14.5 980.0L21.5 970.0");
  });

  test("the forming bar is hollow", () => {
    const { wick, body } = hollowCandle(bar(0, { open: 10, close: 12, high: 13, low: 9 }), 0, pixels);
    expect(wick).toBe("M0 870h1V880h-1zM0 900h1V910h-1z");
    expect(body).toEqual({ x: -1.5, y: 880.5, width: 4, height: 19 });
  });
});

test("a line of sessions is cut where one begins", () => {
  const bars = [bar(DAY - HOUR), bar(DAY), bar(DAY + HOUR), bar(DAY + 2 * HOUR)];
  expect(bySession(utc, bars, 7, [null, 10, 17.5, 17.5])).toEqual([
    { first: 7, values: [null] },
    { first: 8, values: [10, 17.5, 17.5] },
  ]);
});

describe("volume profile", () => {
  test("spreads a bar over its range and finds the point of control", () => {
    const bars = [bar(0, { low: 0, high: 3.9, volume: 4 }), bar(1, { low: 2, high: 2.5, volume: 5 })];
    const profile = volumeProfile(bars, { low: 0, high: 10 }, 10);
    expect(profile?.control).toBe(2);
    expect(profile?.bins.slice(0, 5).map((bin) => bin.share)).toEqual([1 / 6, 1 / 6, 1, 1 / 6, 0]);
    expect(profile?.bins.filter((bin) => bin.valueArea).length).toBe(2);
  });

  const rows = [
    { lower: 1, upper: 2, volume: 5 },
    { lower: 2, upper: 4, volume: 10 },
  ];
  const at = { value: 2.67, lower: 2, upper: 4, confidence: 1, method: "", documents: 3 };
  const view = { rows, control: 1, first: 1, last: 1, pointOfControl: at, valueLow: at, valueHigh: at };
  const coverage = { interval: "1m", bars: 40, whole: 40, part: 0 } as const;

  test("is the sketches' where they know nearly every bar of the range", () => {
    const profile = countedProfile({ profile: view, coverage, documents: 3 });
    expect(profile?.bins).toEqual([
      { low: 1, high: 2, share: 0.5, valueArea: false },
      { low: 2, high: 4, share: 1, valueArea: true },
    ]);
    expect(profile && profileHead(profile)).toEqual({ control: 2.67, bound: "± 1.0" });
    expect(profile && profileWords(profile, 2)).toBe(
      "Point of control 2.67 ± 1.0, value area 2.00 to 4.00. Counted trade by trade over the bars in sight, by 3 sketches.",
    );
    const nearly = countedProfile({ profile: view, coverage: { ...coverage, whole: 38, part: 2 }, documents: 3 });
    expect(nearly && profileHead(nearly).bound).toBe("± 1.0, of 95 %");
    expect(nearly && profileWords(nearly, 2)).toContain("Sketches cover 40 of 40 minutes, 2 of them in part.");
  });

  test("is not the sketches' where they know too little, and says what they know", () => {
    const known = { ...coverage, whole: 37 };
    expect(countedProfile({ profile: view, coverage: known, documents: 3 })).toBeNull();
    expect(countedProfile({ profile: null, coverage, documents: 0 })).toBeNull();
    const estimate = volumeProfile([bar(0, { low: 0, high: 1, volume: 4 })], { low: 0, high: 10 }, 5);
    const profile = estimate && { ...estimate, counted: null, coverage: known };
    expect(profile && profileHead(profile)).toEqual({ control: 1, bound: "from bars" });
    expect(profile && profileWords(profile, 2)).toMatch(
      /^Point of control about 1\.00\. Estimated from .* Sketches cover 37 of 40 minutes; the rest is history without trades\.$/,
    );
  });

  test("is not the sketches' where the bars in sight say that much more was traded", () => {
    const bars = [bar(0, { volume: 60 }), bar(1, { volume: 40 }), bar(2, { volume: 500 }), bar(3, { volume: 1 })];
    expect(isOfAll({ count: 95 }, bars)).toBe(true);
    expect(isOfAll({ count: 94 }, bars)).toBe(false);
    expect(isOfAll({ count: 0 }, [])).toBe(true);
  });

  test("there is none without volume", () => {
    expect(volumeProfile([], { low: 0, high: 10 }, 10)).toBeNull();
    expect(volumeProfile([bar(0)], { low: 5, high: 5 }, 10)).toBeNull();
  });
});
