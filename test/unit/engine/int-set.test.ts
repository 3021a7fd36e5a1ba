import { expect, test } from "vitest";
import { IntSet } from "#lib/engine/int-set.ts";

const items = (set: IntSet): number[] => Array.from({ length: set.size }, (_, index) => set.at(index));

test("holds each number once, in the order in which they came", () => {
  const set = new IntSet();
  for (const item of [7, 3, 7, 100_000, 3, 0]) set.add(item);
  expect(items(set)).toEqual([7, 3, 100_000, 0]);
});

test("what was in it before it was emptied can come again", () => {
  const set = new IntSet();
  set.add(5);
  set.clear();
  expect(items(set)).toEqual([]);
  set.add(5);
  expect(items(set)).toEqual([5]);
});
