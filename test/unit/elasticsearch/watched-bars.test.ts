import { expect, test } from "vitest";
import { watchedBars } from "#lib/elasticsearch/watched-bars.ts";

const row = (start: number, over: Readonly<Record<string, string | number | boolean>> = {}) =>
  Object.fromEntries(
    Object.entries({ start, end: start + 60e6, session: "post", given: false, complete: true, close: 1, ...over }).map(
      ([column, value]) => [column, [value]],
    ),
  );

test("of a window that was built and given the built bar counts where it is complete, else the given one", () => {
  const rows = [
    row(1),
    row(1, { given: true, close: 2 }),
    row(2, { complete: false }),
    row(2, { given: true, close: 2 }),
    row(3, { complete: false, close: 3 }),
  ];
  expect(watchedBars(rows, "1m").map(({ start, close }) => [start, close])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
});

test("a given bar is closed, of the regular session, and as long as its interval", () => {
  const given = { start: [0], given: [true], high: [5], low: [1], close: [2], volume: [7] };
  expect(watchedBars([given], "5m")).toEqual([
    { start: 0, end: 300e6, session: "regular", high: 5, low: 1, close: 2, volume: 7, trades: 0, final: true },
  ]);
});
