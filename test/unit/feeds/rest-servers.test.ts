import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { MINUTE, SECOND } from "#lib/domain/interval.ts";
import { binanceFeed } from "#lib/feeds/binance/binance-feed.ts";
import type { Feed } from "#lib/feeds/feed.ts";
import { ticker } from "#test/support/ticker.ts";
import { localSource, type LocalSource, type LocalSourceOptions } from "./local-source.ts";

const BTCUSDT = ticker("BINANCE:BTCUSDT", { source: "binance", sourceSymbol: "btcusdt" });
const { signal } = new AbortController();
const MILLI = 1_000;
/** Trades have the ids 1 to 3,000. */
const LAST = 3_000;

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const history = (url: URL): unknown => {
  const from = Number(url.searchParams.get("fromId"));
  return range(from, Math.min(from + 999, LAST)).map((id) => {
    return { id, price: "10.5", qty: "2", time: 1_767_225_600_000 + id, isBuyerMaker: true };
  });
};

/** The ids of all trades behind one. */
async function trades(feed: Feed, afterId = LAST - 5): Promise<number[]> {
  const ids: number[] = [];
  for await (const ticks of feed.trades({ ticker: BTCUSDT, afterId, from: 0, to: Infinity, signal })) {
    for (const tick of ticks) ids.push(tick.type === "trade" ? tick.id : -1);
  }
  return ids;
}
const NEWEST = range(LAST - 4, LAST);

let servers: LocalSource[] = [];
/** How far our clock for measuring was put forward, milliseconds. */
let skipped = 0;
beforeEach(() => {
  const clock = performance.now.bind(performance);
  skipped = 0;
  vi.spyOn(performance, "now").mockImplementation(() => clock() + skipped);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(servers.map((server) => server.close()));
});

function skip(length: number): void {
  skipped += length / MILLI;
}

/** It takes this long to fail. */
const slowly = (length: number) => () => {
  skip(length);
  return 503;
};

async function binance(...options: LocalSourceOptions[]): Promise<Feed> {
  servers = await Promise.all(options.map(localSource));
  const sockets = servers.map(({ socketUrl }) => socketUrl);
  return binanceFeed({ BINANCE_WEBSOCKET: sockets, BINANCE_REST: servers.map(({ httpUrl }) => httpUrl) });
}

const asked = (): number[] => servers.map((server) => server.asked.length);
const serving = (feed: Feed) => feed.usage?.().servers.map((server) => server.serving);

describe("history at several servers", () => {
  test.each([
    ["refuses this country", () => 451, "country"],
    ["has a fault of its own", () => 503, "unreachable"],
    ["answers what cannot be understood", () => [{ id: "none" }], "garbled"],
  ])("goes on at the next, within the request, where one %s", async (_, answer, trouble) => {
    const feed = await binance({ answer }, { answer: history });
    expect(await trades(feed, 100)).toEqual(range(101, LAST));
    expect(asked()[0]).toBe(1);
    expect(serving(feed)).toEqual([false, true]);
    expect(feed.usage?.().servers[0]).toMatchObject({ trouble });
  });

  test("asks every server before it gives up, however long each takes to fail", async () => {
    const slow = { answer: slowly(4 * SECOND) };
    const feed = await binance(slow, slow, slow, { answer: history });
    expect(await trades(feed)).toEqual(NEWEST);
    expect(serving(feed)).toEqual([false, false, false, true]);
    expect(asked()).toEqual([1, 1, 1, 1]);
  });

  test("asks the next where another request has failed at both meanwhile", async () => {
    const late = Promise.withResolvers<number>();
    let isIll = true;
    const feed = await binance(
      { answer: () => (asked()[0] === 1 ? late.promise : 503) },
      { answer: (url) => (isIll ? 503 : history(url)) },
    );
    const waiting = trades(feed);
    await expect.poll(() => asked()[0]).toBe(1);
    await expect(trades(feed)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    isIll = false;
    skip(SECOND);
    late.resolve(503);
    expect(await waiting).toEqual(NEWEST);
  });

  test("goes on with the very next trade where a server dies between two pages", async () => {
    let pages = 0;
    const feed = await binance({ answer: (url) => (++pages > 2 ? 502 : history(url)) }, { answer: history });
    expect(await trades(feed, 100)).toEqual(range(101, LAST));
    expect(asked()[0]).toBe(3);
  });

  test("goes back to the better one when it has answered for a minute, and nobody waits for that", async () => {
    let isIll = true;
    const feed = await binance({ answer: (url) => (isIll ? 503 : history(url)) }, { answer: history });
    await trades(feed);
    isIll = false;
    skip(SECOND);
    expect(await trades(feed)).toEqual(NEWEST);
    expect(serving(feed)).toEqual([false, true]);
    await expect.poll(() => feed.usage?.().servers[0]?.workingSince).not.toBeNull();
    await trades(feed);
    expect(serving(feed)).toEqual([false, true]);
    skip(MINUTE);
    await trades(feed);
    expect(serving(feed)).toEqual([true, false]);
  });
});

describe("a request that no other server would answer better", () => {
  test("fails with what the last server said, when all of them fail", async () => {
    const feed = await binance({ answer: () => 503 }, { answer: () => 451 });
    await expect(trades(feed)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(serving(feed)).toEqual([false, false]);
  });

  test("is not made elsewhere when it is wrong", async () => {
    const feed = await binance({ answer: () => 400 }, { answer: history });
    await expect(trades(feed)).rejects.toMatchObject({ code: "BAD_INPUT" });
    expect(asked()).toEqual([1, 0]);
  });

  test.each([
    [429, {}, 10],
    [429, { "retry-after": "60" }, 60],
    [418, {}, 120],
    [403, {}, 300],
  ])("is made nowhere when HTTP %d %o says that Binance wants less: for %d s", async (status, headers, seconds) => {
    const feed = await binance({ answer: () => status, headers }, { answer: history });
    await expect(trades(feed)).rejects.toMatchObject({ code: "RATE_LIMITED" });
    await expect(trades(feed)).rejects.toMatchObject({ code: "RATE_LIMITED" });
    expect(asked()).toEqual([1, 0]);
    expect(Math.ceil((feed.usage?.().heldFor ?? 0) / SECOND)).toBe(seconds);
  });
});
