import { expect, test } from "vitest";
import type { Print } from "#lib/contracts/latest.ts";
import { SECOND } from "#lib/domain/interval.ts";
import { conditionsOf, isFast, printKey, type TapeRow, tapeRows } from "../../../app/_lib/tape.ts";
import { mergePrints, PRINTS_KEPT } from "../../../app/_lib/prints.ts";
import { PrintStore } from "../../../app/_live/print-store.ts";

const ALL = { side: null, least: 0, condition: null };
const NO_GAPS = new Map<string, number>();

const print = (id: number, fields: Partial<Print> = {}): Print => ({
  id,
  time: 10 * SECOND + id * 1000,
  price: 10,
  size: 1,
  side: "buy",
  ...fields,
});

const brief = (rows: readonly TapeRow[]): unknown[] =>
  rows.map((row) => (row.kind === "gap" ? `gap ${row.trades}` : [row.price, row.size, row.trades]));

test("neighbours of one second at one price and side are one row, with their number and size", () => {
  const prints = [
    print(5, { time: 11 * SECOND }),
    print(4),
    print(3, { size: 2, conditions: ["block"] }),
    print(2, { side: "sell" }),
    print(1, { price: 9 }),
  ];
  const rows = tapeRows(prints, NO_GAPS, ALL, true);
  expect(brief(rows)).toEqual([
    [10, 1, 1],
    [10, 3, 2],
    [10, 1, 1],
    [9, 1, 1],
  ]);
  expect(rows[1]).toMatchObject({ key: printKey(print(4)), conditions: ["block"] });
  expect(tapeRows(prints, NO_GAPS, ALL, false)).toHaveLength(5);
});

test("a filter by side, size and condition lists what passes all of them", () => {
  const prints = [
    print(4, { size: 5, conditions: ["block", "I"] }),
    print(3, { size: 5, side: "sell", conditions: ["I"] }),
    print(2, { size: 1, conditions: ["I"] }),
    print(1, { size: 9 }),
  ];
  expect(conditionsOf(prints)).toEqual(["I", "block"]);
  expect(tapeRows(prints, NO_GAPS, { side: "buy", least: 2, condition: "I" }, false).map(({ key }) => key)).toEqual([
    printKey(print(4)),
  ]);
});

test("trades that were not sent stand where they were left out, unless only some are listed", () => {
  const store = new PrintStore();
  store.merge("SIM:A", [print(1), print(2)], 0);
  store.merge("SIM:A", [print(90), print(91)], 87);
  const { prints, gaps, skipped } = store.tape("SIM:A");
  expect(skipped).toBe(87);
  expect(brief(tapeRows(prints, gaps, ALL, false))).toEqual([[10, 1, 1], [10, 1, 1], "gap 87", [10, 1, 1], [10, 1, 1]]);
  expect(brief(tapeRows(prints, gaps, { ...ALL, side: "buy" }, true))).toEqual([[10, 4, 4]]);
});

test("more than twenty trades in the newest second are too fast to be read one by one", () => {
  const fast = Array.from({ length: 25 }, (_, i) => print(25 - i, { time: -i * 49_000 }));
  const slow = fast.map((one, i) => ({ ...one, time: -i * 50_000 }));
  expect([isFast(fast), isFast(slow), isFast(fast.slice(0, 20))]).toEqual([true, false, false]);
});

test("a page keeps the newest prints, each once", () => {
  const many = Array.from({ length: PRINTS_KEPT + 10 }, (_, i) => print(i));
  const held = mergePrints([], many);
  expect([held.length, held[0]?.id, held.at(-1)?.id]).toEqual([PRINTS_KEPT, PRINTS_KEPT + 9, 10]);
  expect(mergePrints(held, many.slice(-5))).toBe(held);
});
