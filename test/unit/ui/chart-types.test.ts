import { describe, expect, test } from "vitest";
import { lookKey } from "../../../app/_lib/chart-keys.ts";
import { CHART_TYPES, nextType } from "../../../app/_lib/chart-types.ts";
import { areaPath, hollowPath, ohlcPath } from "../../../app/_chart/_prepare/bar-paths.ts";
import { columnScale, columnsOf } from "../../../app/_chart/_prepare/columns.ts";
import { continuedHeikinAshi, heikinAshi, heikinAshiBar } from "../../../app/_chart/_prepare/heikin-ashi.ts";
import { bar, run } from "./bars.ts";

const pixels = { x: (i: number) => i * 7, y: (value: number) => 1_000 - value * 10, step: 7 };

describe("chart types", () => {
  test("a key goes through all of them and begins again, both ways", () => {
    let type = CHART_TYPES[0] as (typeof CHART_TYPES)[number];
    const seen = CHART_TYPES.map(() => (type = nextType(type, 1)));
    expect([new Set(seen).size, type]).toEqual([CHART_TYPES.length, "candles"]);
    expect(nextType("candles", -1)).toBe("heikin-ashi");
  });

  test("Alt and a place on the keyboard change the look; a letter alone is a search", () => {
    const look = { type: "line", scale: "log", adjust: "total" } as const;
    const press = (code: string, shiftKey = false) => lookKey({ code, shiftKey, altKey: true }, look);
    expect(press("KeyC")).toEqual({ ...look, type: "area" });
    expect(press("KeyC", true)).toEqual({ ...look, type: "bars" });
    expect(press("KeyP")?.scale).toBe("percent");
    expect(press("KeyL")?.scale).toBe("linear");
    expect(press("KeyX")).toBeNull();
    expect(lookKey({ code: "KeyL", altKey: false, shiftKey: false }, look)).toBeNull();
  });
});

describe("Heikin-Ashi", () => {
  const bars = [
    bar(0, { open: 10, high: 14, low: 8, close: 12 }),
    bar(1, { open: 12, high: 13, low: 9, close: 10 }),
    bar(2, { open: 10, high: 20, low: 10, close: 20 }),
  ];
  test("closes at the mean of a bar, opens in the middle of the body before", () => {
    const { bars: averaged } = heikinAshi(bars, null);
    expect(averaged.map(({ open, high, low, close }) => [open, high, low, close])).toEqual([
      [11, 14, 8, 11],
      [11, 13, 9, 11],
      [11, 20, 10, 15],
    ]);
  });

  test("holds the bar and its own body, and keeps everything else of it", () => {
    const averaged = heikinAshiBar(
      bar(0, { open: 90, close: 92 }),
      bar(1, { open: 100, high: 101, low: 99, close: 100 }),
    );
    expect(averaged).toMatchObject({ open: 91, low: 91, high: 101, close: 100, start: 1, volume: 10 });
  });

  test("continued bar by bar they are those of all bars at once", () => {
    const averages = continuedHeikinAshi();
    for (let count = 0; count <= bars.length; count++) averages(bars.slice(0, count));
    expect(averages(bars)).toEqual(heikinAshi(bars, null).bars);
  });

  test("an appended bar leaves those before as they are; a corrected or an older one changes all after it", () => {
    const before = heikinAshi(bars.slice(0, 2), null);
    const after = heikinAshi(bars, before);
    expect(after.bars[0]).toBe(before.bars[0]);
    const corrected = [bar(0, { open: 2, high: 14, low: 2, close: 2 }), ...bars.slice(1)];
    expect(heikinAshi(corrected, after).bars).toEqual(heikinAshi(corrected, null).bars);
    const paged = [bar(-1, { open: 1, high: 1, low: 1, close: 1 }), ...bars];
    expect(heikinAshi(paged, after).bars).toEqual(heikinAshi(paged, null).bars);
    expect(heikinAshi(paged, after).bars[1]?.open).toBe(1);
  });
});

describe("bars narrower than a pixel", () => {
  test("are joined to what they are together", () => {
    const bars = [
      bar(0, { open: 10, high: 12, low: 9, close: 11, volume: 1 }),
      bar(1, { open: 11, high: 15, low: 10, close: 14, volume: 7 }),
      bar(2, { open: 14, high: 14, low: 5, close: 6, volume: 3 }),
    ];
    const { bars: joined, first, per } = columnsOf({ bars, first: 4 }, 0.25);
    expect([joined.length, first, per]).toEqual([1, 1, 4]);
    expect(joined[0]).toMatchObject({ start: 0, open: 10, high: 15, low: 5, close: 6, volume: 7 });
    expect(columnScale((position) => position / 4, { per })(first)).toBe(1);
  });

  test("stand in the same columns wherever the chart is moved", () => {
    const bars = run(100, 1);
    const columns = (from: number) => columnsOf({ bars: bars.slice(from), first: from - 40 }, 1 / 3);
    const [whole, moved] = [columns(0), columns(31)];
    const inner = moved.bars.slice(1);
    expect(inner).toEqual(whole.bars.slice(-inner.length));
    expect([whole.first + whole.bars.length, whole.per]).toEqual([moved.first + moved.bars.length, 3]);
  });

  test("wider ones are left alone", () => {
    const bars = run(3, 1);
    expect(columnsOf({ bars, first: 2 }, 1)).toEqual({ bars, first: 2, per: 1 });
  });
});

describe("paths of the types", () => {
  const rising = bar(0, { open: 10, close: 12, high: 13, low: 9 });
  const falling = bar(1, { open: 12, close: 11, high: 13, low: 9 });

  test("a rising hollow candle is a frame, a falling one full; the close before gives the colour", () => {
    const both = [rising, falling];
    const before = undefined;
    expect(hollowPath(both, 0, pixels, { up: true, before })).toBe(
      "M0 870h1V880h-1zM0 900h1V910h-1zM-2 880h5V900h-5zM-1 881h3V899h-3z",
    );
    expect(hollowPath(both, 0, pixels, { up: false, before })).toBe("M7 870h1V880h-1zM7 890h1V910h-1zM5 880h5V890h-5z");
    expect(hollowPath(both, 0, pixels, { up: true, before: bar(-1, { close: 20 }) })).toBe("");
  });

  test("a bar opens at its left and closes at its right", () => {
    expect(ohlcPath([rising], 0, pixels, true)).toBe("M0 870h1V910h-1zM-2 900h2v1h-2zM1 880h2v1h-2z");
    expect(ohlcPath([rising], 0, { ...pixels, step: 2 }, true)).toBe("M0 870h1V910h-1z");
    expect(ohlcPath([rising], 0, pixels, false)).toBe("");
  });

  test("an area reaches the floor, and nothing has none", () => {
    expect(areaPath("M0.5 10.0L7.5 20.0", 0.5, 7.5, 99)).toBe("M0.5 10.0L7.5 20.0L7.5 99L0.5 99z");
    expect(areaPath("", 0, 0, 99)).toBe("");
  });
});
