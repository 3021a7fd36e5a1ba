import { describe, expect, test } from "vitest";
import type { BarQuery, ChartBar, StoredBar } from "#lib/contracts/stores.ts";
import type { Source, Ticker } from "#lib/contracts/tickers.ts";
import { dayOf } from "#lib/domain/adjustment/action.ts";
import type { AdjustmentMode } from "#lib/domain/adjustment/steps.ts";
import { DAY, MINUTE } from "#lib/domain/interval.ts";
import type { Feed } from "#lib/feeds/feed.ts";
import { BarMemory } from "#lib/live/bar-memory.ts";
import { TickerDirectory } from "#lib/services/instruments/ticker-directory.ts";
import { barsPage } from "#lib/services/bars/page.ts";
import { SharedReads } from "#lib/services/shared-reads.ts";
import { barLine } from "../live/lines.ts";
import { fakeFeed, fakeSources, fakeTickers } from "./fake-stores.ts";
import { backfill, builtBar, givenBar, ticker, TODAY } from "./fixtures.ts";

const NOW = TODAY + 60 * MINUTE + 1;
const now = () => NOW;

function open(stored: StoredBar[], over: Partial<Ticker> = {}) {
  const reads: number[] = [];
  const sessions: BarQuery["session"][] = [];
  const memory = new BarMemory(10);
  const rows = stored.toSorted((a, b) => b.start - a.start);
  const services = {
    bars: {
      readChart: ({ from = 0, to = Infinity, limit, session }: BarQuery) => {
        reads.push(limit);
        sessions.push(session);
        return Promise.resolve(rows.filter(({ start }) => start >= from && start < to).slice(0, limit));
      },
    },
    directory: new TickerDirectory(fakeTickers(ticker(over)), now),
    feeds: new Map<Source, Feed>([["coinbase", fakeFeed(() => Promise.resolve([]))]]),
    hub: { bars: memory.bars.bind(memory) },
    sources: fakeSources(),
    charts: new SharedReads<ChartBar[]>({ fresh: 0, capacity: 1, now }),
    now,
  };
  const page = (input: Partial<Parameters<typeof barsPage>[1]> = {}) =>
    barsPage(services, { symbol: "SIM:AAPL", interval: "1m", limit: 30, adjust: "raw", ...input });
  return { page, reads, sessions, memory, services };
}

const built = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => builtBar(from + index));
const given = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => givenBar(from + index));
const minutesOf = (bars: { start: number }[]) => bars.map(({ start }) => (start - TODAY) / MINUTE);

describe("a page", () => {
  test("is the newest windows before its end, however many have two bars", async () => {
    const { page, reads } = open([...built(0, 60), ...given(0, 60)]);
    const { bars, more } = await page({ limit: 20 });
    expect(minutesOf(bars)).toEqual(Array.from({ length: 20 }, (_, index) => 40 + index));
    expect(bars.every(({ origin }) => origin === "built")).toBe(true);
    expect(more).toBe(true);
    expect(reads).toEqual([28, 42]);
  });

  test("is of all sessions, of days the regular one, or of the session that is asked for", async () => {
    const { page, sessions, memory } = open([], { calendar: "us-equities" });
    const morning = TODAY + 13.5 * 60 * MINUTE;
    for (const start of [morning - MINUTE, morning]) memory.accept(barLine(1, { start }), 1);
    const daily = { interval: "1d", start: morning } as const;
    memory.accept(barLine(1, { ...daily, session: "pre" }), 1);
    expect((await page({ interval: "1d" })).bars).toEqual([]);
    expect((await page()).bars).toHaveLength(2);
    expect((await page({ session: "regular" })).bars).toHaveLength(1);
    await page({ interval: "1d", session: "post" });
    expect(sessions).toEqual(["regular", undefined, "regular", "post"]);
  });

  test("is read at once where few windows have two", async () => {
    const { page, reads } = open([...built(0, 60), ...given(57, 60)]);
    expect((await page({ limit: 20 })).bars).toHaveLength(20);
    expect(reads).toEqual([28]);
  });

  test("ends with the forming bar of the hub, and shows nothing of the hub before its own oldest", async () => {
    const { page, memory } = open(built(58, 60));
    memory.accept(barLine(90, { start: TODAY + 60 * MINUTE }), 1);
    memory.accept(barLine(90, { start: TODAY + 10 * MINUTE }), 2);
    expect(minutesOf((await page()).bars)).toEqual([58, 59, 60]);
    expect(minutesOf((await page({ to: TODAY + 60 * MINUTE })).bars)).toEqual([58, 59]);
  });

  test("without any stored bar is what the hub holds", async () => {
    const { page, memory } = open([]);
    memory.accept(barLine(1, { start: TODAY }), 1);
    expect(minutesOf((await page()).bars)).toEqual([0]);
  });
});

const day = (number: number) => givenBar(0, { interval: "1d", start: TODAY - number * DAY, close: 100 });

const actions: Ticker["actions"] = [
  { kind: "dividend", day: dayOf(TODAY - DAY), amount: 2 },
  { kind: "split", day: dayOf(TODAY), newShares: 4, oldShares: 1 },
  { kind: "split", day: dayOf(TODAY + DAY), newShares: 2, oldShares: 1 },
];
const asked = async (over: Partial<Ticker>, adjust: AdjustmentMode) => {
  const { bars, adjustment } = await open([day(2), day(1), day(0)], over).page({ interval: "1d", adjust });
  return { closes: bars.map(({ close }) => close), volumes: bars.map(({ volume }) => volume), adjustment };
};

describe("an adjusted page", () => {
  test("is what was traded, in shares of today, or with its dividends", async () => {
    const raw = await asked({ actions }, "raw");
    expect([raw.closes, raw.volumes]).toEqual([
      [100, 100, 100],
      [20, 20, 20],
    ]);
    const split = await asked({ actions }, "split");
    expect([split.closes, split.volumes]).toEqual([
      [25, 25, 100],
      [80, 80, 20],
    ]);
    expect((await asked({ actions }, "total")).closes).toEqual([24.5, 25, 100]);
  });

  test("says what was done to it, of actions whose day has come, and when the next one's does", async () => {
    const { adjustment } = await asked({ actions }, "total");
    expect(adjustment).toMatchObject({
      mode: "total",
      steps: [
        { action: { kind: "dividend" }, before: TODAY - DAY, price: 0.98, volume: 1 },
        { action: { kind: "split" }, before: TODAY, price: 0.25, volume: 4 },
      ],
      next: TODAY + DAY,
    });
    expect((await asked({ actions }, "raw")).adjustment).toMatchObject({
      mode: "raw",
      steps: [{ price: 1 }, { price: 1 }],
    });
  });

  test("of a ticker without actions reads nothing more", async () => {
    const { page, reads } = open([day(0)]);
    expect((await page({ interval: "1d", adjust: "total" })).adjustment).toEqual({
      mode: "total",
      steps: [],
      next: null,
    });
    expect(reads).toHaveLength(1);
  });
});

describe("history", () => {
  test("is asked of the source where a page lacks it, once", async () => {
    const { page, services } = open(built(55, 60), { source: "coinbase" });
    const first = await page({ limit: 30 });
    expect(first).toMatchObject({ more: true, backfill: { state: "wanted", from: TODAY, to: TODAY + 60 * MINUTE } });
    await page({ limit: 30 });
    expect(services.sources.asked.map(({ interval, from, to }) => [interval, from, to])).toEqual([
      ["1m", TODAY, TODAY + 60 * MINUTE],
    ]);
  });

  test("is not asked for where every window is held", async () => {
    const { page, services } = open(built(0, 60), { source: "coinbase" });
    expect(await page({ limit: 60 })).toMatchObject({ more: true, backfill: null });
    expect(services.sources.asked).toEqual([]);
  });

  test("ends where the source had nothing in the whole span before", async () => {
    const { page, services } = open(built(0, 60), { source: "coinbase" });
    services.sources.asked.push(backfill({ from: TODAY - DAY, to: TODAY, state: "done", bars: 0, updated: NOW }));
    services.sources.asked.push(backfill({ from: TODAY, to: TODAY + 60 * MINUTE, state: "done", updated: NOW }));
    expect(await page({ limit: 100 })).toMatchObject({ more: false, backfill: null });
  });

  test.each([{ source: "recording" }, { source: "coinbase", state: "disabled" }] satisfies Partial<Ticker>[])(
    "is not asked for of %j",
    async (over) => {
      const { page, services } = open(built(55, 60), over);
      expect((await page()).backfill).toBeNull();
      expect(services.sources.asked).toEqual([]);
    },
  );
});
