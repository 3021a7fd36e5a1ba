import { expect, test } from "vitest";
import { formatHeat, heatOf, heatWeight, parseHeat, USUAL_HEAT } from "../../../app/_lib/heat.ts";
import { instrument, quote } from "./market.ts";

test("the choice of a map is restored from its address, and anything else is as usual", () => {
  const choice = { size: "traded", colour: "vwap" } as const;
  expect(parseHeat(formatHeat(choice))).toEqual(choice);
  expect(formatHeat(USUAL_HEAT)).toBe(null);
  for (const text of [null, "", "toString-constructor", "x"]) expect(parseHeat(text)).toEqual(USUAL_HEAT);
  expect(parseHeat("equal-")).toEqual({ size: "equal", colour: "change" });
});

test("a colour stands for the change, the way since the open, or the distance to VWAP", () => {
  const traded = quote("SIM:A", { last: 102, previousClose: 100, dayOpen: 104, dayVwap: 101, dayTrades: 3 });
  expect(heatOf(traded, "change")).toBeCloseTo(2);
  expect(heatOf(traded, "open")).toBeCloseTo(-1.923, 3);
  expect(heatOf(traded, "vwap")).toBeCloseTo(0.99, 2);
  for (const colour of ["change", "open", "vwap"] as const) {
    expect([heatOf({ ...traded, dayTrades: 0 }, colour), heatOf(undefined, colour)]).toEqual([null, null]);
  }
});

test("an area stands for market value, the value traded, or nothing", () => {
  const one = instrument("SIM:A", { marketValue: 300 });
  const traded = quote("SIM:A", { dayVolume: 5, dayVwap: 10 });
  expect(["value", "traded", "equal"].map((size) => heatWeight(one, traded, parseHeat(`${size}-change`).size))).toEqual(
    [300, 50, 1],
  );
  expect(heatWeight(one, undefined, "traded")).toBe(null);
});
