import { expect, test } from "vitest";
import { backoff } from "#lib/domain/backoff.ts";

const limits = { first: 100, most: 1000 };

test("waits double from the first to the longest", () => {
  expect([1, 2, 3, 4, 5, 50, 5000].map((attempt) => backoff(attempt, limits, 1))).toEqual([
    100, 200, 400, 800, 1000, 1000, 1000,
  ]);
});

test("chance moves a wait within the upper half of its length", () => {
  expect(backoff(3, limits, 0)).toBe(200);
  expect(backoff(3, limits, 0.5)).toBe(300);
});
