import { describe, expect, test } from "vitest";
import type { LiveBar } from "#lib/live/hub.ts";
import { BarMemory } from "#lib/live/bar-memory.ts";
import { mergeBars } from "#lib/services/bars/merge-bars.ts";
import { barLine } from "../live/lines.ts";
import { builtBar, givenBar, TODAY } from "./fixtures.ts";

function liveBars(...lines: ReturnType<typeof barLine>[]): LiveBar[] {
  const memory = new BarMemory(10);
  for (const [index, line] of lines.entries()) memory.accept(line, index + 1);
  return memory.bars("SIM:AAPL", "1m");
}

describe("of the built and the given bar of one window", () => {
  test("the built one is shown where it is complete", () => {
    expect(mergeBars([builtBar(0), givenBar(0)])).toMatchObject([{ origin: "built", close: 1, partial: false }]);
  });

  test("the given one stands in for a built one that is not complete", () => {
    const merged = mergeBars([builtBar(0, { complete: false }), givenBar(0)]);
    expect(merged).toMatchObject([{ origin: "given", close: 2, partial: false, final: true, revision: 0 }]);
  });

  test("a built one that is not complete is shown as partial when it is alone", () => {
    expect(mergeBars([builtBar(0, { complete: false })])).toMatchObject([{ origin: "built", partial: true }]);
  });

  test("what a source does not give is unknown, not zero", () => {
    expect(mergeBars([givenBar(0)])).toMatchObject([{ vwap: null, trades: null }]);
  });
});

test("bars come oldest first, one a window, and carry nothing that is not drawn", () => {
  const merged = mergeBars([givenBar(2), builtBar(1), builtBar(0), givenBar(1)]);
  expect(merged.map(({ start, close }) => [(start - TODAY) / 6e7, close])).toEqual([
    [0, 1],
    [1, 1],
    [2, 2],
  ]);
  expect(Object.keys(merged[0] ?? {}).toSorted()).toEqual(
    "start open high low close volume vwap trades final revision origin partial".split(" ").toSorted(),
  );
});

describe("of the stored bar and the hub's", () => {
  test("the one computed later in the log is shown", () => {
    const stored = builtBar(0, { position: 11 });
    expect(mergeBars([stored], liveBars(barLine(9)))).toMatchObject([{ close: 1 }]);
    expect(mergeBars([stored], liveBars(barLine(10)))).toMatchObject([{ close: 110 }]);
    expect(mergeBars([stored], liveBars(barLine(12)))).toMatchObject([{ close: 112 }]);
  });

  test("a later epoch is newer whatever its offset", () => {
    expect(mergeBars([builtBar(0)], liveBars(barLine(1, { epoch: 2 })))).toMatchObject([{ close: 101 }]);
    expect(mergeBars([builtBar(0, { epoch: 2 })], liveBars(barLine(50)))).toMatchObject([{ close: 1 }]);
  });

  test("a window that is not stored yet is shown from the hub", () => {
    expect(mergeBars([], liveBars(barLine(3)))).toMatchObject([{ close: 103, origin: "built", final: false }]);
  });

  test("an incomplete one of the hub does not replace what the source gave", () => {
    expect(mergeBars([givenBar(0)], liveBars(barLine(3, { complete: false })))).toMatchObject([{ origin: "given" }]);
  });
});
