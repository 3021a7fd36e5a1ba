import { expect, test } from "vitest";
import { couponOfText } from "#lib/domain/sketches/coupon.ts";
import { VenueSets } from "#lib/engine/venue-sets.ts";

const [nasdaq, arca, cboe] = ["XNAS", "ARCX", "BATS"].map(couponOfText) as [number, number, number];
const count = (sets: VenueSets, window: number): number => sets.of(window)?.estimate().value ?? 0;

test("windows of one venue share a sketch, and another venue of one of them stays its own", () => {
  const sets = new VenueSets();
  for (const window of [1, 2]) sets.add(window, nasdaq);
  expect(sets.of(1)).toBe(sets.of(2));
  for (const venue of [arca, nasdaq, cboe, arca]) sets.add(1, venue);
  expect([count(sets, 1), count(sets, 2)]).toEqual([3, 1]);
  sets.add(3, nasdaq);
  expect(count(sets, 3)).toBe(1);
});

test("a window that was cleared, or never had a trade with a venue, has none", () => {
  const sets = new VenueSets();
  sets.add(7, arca);
  sets.clear(7);
  sets.clear(1000);
  expect([sets.of(7), sets.of(0), sets.of(1000)]).toEqual([null, null, null]);
});
