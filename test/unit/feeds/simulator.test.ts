import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE, SECOND, windowStart } from "#lib/domain/interval.ts";
import { Market } from "#lib/domain/market/market.ts";
import type { FeedTick } from "#lib/feeds/feed.ts";
import { listingOf } from "#lib/feeds/simulator/listings.ts";
import { MarketStream } from "#lib/feeds/simulator/market-stream.ts";
import { simulatorFeed } from "#lib/feeds/simulator/simulator-feed.ts";
import { ticker } from "#test/support/ticker.ts";

const OPTIONS = { seed: 1, rate: 1, sessions: "always" as const, halts: "none" as const };
const { signal } = new AbortController();
const START = Date.UTC(2026, 2, 3, 14) * 1_000;
const AAPL = ticker("SIM:AAPL", { sourceSymbol: "AAPL" });

type Trade = Extract<FeedTick, { type: "trade" }>;

/** Ticks of a stretch of time, in steps as the live stream takes them. */
function streamed(names: readonly string[], from: number, to: number, seed = 1): FeedTick[] {
  const symbols = names.map((name) => ({ symbol: `SIM:${name}`, listing: listingOf(name) }));
  const stream = new MarketStream(new Market({ ...OPTIONS, seed }), symbols, from);
  const ticks: FeedTick[] = [];
  for (let at = from; at < to; at += SECOND / 2) ticks.push(...stream.before(Math.min(at + SECOND / 2, to)));
  return ticks;
}
const tradesOf = (ticks: readonly FeedTick[]): Trade[] => ticks.filter((tick) => tick.type === "trade");

const inOrder = (trades: Trade[]) => trades.toSorted((a, b) => a.time - b.time || (a.symbol < b.symbol ? -1 : 1));

async function collected<T>(batches: AsyncIterable<T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

describe("the simulated market", () => {
  test("is a function of seed and time: the same however often and from wherever it is asked", () => {
    const whole = streamed(["AAPL", "KO"], START, START + 2 * MINUTE);
    expect(streamed(["AAPL", "KO"], START, START + 2 * MINUTE)).toEqual(whole);
    const middle = START + 47 * SECOND;
    const second = tradesOf(streamed(["AAPL", "KO"], middle, START + 2 * MINUTE));
    const expected = tradesOf(whole).filter(({ time }) => time >= middle);
    expect(inOrder(second)).toEqual(inOrder(expected));
    expect(streamed(["AAPL"], START, START + MINUTE, 2)).not.toEqual(streamed(["AAPL"], START, START + MINUTE));
  });

  test("joins history and stream without a seam: bars of 1m are those of the streamed trades", async () => {
    const to = START + 5 * MINUTE;
    const bars = await collected(
      simulatorFeed(OPTIONS).history({ ticker: AAPL, interval: "1m", from: START, to, signal }),
    );
    const trades = tradesOf(streamed(["AAPL"], START, to));
    expect(bars).toHaveLength(5);
    for (const bar of bars) {
      const own = trades.filter(({ time }) => windowStart("1m", time) === bar.start);
      const prices = own.map(({ price }) => price);
      expect(bar).toMatchObject({
        open: prices[0],
        high: Math.max(...prices),
        low: Math.min(...prices),
        close: prices.at(-1),
        trades: own.length,
        volume: own.reduce((sum, { size }) => sum + size, 0),
      });
    }
  });

  test("fills a gap with the very trades of the stream", async () => {
    const to = START + MINUTE;
    const trades = tradesOf(streamed(["AAPL"], START, to));
    const afterId = trades[9]?.id ?? null;
    const gap = { ticker: AAPL, afterId, from: START, to, signal };
    expect(await collected(simulatorFeed(OPTIONS).trades(gap))).toEqual(trades.slice(10));
  });

  test.each(["always", "us"] as const)("numbers trades without a gap, also across nights (%s)", (sessions) => {
    const friday = Math.floor(Date.UTC(2026, 2, 6) / 86_400_000);
    const market = new Market({ ...OPTIONS, sessions });
    const quiet = { ...listingOf("UBER"), rank: 500 };
    const ids: number[] = [];
    for (let minute = friday * DAY; minute < (friday + 4) * DAY; minute += MINUTE) {
      for (const { id } of market.trades(quiet, minute)) ids.push(id);
    }
    expect(ids.length).toBeGreaterThan(1_000);
    expect(ids.every((id, index) => index === 0 || id === (ids[index - 1] ?? 0) + 1)).toBe(true);
  });

  test("rounds prices to the tick, and trades at or between bid and ask", () => {
    const ticks = streamed(["AAPL"], START, START + 2 * MINUTE);
    const trades = ticks.flatMap((tick, index) => {
      const before = ticks[index - 1];
      return tick.type === "trade" && before?.type === "quote" ? [{ ...before, price: tick.price }] : [];
    });
    expect(trades.length).toBeGreaterThan(100);
    expect(trades.filter(({ bid, ask, price }) => ask <= bid || price < bid || price > ask)).toEqual([]);
    expect(trades.filter(({ price }) => price !== Number(price.toFixed(2)))).toEqual([]);
  });
});

test("the simulated market gives days of sessions, and hours from the open on, where it trades as US stocks do", async () => {
  const stock = { ...AAPL, calendar: "us-equities" } as const;
  const feed = simulatorFeed({ ...OPTIONS, sessions: "us" });
  const [from, to] = ["2026-11-20T00:00Z", "2026-11-28T00:00Z"].map((time) => Date.parse(time) * 1_000);
  const starts = async (interval: "1h" | "1d"): Promise<string[]> => {
    const bars = await collected(feed.history({ ticker: stock, interval, from: from ?? 0, to: to ?? 0, signal }));
    return bars.map(({ start }) => new Date(start / 1_000).toISOString().slice(8, 16));
  };
  expect(feed.capabilities.calendar).toBe("us-equities");
  expect(await starts("1d")).toEqual(["20T14:30", "23T14:30", "24T14:30", "25T14:30", "27T14:30"]);
  const hours = await starts("1h");
  const early = "09:00 10:00 11:00 12:00 13:00 14:00 14:30 15:30 16:30 17:30 18:00 19:00 20:00 21:00";
  expect(hours.filter((hour) => hour.startsWith("27"))).toEqual(early.split(" ").map((hour) => `27T${hour}`));
});

describe("the activity of the simulated market", () => {
  test("has odd lots, round lots and a few blocks", () => {
    const sizes = tradesOf(streamed(["AAPL"], START, START + 20 * MINUTE)).map(({ size }) => size);
    expect(sizes.filter((size) => size < 100).length).toBeGreaterThan(sizes.length / 3);
    expect(sizes.filter((size) => size === 100).length).toBeGreaterThan(sizes.length / 20);
    expect(Math.max(...sizes)).toBeGreaterThan(2_000);
  });

  test("moves symbols of a sector together, more than those of different ones", () => {
    const market = new Market(OPTIONS);
    const returns = (name: string): number[] => {
      const prices = Array.from({ length: 800 }, (_, index) => market.priceAt(listingOf(name), START + index * HOUR));
      return prices.slice(1).map((price, index) => Math.log(price / (prices[index] ?? price)));
    };
    const technology = ["AAPL", "MSFT", "NVDA", "AVGO", "ORCL"].map(returns);
    const utilities = ["NEE", "DUK", "SO"].map(returns);
    const within = mean(pairs(technology, technology));
    const across = mean(pairs(technology, utilities));
    expect(across).toBeGreaterThan(0.05);
    expect(within).toBeGreaterThan(across + 0.1);
  });

  test("trades by Zipf's law: few symbols are busy, many are not", () => {
    const market = new Market(OPTIONS);
    const trades = (name: string): number =>
      market.tradesBefore(listingOf(name), START + DAY) - market.tradesBefore(listingOf(name), START);
    const [first, tenth, last] = ["AAPL", "JPM", "UBER"].map(trades);
    expect(first).toBeGreaterThan(3 * (tenth ?? Infinity));
    expect(tenth).toBeGreaterThan(2 * (last ?? Infinity));
  });
});

function pairs(left: number[][], right: number[][]): number[] {
  return left.flatMap((a) => right.filter((b) => b !== a).map((b) => correlation(a, b)));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  const covariance = mean(a.map((value, index) => (value - meanA) * ((b[index] ?? 0) - meanB)));
  const deviation = (values: readonly number[], middle: number) =>
    Math.sqrt(mean(values.map((v) => (v - middle) ** 2)));
  return covariance / (deviation(a, meanA) * deviation(b, meanB));
}
