import { expect, test } from "vitest";
import { closesOf } from "#lib/elasticsearch/closes.ts";

const built = (symbol: string, start: number, close: number, complete = true) => ({
  symbol,
  start,
  close,
  complete,
  given: false,
});
const given = (symbol: string, start: number, close: number) => ({ symbol, start, close, given: true });

test("each window gives one close: the complete built bar's, else the given one's, else what is built so far", () => {
  const rows = [
    built("A", 1, 10),
    given("A", 1, 11),
    built("A", 2, 20, false),
    given("A", 2, 21),
    built("A", 3, 30, false),
    given("B", 3, 31),
  ];
  expect(closesOf(rows)).toEqual(
    new Map([
      [
        "A",
        [
          { start: 1, close: 10 },
          { start: 2, close: 21 },
          { start: 3, close: 30 },
        ],
      ],
      ["B", [{ start: 3, close: 31 }]],
    ]),
  );
});
