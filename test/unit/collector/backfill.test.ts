import { beforeEach, describe, expect, test } from "vitest";
import { chooseBackfills, type QueueInput } from "#lib/collector/backfill-queue.ts";
import { Backfills } from "#lib/collector/backfills.ts";
import { runBackfill, type BackfillOptions } from "#lib/collector/backfill-run.ts";
import { aborted } from "#lib/collector/clock.ts";
import { ChannelWriter } from "#lib/collector/channel-writer.ts";
import { Framer } from "#lib/collector/framer.ts";
import type { BackfillDocument } from "#lib/contracts/sources.ts";
import { firstHistory } from "#lib/domain/first-history.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { DAY, MINUTE, SECOND } from "#lib/domain/interval.ts";
import { TapedeckError } from "#lib/errors.ts";
import type { Feed, HistoryRequest } from "#lib/feeds/feed.ts";
import { FakeFeed } from "./fake-feed.ts";
import { FakeSources } from "./fake-sources.ts";
import { ticker } from "#test/support/ticker.ts";
import { FakeLog, SILENT_LOG } from "./fixtures.ts";
import { ManualClock } from "./manual-clock.ts";

const utc = calendarOf("utc");
const NOW = 1_700_000_000 * SECOND;
const document = (change: Partial<BackfillDocument> = {}): BackfillDocument => {
  return {
    kind: "backfill",
    symbol: "SIM:AAA",
    interval: "1m",
    from: 0,
    to: 10 * MINUTE,
    state: "wanted",
    bars: 0,
    progress: 0,
    reason: null,
    requested: NOW,
    updated: NOW,
    ...change,
  };
};

const input = (documents: BackfillDocument[], change: Partial<QueueInput> = {}): QueueInput => {
  return { documents, sourceOf: () => "simulator", running: new Map(), now: NOW, ...change };
};
const bySymbol = (symbol: string): "simulator" | "binance" => (symbol === "SIM:AAA" ? "simulator" : "binance");
const bars = (from: number, count: number): Parameters<ChannelWriter["bar"]>[0][] =>
  Array.from({ length: count }, (_, index) => {
    const start = from + index * MINUTE;
    return { symbol: "SIM:AAA", interval: "1m" as const, start, open: 1, high: 1, low: 1, close: 1, volume: 1 };
  });

/** Fails after the first half, and gives the second when it is asked again. */
async function* halves({ from }: HistoryRequest): ReturnType<Feed["history"]> {
  yield bars(from, 5);
  if (from === 0) throw new TapedeckError("RATE_LIMITED", "Too many requests");
}

async function* endless({ signal }: HistoryRequest): ReturnType<Feed["history"]> {
  yield bars(0, 1);
  await aborted(signal);
}

describe("the queue of requests", () => {
  test("takes what a reader asked for just now before what the first start asked for", () => {
    const all = [document(), document({ from: 1 }), document({ from: 2, requested: NOW + 1 })];
    expect(chooseBackfills(input(all)).map(({ from }) => from)).toEqual([2, 1]);
  });

  test("takes at most two of a source, those that run already included", () => {
    const running = new Map([["x", "simulator" as const]]);
    expect(chooseBackfills(input([document(), document({ from: 1 })], { running }))).toHaveLength(1);
    const many = [0, 1, 2].flatMap((from) => [document({ from }), document({ from, symbol: "BINANCE:X" })]);
    expect(chooseBackfills(input(many, { sourceOf: bySymbol }))).toHaveLength(4);
  });

  test("leaves alone what others hold or fetch, and takes what nobody has reported for fifteen seconds", () => {
    expect(chooseBackfills(input([document()], { sourceOf: () => null }))).toEqual([]);
    const fetching = (age: number): BackfillDocument => document({ state: "fetching", updated: NOW - age });
    expect(chooseBackfills(input([fetching(14 * SECOND)]))).toEqual([]);
    expect(chooseBackfills(input([fetching(16 * SECOND)]))).toHaveLength(1);
  });
});

describe("the requests of the tickers that are held", () => {
  test("follow each other at once, for most take less than a look at the list", async () => {
    const symbols = Array.from({ length: 10 }, (_, index) => `SIM:A${index}`);
    const held = new Map(
      symbols.map((symbol) => [symbol, { ticker: ticker(symbol), feed, writer: options.writer, isLive: false }]),
    );
    for (const symbol of symbols) await sources.putBackfill(document({ symbol }));
    const end = new AbortController();
    const run = new Backfills({ ...options, sources, held: () => held, signal: end.signal }).run();
    await clock.advance(SECOND / 2);
    expect([...sources.backfillDocuments.values()].map(({ state }) => state)).toEqual(symbols.map(() => "done"));
    end.abort();
    await run;
  });
});

let clock: ManualClock;
let feed: FakeFeed;
let log: FakeLog;
let sources: FakeSources;
let options: BackfillOptions;
const stored = (): BackfillDocument | undefined => [...sources.backfillDocuments.values()][0];

beforeEach(() => {
  clock = new ManualClock(NOW);
  feed = new FakeFeed();
  log = new FakeLog();
  sources = new FakeSources();
  const framer = new Framer({ producer: log, topic: "ticks", partitions: 1, clock });
  const writer = new ChannelWriter(framer, "simulator-0");
  const { signal } = new AbortController();
  options = { ticker: ticker("SIM:AAA"), feed, writer, framer, sources, clock, log: SILENT_LOG, signal };
});

describe("a request", () => {
  test("reports how far it has come, and is done when its bars are acknowledged", async () => {
    const wait = (): Promise<void> => new Promise((resolve) => clock.after(SECOND, resolve));
    feed.answerHistory = async function* answer({ from }) {
      yield bars(from, 4);
      await wait();
      yield bars(from + 4 * MINUTE, 3);
      await wait();
    };
    log.hold = true;
    const run = runBackfill(document(), options);
    await clock.advance(1_500_000);
    expect(stored()).toMatchObject({ state: "fetching", bars: 7, progress: 0.7 });
    await clock.advance(2 * SECOND);
    expect(stored()).toMatchObject({ state: "fetching" });
    log.hold = false;
    log.deliver();
    await clock.advance(SECOND);
    expect(await run).toBe(7);
    expect(stored()).toMatchObject({ state: "done", bars: 7, progress: 1, reason: null });
    expect(log.ofType("bar").map(({ channel }) => channel)).toContain("simulator-0");
  });

  test("goes on where it was after a passing fault", async () => {
    feed.answerHistory = halves;
    const run = runBackfill(document(), options);
    await clock.advance(10 * SECOND);
    expect(await run).toBe(10);
    expect(feed.historyRequests.map(({ from }) => from)).toEqual([0, 5 * MINUTE]);
    expect(log.ofType("bar").map(({ start }) => start / MINUTE)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("fails, saying why, when its source refuses", async () => {
    feed.answerHistory = () => {
      throw new TapedeckError("NOT_FOUND", "SIM has no such symbol");
    };
    await runBackfill(document(), options);
    expect(stored()).toMatchObject({ state: "failed", reason: "SIM has no such symbol" });
  });

  test("is given back when the process ends", async () => {
    const end = new AbortController();
    feed.answerHistory = endless;
    const run = runBackfill(document(), { ...options, signal: end.signal });
    await clock.advance(SECOND);
    end.abort();
    await clock.advance(SECOND);
    await run;
    expect(stored()).toMatchObject({ state: "wanted" });
  });
});

describe("the first history", () => {
  test("is two days of minutes and a year of days, in spans that do not depend on the time of day", () => {
    const noon = 20_100 * DAY + DAY / 2;
    const spans = firstHistory(utc, ["1m", "1d"], noon);
    const later = firstHistory(utc, ["1m", "1d"], noon + 3 * MINUTE);
    expect(later.map(({ from }) => from)).toEqual(spans.map(({ from }) => from));
    expect(spans.filter(({ interval }) => interval === "1m").map(({ from }) => from / DAY)).toEqual([
      20_100, 20_099, 20_098,
    ]);
    expect(spans.filter(({ interval }) => interval === "1d").map(({ from }) => from / DAY)).toEqual([20_000, 19_000]);
  });

  test("asks only for intervals that the source has", () => {
    expect(firstHistory(utc, ["5m", "1d"], 20_500 * DAY).map(({ interval }) => interval)).toEqual(["1d"]);
  });
});
