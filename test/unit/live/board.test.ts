import { expect, test } from "vitest";
import { Board } from "#lib/live/board.ts";

test("gives what changed after a cursor, the last changed first", () => {
  const board = new Board<string>(10);
  board.set("a", "a1", 1);
  board.set("b", "b2", 2);
  board.set("c", "c3", 3);
  board.set("a", "a4", 4);
  expect([...board.since(0)]).toEqual(["a4", "c3", "b2"]);
  expect([...board.since(2)]).toEqual(["a4", "c3"]);
  expect([...board.since(4)]).toEqual([]);
  expect(board.getSince("b", 1)).toBe("b2");
  expect(board.getSince("b", 2)).toBeUndefined();
});

test("forgets the key that has not changed for longest when it is full", () => {
  const board = new Board<number>(2);
  board.set("a", 1, 1);
  board.set("b", 2, 2);
  board.set("a", 3, 3);
  board.set("c", 4, 4);
  expect([...board.since(0)]).toEqual([4, 3]);
  expect(board.size).toBe(2);
  expect(board.get("b")).toBeUndefined();
});
