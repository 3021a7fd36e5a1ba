import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planChannels } from "#lib/collector/channel-plan.ts";
import { rareLine } from "#lib/contracts/write-line.ts";
import { MAX_CHANNEL_SYMBOLS, MAX_LINE_BYTES } from "#lib/contracts/ticks.ts";
import type { Source, Ticker } from "#lib/contracts/tickers.ts";
import { ALLOWED_LATENESS } from "#lib/domain/interval.ts";
import { ticker } from "#test/support/ticker.ts";

const limits = (most: number): Map<Source, number> =>
  new Map([
    ["simulator", most],
    ["binance", 2],
  ]);

const channelsOf = (tickers: readonly Ticker[], most: number): Map<string, string> =>
  new Map(
    planChannels(tickers, limits(most)).flatMap(({ channel, tickers: members }) =>
      members.map(({ symbol }) => [symbol, channel]),
    ),
  );

const many = (count: number): Ticker[] =>
  Array.from({ length: count }, (_, index) => ticker(`SIM:S${index}`, { addedAt: Math.floor(index / 7) }));

describe("the plan of channels", () => {
  test("puts each enabled ticker into one channel of its source, no channel above its limit", () => {
    const tickers = [
      ...many(7),
      ticker("BINANCE:BTCUSDT", { source: "binance" }),
      ticker("TAPE:X", { source: "recording" }),
    ];
    const plan = planChannels(tickers, limits(3));
    expect(plan.map(({ channel, tickers: members }) => [channel, members.length])).toEqual([
      ["simulator-0", 3],
      ["simulator-1", 3],
      ["simulator-2", 1],
      ["binance-0", 1],
    ]);
  });

  test("gives each channel one calendar, and the ticker of another one a channel of another name", () => {
    const tickers = many(5).map((each, index) => ticker(each.symbol, { calendar: index < 3 ? "us-equities" : "utc" }));
    expect(
      planChannels(tickers, limits(2)).map(({ channel, calendar, tickers: own }) => [channel, calendar, own.length]),
    ).toEqual([
      ["simulator-0", "utc", 2],
      ["simulator-us-equities-0", "us-equities", 2],
      ["simulator-us-equities-1", "us-equities", 1],
    ]);
  });

  test("gives each channel one profile", () => {
    const equity = { calendar: "us-equities", profile: "us-equities-utp" } as const;
    const tickers = many(3).map((each, index) => ticker(each.symbol, index < 2 ? equity : { profile: "us-equities" }));
    expect(planChannels(tickers, limits(9)).map(({ channel, profile }) => [channel, profile])).toEqual([
      ["simulator.us-equities-0", "us-equities"],
      ["simulator-us-equities.us-equities-utp-0", "us-equities-utp"],
    ]);
  });

  test("moves nothing when a ticker is added, disabled, removed or enabled again", () => {
    const states = fc.constantFrom("enabled", "disabled", "removed", "new");
    const property = fc.property(
      fc.array(states, { minLength: 5, maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      (changes, most) => {
        const before = many(40);
        const planned = channelsOf(before, most);
        const after = before.map(({ symbol, addedAt }, index) => {
          const change = changes[index];
          const state = change === "disabled" || change === "removed" ? change : "enabled";
          return ticker(symbol, { addedAt, state });
        });
        const added = changes.flatMap((change, index) =>
          change === "new" ? [ticker(`SIM:NEW${index}`, { addedAt: 1_000 + index })] : [],
        );
        const now = channelsOf([...added, ...after.toReversed()], most);
        return [...now].every(([symbol, channel]) => (planned.get(symbol) ?? channel) === channel);
      },
    );
    expect(() => fc.assert(property)).not.toThrow();
  });

  test("leaves out channels of which nothing is enabled", () => {
    const tickers = many(4).map((each, index) => ticker(each.symbol, { state: index < 2 ? "disabled" : "enabled" }));
    expect(planChannels(tickers, limits(2)).map(({ channel }) => channel)).toEqual(["simulator-1"]);
  });
});

describe("a channel of long names", () => {
  test("has no config line longer than readers accept", () => {
    const long = Array.from({ length: 3_000 }, (_, index) => ticker(`SIM:${"LONGNAME".repeat(3)}${index}`));
    const plan = planChannels(long, limits(100_000));
    for (const { tickers } of plan) {
      const symbols = tickers.map(({ symbol }) => symbol);
      const line = rareLine({
        type: "config",
        channel: "c".repeat(64),
        n: Number.MAX_SAFE_INTEGER,
        symbols,
        profile: "all",
        guard: null,
        calendar: "us-equities",
        lateness: ALLOWED_LATENESS,
        tolerance: Number.MAX_SAFE_INTEGER,
        correctionHorizon: Number.MAX_SAFE_INTEGER,
      });
      expect(line.length).toBeLessThanOrEqual(MAX_LINE_BYTES);
      expect(symbols.length).toBeLessThanOrEqual(MAX_CHANNEL_SYMBOLS);
    }
    expect(plan.reduce((sum, { tickers }) => sum + tickers.length, 0)).toBe(3_000);
  });
});
