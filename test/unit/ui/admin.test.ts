import { describe, expect, test } from "vitest";
import type { ServerReport } from "#lib/contracts/sources.ts";
import { HOUR, SECOND } from "#lib/domain/interval.ts";
import type { ChannelView, TickerRow } from "#lib/contracts/views.ts";
import type { Ticker } from "#lib/contracts/tickers.ts";
import { feedHealth, quotaOf, summariseSources } from "../../../app/_lib/sources.ts";
import { historyServers, serversView, streamServers } from "../../../app/_lib/servers.ts";
import {
  arrangeRows,
  formatValue,
  historyView,
  parseList,
  parseValue,
  statusBadge,
} from "../../../app/_lib/ticker-rows.ts";
import { ticker as tickerOf } from "#test/support/ticker.ts";

function channel(change: Partial<ChannelView>): ChannelView {
  return {
    kind: "channel",
    channel: "x-0",
    source: "simulator",
    holder: "a",
    leaseUntil: 1,
    config: 1,
    state: "live",
    reason: null,
    since: 0,
    symbols: 1,
    rate: 1,
    lag: null,
    clockOffset: 0,
    lastTickTime: null,
    lastError: null,
    attempts: 0,
    nextAttempt: null,
    ticks: 0,
    duplicates: 0,
    gapsFound: 0,
    gapsFilled: 0,
    rejected: 0,
    updated: 0,
    orphaned: false,
    ...change,
  };
}

function row(symbol: string, change: Partial<TickerRow> = {}, ticker: Partial<Ticker> = {}): TickerRow {
  return {
    ticker: tickerOf(symbol, ticker),
    version: "1",
    status: "live",
    reason: null,
    lastTickTime: null,
    backfill: null,
    ...change,
  };
}

describe("sources", () => {
  test("a source is as well as the worst of its channels that have symbols", () => {
    const [binance, simulator] = summariseSources([
      channel({ source: "simulator", rate: 10, lag: 5 }),
      channel({ source: "simulator", state: "stale", rate: 2, lag: 9, reason: "silent" }),
      channel({ source: "binance", state: "live" }),
      channel({ source: "binance", state: "idle", symbols: 0 }),
      channel({ source: "recording" }),
    ]);
    expect([simulator?.state, simulator?.live, simulator?.total, simulator?.rate, simulator?.lag]).toEqual([
      "stale",
      1,
      2,
      12,
      9,
    ]);
    expect([binance?.state, binance?.total]).toEqual(["live", 1]);
  });

  test("a channel that nobody holds is not live, whatever it said last", () => {
    const summaries = summariseSources([channel({ orphaned: true })]);
    expect([summaries[0]?.state, feedHealth(summaries)]).toEqual([
      "failed",
      { well: 0, total: 1, troubles: ["Simulator failed: No ingest process holds this channel."] },
    ]);
  });
});

function server(address: string, change: Partial<ServerReport> = {}): ServerReport {
  const well = { serving: false, trouble: null, reason: null, failedAt: null, retryAt: null, workingSince: null };
  return { address, ...well, ...change };
}

describe("the servers of a source", () => {
  const NOW = 1_000 * SECOND;
  const abroad = server("a.example", { trouble: "country", reason: "HTTP 451", retryAt: NOW + 560 * SECOND });
  const back = server("b.example", { trouble: "closed", retryAt: 0, workingSince: NOW - 40 * SECOND });
  const serving = server("c.example", { serving: true });

  test("say which serves, in which place, and why each better one does not", () => {
    expect(serversView([abroad, back, serving], NOW)).toEqual({
      serving: "c.example, third of 3",
      unused: [
        { words: "a.example refused this country, tried again in 9 min", said: "HTTP 451" },
        { words: "b.example closed the connection, has worked again for 40 s", said: null },
      ],
    });
  });

  test("say only the name where the best, or the only one, serves", () => {
    expect(serversView([serving, abroad], NOW)).toEqual({ serving: "c.example, first of 2", unused: [] });
    expect(serversView([serving], NOW)).toEqual({ serving: "c.example", unused: [] });
    expect([serversView([], NOW), serversView(undefined, NOW)]).toEqual([null, null]);
  });

  test("are those of the channel that is worst off, and of requests those of who asks", () => {
    const well = channel({ servers: [serving, abroad] });
    const ill = channel({ servers: [abroad, serving] });
    const empty = channel({ servers: [abroad, abroad], symbols: 0 });
    expect(streamServers([well, ill, empty])).toBe(ill.servers);
    const quota = { source: "binance" as const, used: 0, allowed: 1, heldUntil: null };
    const worker = (used: number, servers: ServerReport[]) => ({ updated: NOW, quotas: [{ ...quota, used, servers }] });
    const unused = [server("a.example"), server("c.example")];
    expect(historyServers([worker(5, unused), worker(0, [abroad, serving])], "binance", NOW)).toEqual([
      abroad,
      serving,
    ]);
    expect(historyServers([worker(0, [serving])], "binance", NOW + HOUR)).toBeUndefined();
  });
});

const symbols = (list: TickerRow[]) => list.map(({ ticker }) => ticker.symbol);

describe("tickers", () => {
  test("removed ones come last whatever the order, and filters hold", () => {
    const rows = [row("SIM:B"), row("SIM:A", { status: "removed" }), row("SIM:C", {}, { source: "binance" })];
    const none = { source: null, status: null };
    expect(symbols(arrangeRows(rows, none, { key: "symbol", order: "descending" }))).toEqual([
      "SIM:C",
      "SIM:B",
      "SIM:A",
    ]);
    expect(symbols(arrangeRows(rows, { ...none, source: "binance" }, { key: "name", order: "ascending" }))).toEqual([
      "SIM:C",
    ]);
  });

  test("history says how far it is and why it stopped", () => {
    const backfill = { state: "fetching" as const, progress: 0.62, bars: 1, reason: null, from: 0, to: 1 };
    expect(historyView(row("A", { backfill }))).toEqual({ kind: "progress", share: 62, words: "62 %" });
    expect(historyView(row("A", { backfill: { ...backfill, state: "failed", reason: "HTTP 429" } }))).toEqual({
      kind: "failed",
      share: 62,
      words: "stopped at 62 %",
      reason: "HTTP 429",
    });
    expect(historyView(row("A", {}, { state: "disabled" }))).toEqual({ kind: "words", words: "kept" });
  });

  test("a stale state counts its age", () => {
    expect(statusBadge("stale", 1_000_000, 49_000_000).words).toBe("Stale 48 s");
    expect(statusBadge("live", 1_000_000, 49_000_000).words).toBe("Live");
  });

  test("lists and values are read as people type them, and written without loss", () => {
    expect(parseList(" FB, , TheFacebook,FB ")).toEqual(["FB", "TheFacebook"]);
    expect(["3.4T", "120,000,000", "1.5 b", ""].map(parseValue)).toEqual([3.4e12, 1.2e8, 1.5e9, null]);
    expect([parseValue("much"), parseValue("-3"), parseValue("0")]).toEqual([undefined, undefined, undefined]);
    for (const value of [3.4e12, 123_456_789, 999, 1.1e9]) expect(parseValue(formatValue(value))).toBe(value);
  });
});

const reporting = (used: number, updated: number, heldUntil: number | null = null) => ({
  updated,
  quotas: [{ source: "binance" as const, used, allowed: 6_000, heldUntil }],
});

test("what all processes spend of a source's requests is added up, but for those that are silent", () => {
  const now = 100 * 1e6;
  const workers = [reporting(5, now), reporting(7, now, now + 1), reporting(100, now - 61e6), { updated: now }];
  expect(quotaOf(workers, "binance", now)).toEqual({ used: 12, allowed: 6_000, heldUntil: now + 1 });
  expect(quotaOf([reporting(5, now, now - 1)], "binance", now)?.heldUntil).toBeNull();
  expect(quotaOf(workers, "simulator", now)).toBeNull();
});
