import { assert, double, property, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { chartLayout } from "../../../app/_chart/layout.ts";
import { extentOf, priceScale, type Scaling } from "../../../app/_chart/_prepare/domains.ts";
import { priceKey } from "../../../app/_chart/_prepare/price-keys.ts";
import { priceAtY, yOfPrice } from "../../../app/_chart/_prepare/price-pixels.ts";
import { axisTicks, logTicks } from "../../../app/_chart/_prepare/price-ticks.ts";
import {
  isDrawable,
  movedRange,
  priceAtShare,
  scaleLabel,
  sharesOf,
  spreadRange,
  tickLabel,
} from "../../../app/_chart/_prepare/price-units.ts";
import { SCALE_KINDS, type ScaleKind } from "../../../app/_lib/price-scales.ts";
import { bar } from "./bars.ts";

const extent = extentOf([bar(0, { low: 90, high: 130 })]);
const scaled = (kind: ScaleKind, more: Partial<Scaling> = {}) =>
  priceScale(extent, 500, 0.01, { kind, base: 100, manual: null, ...more });

const press = (key: string, more: object = {}) => priceKey({ key, ...more });

describe("price scales", () => {
  test.each(SCALE_KINDS)("%s holds all bars, and a price and its pixel are one another's", (kind) => {
    const scale = scaled(kind);
    const layout = chartLayout(1_111, 712, false);
    expect(scale.low).toBeLessThan(90);
    expect(scale.high).toBeGreaterThan(130);
    for (const value of [90, 100, 129.99])
      expect(priceAtY(yOfPrice(value, scale, layout), scale, layout)).toBeCloseTo(value, 9);
    expect(yOfPrice(scale.high, scale, layout)).toBeCloseTo(layout.top, 9);
  });

  test.each(SCALE_KINDS)("%s: a tick within the range moves nothing", (kind) => {
    const later = extentOf([bar(0, { low: 90, high: 130.01 })]);
    expect(priceScale(later, 500, 0.01, { kind, base: 100, manual: null })).toEqual(scaled(kind));
  });

  test("equal factors are equally high on a logarithmic axis", () => {
    const scale = scaled("log");
    const share = sharesOf(scale);
    expect(share(120) - share(100)).toBeCloseTo(share(108) - share(90), 12);
    expect(share(0)).toBeLessThan(0);
  });

  test("what cannot be had is linear: a logarithm of what is not above zero, a percentage of nothing", () => {
    const negative = extentOf([bar(0, { low: -3, high: 2 })]);
    expect(priceScale(negative, 500, 0.01, { kind: "log", base: 1, manual: null }).kind).toBe("linear");
    expect(scaled("percent", { base: Number.NaN }).kind).toBe("linear");
    expect(scaled("indexed", { base: 0 }).kind).toBe("linear");
    expect(scaled("log", { manual: { low: -1, high: 5 } }).kind).toBe("linear");
  });

  test("a range set by hand is kept whatever the bars do, and on every scale", () => {
    const manual = { low: 101.5, high: 102.25 };
    for (const kind of SCALE_KINDS) expect(scaled(kind, { manual })).toMatchObject(manual);
  });
});

describe("labels", () => {
  test("say the price with the decimals of its tick, the change, or the index", () => {
    const [percent, indexed] = [scaled("percent"), scaled("indexed")];
    expect([scaleLabel(scaled("log"), 104.5, 2), scaleLabel(percent, 104.5, 2), scaleLabel(indexed, 104.5, 2)]).toEqual(
      ["104.50", "+4.50 %", "104.50"],
    );
    expect(axisTicks(percent, 500, 0.01).map((tick) => tickLabel(percent, tick, 2))).toEqual([
      "−10 %",
      "0 %",
      "+10 %",
      "+20 %",
      "+30 %",
    ]);
    expect(axisTicks(indexed, 500, 0.01).map((tick) => tickLabel(indexed, tick, 2))).toEqual([
      "90",
      "100",
      "110",
      "120",
      "130",
    ]);
  });

  test("of a logarithmic axis are round and thin out upwards", () => {
    expect(logTicks(1, 100, 400, 0.01)).toEqual([1, 2, 4, 10, 20, 40, 100]);
    expect(logTicks(100, 110, 400, 0.01)).toEqual([100, 102, 104, 106, 108, 110]);
    expect(logTicks(100, 100.05, 400, 0.01)).toEqual([100, 100.01, 100.02, 100.03, 100.04, 100.05]);
  });

  test("of a logarithmic axis never touch, and there are some", () => {
    const range = tuple(double({ min: 1e-3, max: 1e5, noNaN: true }), double({ min: 1.05, max: 1e4, noNaN: true }));
    assert(
      property(range, ([low, factor]) => {
        const high = low * factor;
        const ticks = logTicks(low, high, 500, low / 1e6);
        const y = (value: number): number => (Math.log(value / low) / Math.log(factor)) * 500;
        expect(ticks.length).toBeGreaterThan(1);
        ticks.slice(1).forEach((tick, i) => expect(y(tick) - y(ticks[i] ?? 0)).toBeGreaterThan(39));
      }),
    );
  });
});

describe("an axis set by hand", () => {
  test.each(SCALE_KINDS)("%s spreads around a price that stays, and back again", (kind) => {
    const scale = scaled(kind);
    const wider = { ...scale, ...spreadRange(scale, 1.5, 0.3) };
    expect(priceAtShare(wider, 0.3)).toBeCloseTo(priceAtShare(scale, 0.3), 9);
    expect(wider.high - wider.low).toBeGreaterThan(scale.high - scale.low);
    expect(spreadRange(wider, 1 / 1.5, 0.3).low).toBeCloseTo(scale.low, 9);
  });

  test.each(SCALE_KINDS)("%s moves as a whole", (kind) => {
    const scale = scaled(kind);
    const up = { ...scale, ...movedRange(scale, 0.1) };
    expect(sharesOf(scale)(up.low)).toBeCloseTo(0.1, 9);
    expect(sharesOf(scale)(up.high)).toBeCloseTo(1.1, 9);
  });

  test("keys do it, too", () => {
    const scale = scaled("linear");
    const spread = press("ArrowUp", { shiftKey: true })?.(scale);
    expect((spread?.high ?? 0) - (spread?.low ?? 0)).toBeLessThan(scale.high - scale.low);
    expect(press("ArrowDown", { altKey: true })?.(scale)?.low).toBeLessThan(scale.low);
    expect(press("a", { altKey: true, code: "KeyA" })?.(scale)).toBeNull();
    expect([press("ArrowUp"), press("ArrowLeft", { shiftKey: true }), press("a")]).toEqual([null, null, null]);
  });

  test("is never narrower than a tick", () => {
    expect([isDrawable({ low: 1, high: 1.005 }, 0.01), isDrawable({ low: 1, high: 1.02 }, 0.01)]).toEqual([
      false,
      true,
    ]);
    expect(isDrawable({ low: 1, high: Infinity }, 0.01)).toBe(false);
  });
});
