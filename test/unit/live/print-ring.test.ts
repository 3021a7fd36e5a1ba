import { expect, test } from "vitest";
import { PrintRing } from "#lib/live/print-ring.ts";
import { print } from "./lines.ts";

test("keeps the newest prints up to its capacity, oldest first", () => {
  const ring = new PrintRing(3);
  ring.push([print(1), print(2)], 0, 1);
  expect(ring.since(0).prints.map(({ id }) => id)).toEqual([1, 2]);
  ring.push([print(3), print(4)], 0, 2);
  expect(ring.since(0).prints.map(({ id }) => id)).toEqual([2, 3, 4]);
  expect(ring.since(1)).toEqual({ prints: [print(3), print(4)], skipped: 0 });
  expect(ring.since(2)).toEqual({ prints: [], skipped: 0 });
});

test("counts the prints that no line carried", () => {
  const ring = new PrintRing(10);
  ring.push([print(1)], 0, 1);
  ring.push([print(5)], 3, 2);
  ring.push([], 4, 3);
  expect(ring.since(1)).toEqual({ prints: [print(5)], skipped: 7 });
});
