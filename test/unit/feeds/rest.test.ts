import { afterEach, describe, expect, test } from "vitest";
import { HOUR, MINUTE } from "#lib/domain/interval.ts";
import { binanceFeed } from "#lib/feeds/binance/binance-feed.ts";
import { coinbaseFeed } from "#lib/feeds/coinbase/coinbase-feed.ts";
import type { Feed, FeedTick, HistoryRequest, TradesRequest } from "#lib/feeds/feed.ts";
import { ticker } from "#test/support/ticker.ts";
import { localSource, type LocalSource, type LocalSourceOptions } from "./local-source.ts";

const BTCUSDT = ticker("BINANCE:BTCUSDT", { source: "binance", sourceSymbol: "btcusdt" });
const BTCUSD = ticker("COINBASE:BTC-USD", { source: "coinbase", sourceSymbol: "BTC-USD" });
const { signal } = new AbortController();
const START = Date.UTC(2026, 0, 1);
const MILLI = 1_000;

let source: LocalSource;
afterEach(() => source.close());

async function binance(options: LocalSourceOptions): Promise<Feed> {
  source = await localSource(options);
  return binanceFeed({ BINANCE_WEBSOCKET: [source.socketUrl], BINANCE_REST: [source.httpUrl] });
}

async function coinbase(options: LocalSourceOptions): Promise<Feed> {
  source = await localSource(options);
  return coinbaseFeed({ COINBASE_WEBSOCKET: [source.socketUrl], COINBASE_REST: [source.httpUrl] });
}

async function collected<T>(batches: AsyncIterable<T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

const bars = (feed: Feed, request: Partial<HistoryRequest>) =>
  collected(feed.history({ ticker: BTCUSDT, interval: "1m", from: 0, to: 0, signal, ...request }));
const trades = (feed: Feed, request: Partial<TradesRequest>) =>
  collected<FeedTick>(feed.trades({ ticker: BTCUSDT, afterId: null, from: 0, to: Infinity, signal, ...request }));
const ids = (ticks: readonly FeedTick[]): number[] => ticks.map((tick) => (tick.type === "trade" ? tick.id : -1));
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const number = (url: URL, name: string): number => Number(url.searchParams.get(name));

/** One trade a second from START on; ids 1 to 5,000. */
const LAST = 5_000;
const timeOf = (id: number): number => START + id * MILLI;

const klines = (url: URL): unknown => {
  const first = number(url, "startTime");
  const count = Math.min(number(url, "limit"), Math.floor((number(url, "endTime") - first) / 60_000) + 1);
  return range(0, count - 1).map((index) => {
    const start = first + index * 60_000;
    return [start, "10", "12", "9", "11", "4", start + 59_999, "44", start === START + 60_000 ? 0 : 3, "1", "1", "0"];
  });
};

const binanceTrades = (url: URL): unknown => {
  if (url.pathname.endsWith("aggTrades")) {
    const first = Math.max(1, Math.ceil((number(url, "startTime") - START) / MILLI));
    return first > LAST ? [] : [{ a: 1, f: first, l: first, T: timeOf(first) }];
  }
  const from = number(url, "fromId");
  return range(from, Math.min(from + 999, LAST)).map((id) => {
    return { id, price: "10.5", qty: "2", time: timeOf(id), isBuyerMaker: id % 2 === 0 };
  });
};

const coinbaseTrades = (url: URL): unknown => {
  const before = url.searchParams.has("after") ? number(url, "after") : Infinity;
  const newest = Math.min(before - 1, LAST);
  return range(Math.max(1, newest - number(url, "limit") + 1), newest)
    .toReversed()
    .map((id) => {
      const time = new Date(timeOf(id)).toISOString();
      return { trade_id: id, side: id % 2 === 0 ? "buy" : "sell", size: "0.1", price: "10", time };
    });
};

const pair = (symbol: string, status = "TRADING") => {
  const filters = [{ filterType: "PRICE_FILTER", tickSize: "0.01000000" }];
  return { symbol, status, baseAsset: symbol.slice(0, -4), quoteAsset: symbol.slice(-4), filters };
};

describe("Binance's history", () => {
  test("comes in pages of a thousand bars, oldest first, whole windows only, without empty ones", async () => {
    const feed = await binance({ answer: klines });
    const from = START * MILLI;
    const all = await bars(feed, { from: from - 5, to: from + 2_500 * MINUTE + 7 });
    expect(all.map(({ start }) => start)).toEqual(
      range(0, 2_499)
        .filter((index) => index !== 1)
        .map((index) => from + index * MINUTE),
    );
    expect(all[0]).toEqual({
      symbol: "BINANCE:BTCUSDT",
      interval: "1m",
      start: from,
      open: 10,
      high: 12,
      low: 9,
      close: 11,
      volume: 4,
      trades: 3,
      vwap: 11,
    });
    expect(source.asked).toHaveLength(3);
  });

  test("fills a gap of trades behind an id, up to a time", async () => {
    const feed = await binance({ answer: binanceTrades });
    const ticks = await trades(feed, { afterId: 100, to: timeOf(2_500) * MILLI });
    expect(ids(ticks)).toEqual(range(101, 2_499));
    expect(ticks[0]).toEqual({
      type: "trade",
      symbol: "BINANCE:BTCUSDT",
      time: timeOf(101) * MILLI,
      price: 10.5,
      size: 2,
      id: 101,
      side: "buy",
    });
    expect(ids(await trades(feed, { afterId: LAST }))).toEqual([]);
  });

  test("fills a gap from a time where no id is known", async () => {
    const feed = await binance({ answer: binanceTrades });
    expect(ids(await trades(feed, { from: timeOf(4_000) * MILLI }))).toEqual(range(4_000, LAST));
    expect(ids(await trades(feed, { from: timeOf(LAST + 1) * MILLI }))).toEqual([]);
  });
});

describe("Binance's other answers", () => {
  test("give listings, an exact one first, and asks for them once", async () => {
    const symbols = [pair("BTCUSDTX"), pair("BTCUSDT"), pair("ETHUSDT"), pair("BTCOUSDT", "BREAK"), pair("币安USDT")];
    const feed = await binance({ answer: () => ({ symbols }) });
    const found = await feed.search("btc", signal);
    expect(found[0]).toEqual({
      sourceSymbol: "btcusdt",
      ticker: "BTCUSDT",
      name: "BTC / USDT",
      currency: "USDT",
      tickSize: 0.01,
    });
    expect(found.map(({ ticker: name }) => name)).toEqual(["BTCUSDT", "BTCUSDTX"]);
    expect((await feed.search("BTCUSDTX", signal)).map(({ ticker: name }) => name)).toEqual(["BTCUSDTX"]);
    expect(source.asked).toHaveLength(1);
  });

  test.each([
    [451, "FORBIDDEN", /BINANCE_WEBSOCKET=wss:\/\/stream.binance.us:9443/],
    [400, "BAD_INPUT", /refuses the request \(HTTP 400\): It is refused/],
    [502, "UNAVAILABLE", /fault of its own/],
  ])("say in words why HTTP %d is %s", async (status, code, words) => {
    const feed = await binance({ answer: () => status });
    await expect(trades(feed, { afterId: 1 })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(words) as string,
    });
  });

  test("are not asked for while Binance wants no requests", async () => {
    const feed = await binance({ answer: () => 429, headers: { "retry-after": "60" } });
    await expect(trades(feed, { afterId: 1 })).rejects.toMatchObject({ code: "RATE_LIMITED" });
    await expect(trades(feed, { afterId: 1 })).rejects.toMatchObject({ code: "RATE_LIMITED" });
    expect(source.asked).toHaveLength(1);
  });

  test("are UNAVAILABLE when they are in another form, or not to be had", async () => {
    const feed = await binance({ answer: () => [{ id: "x" }] });
    await expect(trades(feed, { afterId: 1 })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const closed = await localSource({});
    await closed.close();
    const absent = binanceFeed({ BINANCE_WEBSOCKET: [closed.socketUrl], BINANCE_REST: [closed.httpUrl] });
    await expect(absent.search("btc", signal)).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining("is there an internet connection?") as string,
    });
  });
});

describe("Coinbase's history", () => {
  test("is refused by HTTP 403, which is no limit there", async () => {
    const feed = await coinbase({ answer: () => 403 });
    const asked = trades(feed, { ticker: BTCUSD, afterId: 1 });
    await expect(asked).rejects.toMatchObject({ code: "FORBIDDEN", trouble: "refused" });
    expect(feed.usage?.().heldFor).toBe(0);
  });

  test("comes in pages of 300 bars, turned to oldest first", async () => {
    const feed = await coinbase({
      answer: (url) => {
        const first = Date.parse(url.searchParams.get("start") ?? "") / MILLI;
        const last = Date.parse(url.searchParams.get("end") ?? "") / MILLI;
        const step = number(url, "granularity");
        const rows = range(0, (last - first) / step).map((index) => [first + index * step, 9, 12, 10, 11, 4.5]);
        return rows.toReversed();
      },
    });
    const from = START * MILLI;
    const all = await bars(feed, { ticker: BTCUSD, interval: "1h", from, to: from + 700 * HOUR + 1 });
    expect(all.map(({ start }) => start)).toEqual(range(0, 699).map((index) => from + index * HOUR));
    expect(all[0]).toMatchObject({ open: 10, high: 12, low: 9, close: 11, volume: 4.5, symbol: "COINBASE:BTC-USD" });
    expect(source.asked).toHaveLength(3);
  });

  test("fills a gap of trades behind an id, by the aggressor's side", async () => {
    const feed = await coinbase({ answer: coinbaseTrades });
    const ticks = await trades(feed, { ticker: BTCUSD, afterId: 3_100, to: Infinity });
    expect(ids(ticks)).toEqual(range(3_101, LAST));
    expect(ticks[0]).toMatchObject({ id: 3_101, side: "buy", time: timeOf(3_101) * MILLI });
    expect(ids(await trades(feed, { ticker: BTCUSD, afterId: 4_990, to: timeOf(4_995) * MILLI }))).toEqual(
      range(4_991, 4_994),
    );
  });

  test("fills a gap from a time by halving the ids", async () => {
    const feed = await coinbase({ answer: coinbaseTrades });
    expect(ids(await trades(feed, { ticker: BTCUSD, from: timeOf(4_700) * MILLI }))).toEqual(range(4_700, LAST));
  });
});
