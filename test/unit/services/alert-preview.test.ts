import { expect, test } from "vitest";
import type { CorporateAction } from "#lib/domain/adjustment/action.ts";
import type { WatchedBar } from "#lib/contracts/stores.ts";
import { DAY, MINUTE } from "#lib/domain/interval.ts";
import { TapedeckError } from "#lib/errors.ts";
import { alertPreview, alertPreviewInput } from "#lib/services/alerts/preview.ts";
import { SharedReads } from "#lib/services/shared-reads.ts";
import { BEGIN, SYMBOL } from "../alerts/lines.ts";

function setUp(bars: readonly WatchedBar[], actions: CorporateAction[] = []) {
  const clock = { now: BEGIN + DAY };
  const asked: unknown[] = [];
  const now = (): number => clock.now;
  const needs = {
    now,
    bars: {
      async *watched(query: unknown) {
        asked.push(query);
        yield [...bars];
      },
    },
    watched: new SharedReads<WatchedBar[]>({ fresh: MINUTE, capacity: 2, now }),
    directory: {
      get: (symbol: string) =>
        symbol === SYMBOL
          ? Promise.resolve({ ticker: { calendar: "utc" as const, actions } })
          : Promise.reject(new TapedeckError("NOT_FOUND", "no ticker")),
    },
  };
  return { needs, asked, clock };
}

const bar = (minute: number, close: number, over: Partial<WatchedBar> = {}): WatchedBar => {
  const start = BEGIN + minute * MINUTE;
  const shape = { high: close, low: close, close, volume: 10, trades: 1 };
  return { start, end: start + MINUTE, session: "regular", final: true, ...shape, ...over };
};
const above = (level: number, over: object = {}) =>
  alertPreviewInput.parse({
    symbol: SYMBOL,
    condition: { kind: "above", level },
    frequency: { kind: "close" },
    ...over,
  });

test("a preview counts the closed bars at which a rule holds, of its sessions, and tells the newest", async () => {
  const bars = [bar(0, 99), bar(1, 101), bar(2, 102, { session: "post" }), bar(3, 103, { final: false })];
  const { needs } = setUp(bars);
  const last = { time: BEGIN + 3 * MINUTE, price: 102, start: BEGIN + 2 * MINUTE };
  const answer = await alertPreview(needs, above(100));
  expect(answer).toMatchObject({ count: 2, bars: 4, from: BEGIN, to: BEGIN + 3 * MINUTE });
  expect(answer.newest.at(-1)).toEqual(last);
  expect((await alertPreview(needs, above(100, { session: "regular" }))).count).toBe(1);
});

test("a bar that still forms is told at the present", async () => {
  const { needs, clock } = setUp([bar(0, 99), bar(1, 101, { final: false })]);
  clock.now = BEGIN + 1.5 * MINUTE;
  const { newest } = await alertPreview(needs, above(100, { frequency: { kind: "once" } }));
  expect(newest).toMatchObject([{ time: clock.now }]);
});

test("what was traded before a split counts in the shares of today", async () => {
  const split = { kind: "split", day: "2026-01-06", newShares: 4, oldShares: 1 } as const;
  const bars = [bar(0, 396), bar(1, 404), bar(24 * 60, 99), bar(24 * 60 + 1, 101)];
  const { needs, clock } = setUp(bars, [split]);
  clock.now += DAY;
  const { newest } = await alertPreview(needs, above(100));
  expect(newest.map(({ price }) => price)).toEqual([101, 101]);
});

test("all who try levels on a symbol within a minute share one read of its bars", async () => {
  const { needs, asked, clock } = setUp([bar(0, 101)]);
  await Promise.all([alertPreview(needs, above(100)), alertPreview(needs, above(102))]);
  expect(asked).toEqual([{ symbol: SYMBOL, interval: "1m", from: BEGIN - 6 * DAY }]);
  clock.now += MINUTE;
  await alertPreview(needs, above(100));
  expect(asked).toHaveLength(2);
});

test("nothing is read of a symbol that is no ticker, nor of more days than a week", async () => {
  const { needs, asked } = setUp([]);
  await expect(alertPreview(needs, above(1, { symbol: "SIM:NONE" }))).rejects.toThrow("no ticker");
  expect(asked).toEqual([]);
  expect(alertPreviewInput.safeParse({ ...above(1), days: 8 }).success).toBe(false);
});
