import { expect, test } from "vitest";
import type { HaltedMinutes } from "#lib/domain/market/halts.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { DAY, MINUTE, SECOND } from "#lib/domain/interval.ts";
import { type Listing, Market, type MarketOptions } from "#lib/domain/market/market.ts";
import type { FeedStatus } from "#lib/feeds/feed.ts";
import { HaltWatch } from "#lib/feeds/simulator/halt-watch.ts";
import { listingOf, listings } from "#lib/feeds/simulator/listings.ts";
import { simulatorFeed } from "#lib/feeds/simulator/simulator-feed.ts";
import { ticker } from "#test/support/ticker.ts";

const START = Date.UTC(2026, 2, 3, 14) * 1_000;
const OPEN: MarketOptions = { seed: 1, rate: 50, sessions: "always", halts: "none" };
const HALTED: MarketOptions = { ...OPEN, halts: new Set(["BA"]) };
const [boeing, apple] = ["BA", "AAPL"].map((name) => ({ symbol: `SIM:${name}`, listing: listingOf(name) })) as [
  { symbol: string; listing: Listing },
  { symbol: string; listing: Listing },
];
const tickers = ["BA", "AAPL"].map((name) => ticker(`SIM:${name}`, { sourceSymbol: name }));
const reason = "Volatility pause (LUDP)";

function haltsOf(market: Market, listing: Listing, days: number): HaltedMinutes[] {
  const halts: HaltedMinutes[] = [];
  for (let from = START; ;) {
    const next = market.nextHalt(listing, from, START + days * DAY);
    if (!next) return halts;
    halts.push(next);
    from = next.to;
  }
}

test("a halt leaves no trade in bars, trades or ids; what was not traded is traded when trading resumes", async () => {
  const [open, halted] = [new Market(OPEN), new Market(HALTED)];
  const minutes = Array.from({ length: 4 }, (_, nth) => START + nth * MINUTE);
  const counts = minutes.map((minute) => [...halted.trades(boeing.listing, minute)].length);
  const usual = minutes.map((minute) => [...open.trades(boeing.listing, minute)].length);
  expect(counts).toEqual([0, (usual[0] ?? 0) + (usual[1] ?? 0), 0, (usual[2] ?? 0) + (usual[3] ?? 0)]);
  const ids = minutes.flatMap((minute) => [...halted.trades(boeing.listing, minute)].map(({ id }) => id));
  expect(ids).toEqual(ids.map((_, nth) => (ids[0] ?? 0) + nth));
  const starts: number[] = [];
  const request = { interval: "1m" as const, from: START, to: START + 4 * MINUTE };
  for await (const bars of simulatorFeed(HALTED).history({
    ...request,
    signal: new AbortController().signal,
    ticker: ticker("SIM:BA", { sourceSymbol: "BA" }),
  })) {
    starts.push(...bars.map(({ start }) => (start - START) / MINUTE));
  }
  expect(starts).toEqual([1, 3]);
});

test("who connects in the midst of a halt is told of it, and of every other symbol that it trades", async () => {
  const now = START + 20 * SECOND;
  const told: FeedStatus[] = [];
  const ending = new AbortController();
  for await (const event of simulatorFeed(HALTED, () => now).stream({
    symbols: tickers,
    server: 0,
    signal: ending.signal,
  })) {
    if (event.type === "status") told.push(event.status);
    if (told.length === tickers.length) ending.abort();
  }
  expect(told).toEqual([
    { symbol: "SIM:BA", time: START, state: "halted", reason },
    { symbol: "SIM:AAPL", time: now, state: "trading", reason: null },
  ]);
});

test("every halt is told of when it begins and when it ends, once, in however small steps time goes on", () => {
  for (const step of [SECOND / 2, 7 * SECOND, 5 * MINUTE]) {
    const watch = new HaltWatch(new Market(HALTED), [boeing, apple], START + 20 * SECOND);
    const told: FeedStatus[] = [];
    for (let at = START + 20 * SECOND; at <= START + 5 * MINUTE; at += step) told.push(...watch.before(at + step));
    const early = told.filter(({ time }) => time <= START + 5 * MINUTE);
    expect(early.map(({ symbol, time, state }) => [symbol, (time - START) / MINUTE, state])).toEqual([
      ["SIM:BA", 1, "trading"],
      ["SIM:BA", 2, "halted"],
      ["SIM:BA", 3, "trading"],
      ["SIM:BA", 4, "halted"],
      ["SIM:BA", 5, "trading"],
    ]);
  }
});

test("halts are rare, of five minutes: most symbols have one in some twenty days, a few some six a day", () => {
  const market = new Market({ ...OPEN, halts: "rare" });
  const days = 40;
  const halts = listings()
    .slice(0, 60)
    .map((company) => haltsOf(market, company, days));
  expect(new Set(halts.flat().map(({ from, to }) => to - from))).toEqual(new Set([5 * MINUTE]));
  const often = halts.filter(({ length }) => length / days > 1);
  expect(often.length).toBeGreaterThanOrEqual(1);
  expect(often.length).toBeLessThanOrEqual(10);
  for (const { length } of often) expect(length / days).toBeGreaterThan(4);
  const others = halts.filter((each) => !often.includes(each)).flat().length / days / (60 - often.length);
  expect(others).toBeGreaterThan(0.02);
  expect(others).toBeLessThan(0.1);
});

test("where the market has sessions, halts lie within the regular one", () => {
  const calendar = calendarOf("us-equities");
  const market = new Market({ ...OPEN, sessions: "us", halts: "rare" });
  const halts = listings()
    .slice(0, 60)
    .flatMap((company) => haltsOf(market, company, 60));
  expect(halts.length).toBeGreaterThan(50);
  const sessions = halts.flatMap(({ from, to }) => [calendar.segmentOf(from).session, calendar.segmentOf(to).session]);
  expect(new Set(sessions)).toEqual(new Set(["regular"]));
});
