import { expect, test } from "vitest";
import { SharedReads } from "#lib/services/shared-reads.ts";

function open(capacity = 10) {
  const clock = { now: 0 };
  const reads: string[] = [];
  const shared = new SharedReads<number>({ fresh: 1_000, capacity, now: () => clock.now });
  const get = (key: string, fails = false) =>
    shared.get(key, () => {
      reads.push(key);
      return fails ? Promise.reject(new Error("down")) : Promise.resolve(reads.length);
    });
  return { clock, reads, shared, get };
}

test("all who ask for the same within a moment share one read", async () => {
  const { clock, get, reads } = open();
  expect(await Promise.all([get("a"), get("a"), get("b")])).toEqual([1, 1, 2]);
  clock.now = 999;
  expect(await get("a")).toBe(1);
  clock.now = 1_000;
  expect(await get("a")).toBe(3);
  expect(reads).toEqual(["a", "b", "a"]);
});

test("a failure is told to those who wait, and not kept", async () => {
  const { get } = open();
  await expect(get("a", true)).rejects.toThrow("down");
  expect(await get("a")).toBe(2);
});

test("no more are held than there is room for", async () => {
  const { get, reads, shared } = open(2);
  for (const key of ["a", "b", "c", "a"]) await get(key);
  expect(shared.size).toBe(2);
  expect(reads).toEqual(["a", "b", "c", "a"]);
});
