import { describe, expect, test } from "vitest";
import { MINUTE } from "#lib/domain/interval.ts";
import {
  ASK_LEGS,
  ASK_SOON,
  askAgainIn,
  haltNote,
  haltTimes,
  knownHalts,
  placedHalts,
  type ShownHalt,
} from "../../../app/_chart/_prepare/halts.ts";
import { UTC_CLOCK } from "../../../app/_lib/zone-clock.ts";
import { bar } from "./bars.ts";

const TEN = Date.UTC(2026, 2, 3, 10) * 1_000;
const at = (minutes: number): number => TEN + minutes * MINUTE;
const halt = (from: number, to: number | null, reason: string | null = "Volatility pause (LUDP)"): ShownHalt => {
  return { symbol: "SIM:A", from: at(from), to: to === null ? null : at(to), reason };
};
/** Bars of a minute; nothing is traded from 10:03 to 10:08. */
const minutes = [0, 1, 2, 8, 9].map((minute) => bar(at(minute)));
const placed = (halts: ShownHalt[], bars = minutes, length = MINUTE) =>
  placedHalts(halts, bars, 10, ({ start }) => start + length).map(({ before, after }) => [before, after]);

describe("where a halt lies on the chart", () => {
  test("is between the bars around it, by their positions", () => {
    expect(placed([halt(3, 8)])).toEqual([[12, 13]]);
  });

  test("is behind the newest bar while it lasts, or while nothing was traded since", () => {
    expect(placed([halt(10, null)])).toEqual([[14, null]]);
    expect(placed([halt(10, 12)])).toEqual([[14, null]]);
  });

  test("is within the bar that has trades from before and after it", () => {
    const long = [0, 5, 10].map((minute) => bar(at(minute)));
    expect(placed([halt(6, 8)], long, 5 * MINUTE)).toEqual([[11, 11]]);
    expect(placed([halt(3, 8)], long, 5 * MINUTE)).toEqual([[10, 11]]);
  });

  test("is not shown where it lies before the oldest bar", () => {
    expect(placed([halt(-9, -4)])).toEqual([]);
  });
});

const ask = (of: ShownHalt[], since: number | null, told: number | null): number | null =>
  askAgainIn(of, "SIM:A", since === null ? null : { since: at(since), reason: null }, told === null ? null : at(told));

describe("what is known of halts", () => {
  const stored = [halt(3, 8), halt(20, null)];

  test("is what is stored, and what the stream has told since", () => {
    expect(knownHalts(stored, "SIM:A", { since: at(20), reason: null })).toEqual(stored);
    expect(knownHalts([halt(3, 8)], "SIM:A", { since: at(20), reason: "T1" })).toEqual([
      halt(3, 8),
      halt(20, null, "T1"),
    ]);
    expect(knownHalts(stored, "SIM:A", null)).toEqual([halt(3, 8)]);
  });

  test("is asked for again soon until both say the same of the present", () => {
    expect(ask(stored, 20, 20)).toBeNull();
    expect(ask(stored, null, 20)).toBe(ASK_SOON);
    expect(ask([halt(3, 8)], 20, 20)).toBe(ASK_SOON);
    expect(ask([halt(3, 8)], null, null)).toBeNull();
    expect(ask([halt(3, 8)], null, 3)).toBeNull();
    expect(ask([halt(3, 8)], null, 20)).toBe(ASK_SOON);
  });

  describe("of a composite", () => {
    const name = "SIM:A/SIM:B";
    const left = halt(20, null);
    const right = { ...halt(10, null), symbol: "SIM:B" };
    const both = [halt(3, 8), right, left];
    const leftsWord = { since: left.from, reason: null };
    const rightsWord = { since: right.from, reason: null };

    test("is that of both legs where both are halted, and is asked for at a slow pace while one lasts", () => {
      expect(knownHalts(both, name, leftsWord)).toEqual(both);
      expect(askAgainIn(both, name, leftsWord, left.from)).toBe(ASK_LEGS);
      expect(knownHalts([right], name, rightsWord)).toEqual([right]);
      expect(askAgainIn([right], name, rightsWord, right.from)).toBe(ASK_LEGS);
    });

    test("shows the left leg's no longer once its quote tells of the right leg's, nor any once it tells of none", () => {
      expect(knownHalts(both, name, rightsWord)).toEqual([halt(3, 8), right]);
      expect(askAgainIn(both, name, rightsWord, right.from)).toBe(ASK_SOON);
      expect(knownHalts(both, name, null)).toEqual([halt(3, 8)]);
      expect(askAgainIn(both, name, null, right.from)).toBe(ASK_SOON);
      expect(askAgainIn([halt(3, 8)], name, null, null)).toBeNull();
    });
  });
});

test("the readout names a halt beside the bars around it", () => {
  const halts = placedHalts([halt(3, 8), halt(10, null, null)], minutes, 10, ({ start }) => start + MINUTE);
  const note = (position: number) => haltNote(halts, position, UTC_CLOCK, "1m");
  expect(note(11)).toBeNull();
  expect(note(12)).toEqual({
    words: "halt after",
    title: "Halted 10:03:00 – 10:08:00 UTC: Volatility pause (LUDP)",
  });
  expect(note(13)?.words).toBe("halt before");
  expect(note(14)).toEqual({ words: "halted since 10:10:00 UTC", title: "Halted since 10:10:00 UTC" });
  const late = placedHalts([halt(0, 8)], minutes, 10, ({ start }) => start + MINUTE);
  expect(late).toEqual([]);
  const within = placedHalts([halt(1, 8)], minutes, 10, ({ start }) => start + MINUTE);
  expect([10, 11, 12, 13].map((position) => haltNote(within, position, UTC_CLOCK, "1m")?.words)).toEqual([
    "halt after",
    "in a halt",
    "in a halt",
    "halt before",
  ]);
  expect(haltTimes(UTC_CLOCK, halt(3, 8, null), "1d")).toBe("Tue 3 Mar 10:03:00 – Tue 3 Mar 10:08:00 UTC");
});
