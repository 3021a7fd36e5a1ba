import { describe, expect, test } from "vitest";
import {
  age,
  estimated,
  decimalsOf,
  duration,
  percent,
  price,
  quantity,
  short,
  side,
  signed,
} from "../../../app/_lib/format.ts";

const around = (value: number, half: number) => estimated({ value, lower: value - half, upper: value + half });

describe("numbers", () => {
  test("decimals follow the tick size", () => {
    expect([0.01, 0.1, 1, 5, 0.25, 0.00001, 1e-8].map(decimalsOf)).toEqual([2, 1, 0, 0, 2, 5, 8]);
  });

  test("prices are grouped, and a dash where there is none", () => {
    expect(price(96214.37)).toBe("96,214.37");
    expect(price(0.31, 4)).toBe("0.3100");
    expect([price(null), price(undefined), price(Number.NaN), percent(null), short(null), signed(null)]).toEqual(
      Array.from({ length: 6 }, () => "—"),
    );
  });

  test("signs are a plus and a real minus, and none on what rounds to zero", () => {
    expect([signed(1.89), signed(-0.26), signed(0), signed(-0.001), signed(0.004)]).toEqual([
      "+1.89",
      "−0.26",
      "0.00",
      "0.00",
      "0.00",
    ]);
    expect(percent(-3.333)).toBe("−3.33 %");
  });

  test("volumes shorten without passing a unit's limit", () => {
    expect([9_770, 294_900, 27_430_000, 1_204_000_000, 999_960, 999_949, 12_345].map(short)).toEqual([
      "9,770",
      "294.9K",
      "27.43M",
      "1.20B",
      "1.00M",
      "999.9K",
      "12.3K",
    ]);
  });

  test("sizes keep the digits that matter", () => {
    expect([100, 2_310.4, 0.00012345, 12.3456789, 1.5].map(quantity)).toEqual([
      "100",
      "2,310",
      "0.00012345",
      "12.346",
      "1.5",
    ]);
  });

  test("an estimate is written no finer than its bound", () => {
    expect(around(2_310.4, 25)).toEqual({ value: "2,310", bound: "± 25" });
    expect(around(18.046, 0.2)).toEqual({ value: "18.05", bound: "± 0.20" });
    expect(around(0.0071234, 0.0001)).toEqual({ value: "0.00712", bound: "± 0.00010" });
    expect(around(5, 0)).toEqual({ value: "5", bound: "exact" });
    expect(around(5, -1)).toEqual({ value: "—", bound: "—" });
  });

  test("ages and durations", () => {
    expect([48e6, 119e6, 180e6, 7_200e6, 86_400e6 * 5].map(age)).toEqual(["48 s", "119 s", "3 min", "2 h", "5 d"]);
    expect([4_200, 1_100_000, 900e6, -20_000].map(duration)).toEqual(["4 ms", "1.1 s", "15 min", "−20 ms"]);
  });

  test("direction", () => {
    expect([side(1), side(-1), side(0), side(null)]).toEqual(["up", "down", "dim", "dim"]);
  });
});
