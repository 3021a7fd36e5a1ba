import { beforeEach, describe, expect, test } from "vitest";
import type { BackfillDocument } from "#lib/contracts/sources.ts";
import type { GivenBar } from "#lib/contracts/ticks.ts";
import { DAY, SECOND } from "#lib/domain/interval.ts";
import { FakeFeed } from "./fake-feed.ts";
import { ticker } from "#test/support/ticker.ts";
import { latestLine, trade } from "./fixtures.ts";
import { connected, Installation } from "./workers.ts";

let installation: Installation;
/** Four channels of one symbol each. */
const feed = (): FakeFeed => new FakeFeed({ symbolsPerChannel: 1 });

beforeEach(() => {
  installation = new Installation();
  installation.tickers = ["A", "B", "C", "D"].map((name, index) => ticker(`SIM:${name}`, { addedAt: index }));
});

const count = (worker: string): number =>
  Object.values(installation.holders()).filter((each) => each === worker).length;

describe("two ingest processes", () => {
  test("share the channels, also when the second comes later", async () => {
    const a = installation.start("a", feed());
    await installation.clock.advance(3 * SECOND);
    expect(count("a")).toBe(4);
    const b = installation.start("b", feed());
    await installation.clock.advance(4 * SECOND);
    expect([count("a"), count("b")]).toEqual([2, 2]);
    expect([a.feed.open.size, b.feed.open.size]).toEqual([2, 2]);
    a.stop();
    b.stop();
    await installation.clock.advance(SECOND);
    expect([await a.ended, await b.ended]).toEqual([undefined, undefined]);
    expect(Object.values(installation.holders())).toEqual([null, null, null, null]);
    expect(installation.sources.workerDocuments.size).toBe(0);
  });

  test("take over from each other when one dies: within ten seconds, under the next number, the gap filled first", async () => {
    const a = installation.start("a", feed());
    const b = installation.start("b", feed());
    await installation.clock.advance(5 * SECOND);
    expect([count("a"), count("b")]).toEqual([2, 2]);
    const lost = Object.entries(installation.holders()).find(([, holder]) => holder === "a")?.[0] ?? "";
    const before = installation.channel(lost).config;
    installation.latest = installation.tickers.map(({ symbol }) => latestLine(symbol, installation.clock.now()));
    a.kill();
    await installation.clock.advance(8 * SECOND);
    expect(count("b")).toBe(4);
    expect(installation.channel(lost).config).toBe(before + 1);
    b.feed.answerTrades = async ({ ticker: { symbol } }) => [[trade(symbol, 1, installation.clock.now())]];
    const stream = b.feed.streams.at(-1);
    connected(b.feed);
    await installation.clock.advance(SECOND);
    stream?.push({ type: "proof", time: installation.clock.now() });
    await installation.clock.advance(SECOND);
    const symbol = stream?.symbols[0] ?? "";
    const lines = b.log.lines().filter((line) => "symbol" in line && line.symbol === symbol);
    expect(lines.map(({ type }) => type)).toEqual(["trade", "ready"]);
    b.stop();
    await installation.clock.advance(10 * SECOND);
  });
});

test("a ticker with another calendar is collected by another channel, whose configuration names it", async () => {
  const a = installation.start("a");
  await installation.clock.advance(2 * SECOND);
  const configs = () =>
    a.log
      .ofType("config")
      .flatMap(({ channel, calendar, symbols }) => symbols.map((symbol) => [symbol, channel, calendar]));
  expect(configs().filter(([symbol]) => symbol === "SIM:B")).toEqual([["SIM:B", "simulator-0", "utc"]]);
  installation.tickers = installation.tickers.map((each) =>
    each.symbol === "SIM:B" ? ticker(each.symbol, { addedAt: each.addedAt, calendar: "us-equities" }) : each,
  );
  await installation.clock.advance(4 * SECOND);
  expect(configs().findLast(([symbol]) => symbol === "SIM:B")).toEqual([
    "SIM:B",
    "simulator-us-equities-0",
    "us-equities",
  ]);
  const [newest] = a.log
    .ofType("config")
    .filter(({ channel, n }) => channel === "simulator-0" && n > 1)
    .toReversed();
  expect(newest?.symbols).not.toContain("SIM:B");
  a.stop();
  await installation.clock.advance(10 * SECOND);
});

test("while the store does not answer, everything goes on as it was", async () => {
  const a = installation.start("a");
  await installation.clock.advance(SECOND);
  const stream = connected(a.feed);
  installation.sources.unavailable = true;
  await installation.clock.advance(60 * SECOND);
  stream.push({ type: "ticks", receivedTime: 0, ticks: [trade("SIM:A", 1, installation.clock.now())] });
  await installation.clock.advance(SECOND);
  expect(a.log.ofType("trade")).toHaveLength(1);
  installation.sources.unavailable = false;
  await installation.clock.advance(2 * SECOND);
  expect(count("a")).toBe(1);
  a.stop();
  await installation.clock.advance(SECOND);
});

test("a log that refuses a frame ends the process, saying so", async () => {
  const a = installation.start("a");
  a.log.hold = true;
  await installation.clock.advance(2 * SECOND);
  a.log.refuse(new Error("The frame is too large"));
  await installation.clock.advance(10 * SECOND);
  expect(await a.ended).toMatchObject({ code: "REJECTED", message: "The log takes no more: The frame is too large" });
});

const bar = (symbol: string, interval: GivenBar["interval"], start: number): Omit<GivenBar, "type" | "channel"> => {
  return { symbol, interval, start, open: 1, high: 1, low: 1, close: 1, volume: 1 };
};
const documents = (): BackfillDocument[] => [...installation.sources.backfillDocuments.values()];

describe("history", () => {
  test("is asked for once a channel is live, fetched two requests at a time, and written before it counts as done", async () => {
    const a = installation.start("a");
    let open = 0;
    let most = 0;
    a.feed.answerHistory = async function* answer({ ticker: { symbol }, interval, from }) {
      open += 1;
      most = Math.max(most, open);
      await new Promise<void>((resolve) => installation.clock.after(SECOND / 10, resolve));
      yield [bar(symbol, interval, from)];
      open -= 1;
    };
    await installation.clock.advance(SECOND);
    expect(documents()).toEqual([]);
    connected(a.feed);
    await installation.clock.advance(20 * SECOND);
    const all = documents();
    expect(new Set(all.map(({ symbol }) => symbol)).size).toBe(4);
    expect(new Set(all.map(({ interval }) => interval))).toEqual(new Set(["1m", "1d"]));
    expect(all.every(({ state, progress, bars }) => state === "done" && progress === 1 && bars === 1)).toBe(true);
    expect(most).toBe(2);
    expect(a.log.ofType("bar")).toHaveLength(all.length);
    const spans = all.filter(({ symbol, interval }) => symbol === "SIM:A" && interval === "1m");
    expect(Math.min(...spans.map(({ from }) => from))).toBeLessThanOrEqual(installation.clock.now() - 2 * DAY);
    a.stop();
    await installation.clock.advance(SECOND);
    const again = installation.start("a");
    await installation.clock.advance(SECOND);
    connected(again.feed);
    await installation.clock.advance(5 * SECOND);
    expect(again.feed.historyRequests).toEqual([]);
    again.stop();
    await installation.clock.advance(SECOND);
  });

  test("of days is asked for again when a day has ended since, for its bar may lack what nobody collected", async () => {
    const yesterday = installation.clock.now() - (installation.clock.now() % DAY) - DAY;
    const a = installation.start("a");
    await installation.clock.advance(SECOND);
    connected(a.feed);
    await installation.clock.advance(20 * SECOND);
    a.stop();
    await installation.clock.advance(SECOND);
    for (const [id, document] of installation.sources.backfillDocuments) {
      installation.sources.backfillDocuments.set(id, { ...document, to: Math.min(document.to, yesterday) });
    }
    const again = installation.start("a");
    await installation.clock.advance(SECOND);
    connected(again.feed);
    await installation.clock.advance(5 * SECOND);
    const asked = again.feed.historyRequests.map(({ ticker: { symbol }, interval }) => `${symbol} ${interval}`);
    expect(asked.toSorted()).toEqual(installation.tickers.map(({ symbol }) => `${symbol} 1d`).toSorted());
    again.stop();
    await installation.clock.advance(SECOND);
  });
});
