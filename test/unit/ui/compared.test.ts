import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "#lib/domain/interval.ts";
import { BarSeries } from "../../../app/_chart/bar-series.ts";
import {
  alignedCloses,
  asPrices,
  closeAt,
  extentOfLines,
  firstClose,
} from "../../../app/_chart/_prepare/compared-values.ts";
import { comparedStyles } from "../../../app/_chart/_prepare/line-styles.ts";
import { linePath, lonePath } from "../../../app/_chart/_prepare/paths.ts";
import { parseCompared } from "../../../app/_lib/compared.ts";
import { bar } from "./bars.ts";

describe("compared symbols", () => {
  test("meet the bars at their times; a bar that one lacks is a gap", () => {
    const others = [bar(0, { close: 1 }), bar(2 * MINUTE, { close: 3 }), bar(5 * MINUTE, { close: 6 })];
    const bars = [MINUTE, 2 * MINUTE, 3 * MINUTE, 5 * MINUTE].map((start) => bar(start));
    expect(alignedCloses(bars, others, MINUTE)).toEqual([null, 3, null, 6]);
  });

  test("a day that opens with its exchange meets the day of UTC", () => {
    const days = [bar(0), bar(DAY)];
    const sessions = [bar(13.5 * HOUR, { close: 7 }), bar(DAY + 13.5 * HOUR, { close: 8 })];
    expect(alignedCloses(days, sessions, DAY)).toEqual([7, 8]);
  });

  test("stand where they have changed as much as the chart's symbol", () => {
    const values = asPrices([null, 50, 55], 50, 200);
    expect(values).toEqual([null, 200, expect.closeTo(220, 9)]);
    expect(extentOfLines([{ values: [null, 220] }, { values: [null, 180] }])).toEqual({ low: 180, high: 220 });
    expect(extentOfLines([{ values: [null] }])).toBeNull();
    expect(firstClose([null, 50, 55])).toBe(50);
    expect(firstClose([null])).toBeNull();
  });

  test("are found by time in their series, the newest bar too", () => {
    const series = new BarSeries();
    series.merge([0, 1, 3].map((minute) => bar(minute * MINUTE, { close: minute })));
    series.merge([bar(-2 * MINUTE, { close: -2 })]);
    expect([-2, -1, 0, 1, 2, 3, 4].map((minute) => closeAt(series, minute * MINUTE + 5, MINUTE))).toEqual([
      -2,
      null,
      0,
      1,
      null,
      3,
      null,
    ]);
  });

  test("of an address are symbols, each once, at most eight", () => {
    expect(parseCompared("SIM:A,nonsense,SIM:A,SIM:B")).toEqual(["SIM:A", "SIM:B"]);
    expect(parseCompared(Array.from({ length: 12 }, (_, i) => `SIM:A${i}`).join(","))).toHaveLength(8);
  });

  test("show also where a bar has none beside it", () => {
    const pixels = { x: (value: number) => value * 9, y: (value: number) => value, step: 9 };
    expect(lonePath([5, null, 7, 8, null, 6], 0, pixels)).toBe("M-2.5 5.0h6.0M42.5 6.0h6.0");
    expect(linePath([5, null, 7, 8], 0, pixels)).toBe("M0.5 5.0M18.5 7.0L27.5 8.0");
  });

  test("are drawn in eight ways", () => {
    const styles = comparedStyles(8);
    expect(new Set(styles.map(({ main }) => main)).size).toBe(8);
  });
});
