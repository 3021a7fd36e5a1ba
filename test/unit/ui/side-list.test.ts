import { UTC_CLOCK } from "../../../app/_lib/zone-clock.ts";
import { expect, test } from "vitest";
import {
  activeFacts,
  correlationText,
  pairLookup,
  parseSideList,
  rateWords,
  strength,
} from "../../../app/_lib/side-list.ts";

const at = (time: string): number => Date.parse(`2026-11-20T${time}Z`) * 1_000;
const pair = (correlation: number | null, minutes = 300) => ({ minutes, correlation });
const counted = { from: at("13:20:00"), to: at("14:17:43"), error: 0, leftOut: 0 };

test("a list of the most active says what it counts and how far it can be off", () => {
  expect(activeFacts(UTC_CLOCK, counted)).toBe("13:20 to 14:17:43 UTC, exact");
  expect(activeFacts(UTC_CLOCK, { ...counted, error: 3_000, leftOut: 2 })).toBe(
    "13:20 to 14:17:43 UTC, each at most ± 1,500, 2 bars left out",
  );
  expect(activeFacts(UTC_CLOCK, { ...counted, from: null, to: null })).toBe("");
});

test("rates have few digits, and none where nothing trades", () => {
  expect([0, 0.001, 0.05, 2.13, 14.4].map(rateWords)).toEqual(["—", "—", "0.05/s", "2.1/s", "14/s"]);
});

test("a correlation of too few minutes is not shown", () => {
  expect([pair(0.731), pair(-0.04), pair(-0.001), pair(null), pair(0.9, 29), null].map(correlationText)).toEqual([
    "0.73",
    "\u22120.04",
    "0.00",
    "—",
    "—",
    "—",
  ]);
  expect([pair(1), pair(-1), pair(0.05), pair(0.5), pair(0.9, 29)].map(strength)).toEqual([5, 5, 0, 3, 0]);
});

test("each pair is found from both sides, and no symbol is one with itself", () => {
  const pairOf = pairLookup({ pairs: [{ a: 1, b: 0, minutes: 40, correlation: 0.5 }] });
  expect(pairOf(0, 1)).toEqual(pairOf(1, 0));
  expect([pairOf(1, 0)?.minutes, pairOf(1, 1)]).toEqual([40, null]);
});

test("what the address says of the list is understood, or it is the movers", () => {
  expect([parseSideList("active"), parseSideList("together"), parseSideList("x"), parseSideList(null)]).toEqual([
    "active",
    "together",
    "movers",
    "movers",
  ]);
});
