import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE, SECOND } from "#lib/domain/interval.ts";
import { arrowSteps, historyKey, toolOfKey } from "../../../app/_chart/_drawings/drawing-keys.ts";
import { drawingWords } from "../../../app/_chart/_drawings/drawing-words.ts";
import { fibonacciLevels, labelledLevels } from "../../../app/_chart/_drawings/fibonacci.ts";
import { lengthWords, measured, measuredWords } from "../../../app/_chart/_drawings/measured.ts";
import { clockOf } from "../../../app/_lib/zone-clock.ts";
import { run } from "./bars.ts";

const BEGIN = Date.UTC(2026, 10, 20, 15) * 1_000;
const point = (minute: number, price: number) => ({ time: BEGIN + minute * MINUTE, price });
const places = { slot: (time: number): number => (time - BEGIN) / MINUTE };

describe("Fibonacci", () => {
  test("counts back from the second point to the first", () => {
    const rising = fibonacciLevels(100, 200).map(({ price }) => Number(price.toFixed(9)));
    expect(rising).toEqual([200, 176.4, 161.8, 150, 138.2, 121.4, 100]);
    expect(fibonacciLevels(200, 100).map(({ price }) => price)).toEqual([
      100,
      expect.closeTo(123.6, 9),
      expect.closeTo(138.2, 9),
      150,
      expect.closeTo(161.8, 9),
      expect.closeTo(178.6, 9),
      200,
    ]);
  });
});

/** The levels that are labelled of a drawing so many pixels high. */
function labelled(height: number): number[] {
  const placed = fibonacciLevels(0, height).map(({ level, price }) => ({ level, y: price }));
  return labelledLevels(placed, 14).map(({ level }) => level);
}

describe("labels of levels", () => {
  test("all have room on a high drawing, the most important ones on a low one", () => {
    expect(labelled(400)).toHaveLength(7);
    expect(labelled(40)).toEqual([0, 1, 0.5]);
    expect(labelled(5)).toEqual([0]);
  });
});

describe("a measure", () => {
  const closed = run(20, MINUTE, BEGIN);

  test("says the change, the bars and the volume between", () => {
    const found = measured([point(2, 100), point(12, 102.5)], places, closed);
    expect(found).toEqual({
      change: 2.5,
      percent: 2.499999999999991,
      bars: 10,
      duration: 10 * MINUTE,
      volume: 100,
      complete: true,
    });
    expect(measuredWords(found, 2)).toEqual(["+2.50  (+2.50 %)", "10 bars, 10 min", "Volume 100"]);
  });

  test("into the past counts backwards, the volume is the same", () => {
    const found = measured([point(12, 102.5), point(2, 100)], places, closed);
    expect([found.change, found.bars, found.duration, found.volume]).toEqual([-2.5, -10, -10 * MINUTE, 100]);
    expect(measuredWords(found, 2)[1]).toBe("−10 bars, −10 min");
  });

  test("volume that reaches beyond the bars held is at least what is known", () => {
    const before = measured([point(-5, 100), point(5, 100)], places, closed);
    const beyond = measured([point(10, 100), point(40, 100)], places, closed);
    expect([before, beyond].map(({ volume, complete }) => [volume, complete])).toEqual([
      [50, false],
      [100, false],
    ]);
    expect(measuredWords(beyond, 2)[2]).toBe("Volume ≥ 100");
    expect(measuredWords(measured([point(50, 1), point(60, 1)], places, closed), 2)[2]).toBe("Volume —");
  });

  test("has no percentage of a price that is not above zero", () => {
    expect(measuredWords(measured([point(0, 0), point(1, 1)], places, closed), 2)[0]).toBe("+1.00  (—)");
  });

  test.each([
    [0, "0 s"],
    [42 * SECOND, "42 s"],
    [90 * MINUTE, "1 h 30 min"],
    [-(2 * DAY + 3 * HOUR + MINUTE), "−2 d 3 h"],
    [DAY + MINUTE, "1 d"],
  ])("writes %d µs as its two largest units", (length, words) => {
    expect(lengthWords(length)).toBe(words);
  });
});

describe("words", () => {
  const told = { zone: clockOf("America/New_York"), now: BEGIN, decimals: 2 };

  test("say the kind, the prices and the times of the chosen zone", () => {
    expect(drawingWords({ kind: "trend", points: [point(0, 100), point(90, 101.5)], text: "" }, told)).toBe(
      "Trend line from 100.00 at Fri 20 Nov 10:00 EST to 101.50 at Fri 20 Nov 11:30 EST",
    );
    expect(drawingWords({ kind: "horizontal", points: [point(0, 1234.5)], text: "" }, told)).toBe(
      "Horizontal line at 1,234.50",
    );
    const second = { time: BEGIN + SECOND, price: 99 };
    expect(drawingWords({ kind: "note", points: [second], text: "gap" }, told)).toBe(
      "Note “gap”, 99.00 at Fri 20 Nov 10:00:01 EST",
    );
  });
});

describe("keys", () => {
  const press = { key: "", shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };

  test("begin a tool with Alt only", () => {
    expect(toolOfKey({ ...press, key: "†", code: "KeyT", altKey: true })).toBe("trend");
    expect(toolOfKey({ ...press, key: "t", code: "KeyT" })).toBeNull();
    expect(toolOfKey({ ...press, key: "c", code: "KeyC", altKey: true })).toBeNull();
  });

  test("move by one, with Shift by ten", () => {
    expect(arrowSteps({ ...press, key: "ArrowUp" })).toEqual({ right: 0, up: 1 });
    expect(arrowSteps({ ...press, key: "ArrowLeft", shiftKey: true })).toEqual({ right: -10, up: 0 });
    expect(arrowSteps({ ...press, key: "ArrowUp", altKey: true })).toBeNull();
  });

  test("undo and do again with Ctrl or Cmd", () => {
    const keys = [
      { key: "z", ctrlKey: true },
      { key: "Z", ctrlKey: true, shiftKey: true },
      { key: "y", metaKey: true },
      { key: "z" },
      { key: "z", ctrlKey: true, altKey: true },
    ];
    expect(keys.map((key) => historyKey({ ...press, ...key }))).toEqual(["undo", "redo", "redo", null, null]);
  });
});
