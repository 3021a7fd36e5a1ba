import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { coinbaseStatuses } from "#lib/feeds/coinbase/coinbase-rest.ts";
import { binanceStatuses } from "#lib/feeds/binance/binance-rest.ts";
import { RestClient } from "#lib/feeds/source/rest-client.ts";
import type { FeedStatus } from "#lib/feeds/feed.ts";
import { SourceClock } from "#lib/feeds/source/source-clock.ts";
import { reasonOf, type SourceStatus, type StatusWatchOptions, watchStatuses } from "#lib/feeds/source/status-watch.ts";
import { localSource, type LocalSource } from "./local-source.ts";

let source: LocalSource;
afterEach(() => source.close());
const { signal } = new AbortController();

async function client(answer: (url: URL) => unknown): Promise<RestClient> {
  source = await localSource({ answer });
  const server = { name: "Source", url: source.httpUrl, elsewhere: "", limits: new Map() };
  return new RestClient([server], { perSecond: 1_000, burst: 1_000, allowed: 6_000 });
}

/** A product as Coinbase lists it. */
const product = (id: string, change: object = {}): object => ({
  id,
  base_currency: id.split("-")[0],
  quote_currency: "USD",
  quote_increment: "0.01",
  display_name: id.replace("-", "/"),
  status: "online",
  status_message: "",
  margin_enabled: false,
  post_only: false,
  limit_only: false,
  cancel_only: false,
  trading_disabled: false,
  auction_mode: false,
  ...change,
});

describe("what a source says of its symbols", () => {
  test("Coinbase: a product that is offline, or whose flags keep orders from being matched, is halted", async () => {
    const rows = [
      product("A-USD"),
      product("B-USD", { limit_only: true }),
      product("C-USD", { trading_disabled: true, status_message: "Paused while we look\ninto it" }),
      product("D-USD", { post_only: true }),
      product("E-USD", { cancel_only: true, post_only: true }),
      product("F-USD", { auction_mode: true }),
      product("G-USD", { status: "delisted" }),
    ];
    const statuses = await coinbaseStatuses(await client(() => rows), signal);
    expect(source.asked).toEqual(["/products"]);
    expect([...statuses.values()].map(({ state, reason }) => (state === "halted" ? reason : state))).toEqual([
      "trading",
      "trading",
      "Paused while we look into it",
      "Post only",
      "Cancel only",
      "Auction",
      "Status delisted",
    ]);
  });

  test("Binance: only what is TRADING trades; pairs are asked for by a hundred", async () => {
    const pairs = ["BTCUSDT", "LUNAUSDT", ...Array.from({ length: 100 }, (_, nth) => `X${nth}USDT`)];
    const statusOf: Record<string, string> = { LUNAUSDT: "BREAK", X1USDT: "HALT", X2USDT: "END_OF_DAY" };
    const rest = await client((url) => {
      const symbols = JSON.parse(url.searchParams.get("symbols") ?? "[]") as string[];
      return { timezone: "UTC", symbols: symbols.map((symbol) => ({ symbol, status: statusOf[symbol] ?? "TRADING" })) };
    });
    const statuses = await binanceStatuses(rest, pairs, signal);
    expect(source.asked).toHaveLength(2);
    expect(rest.usage().used).toBe(40);
    expect(statuses.size).toBe(102);
    expect(["BTCUSDT", "LUNAUSDT", "X1USDT", "X2USDT"].map((pair) => statuses.get(pair))).toEqual([
      { state: "trading", reason: null },
      { state: "halted", reason: "Break" },
      { state: "halted", reason: "Halt" },
      { state: "halted", reason: "End of day" },
    ]);
  });

  test("its words become a reason of one line, printable and not too long", () => {
    expect(reasonOf("  Läuft\u0000nicht\r\n")).toBe("L uft nicht");
    expect(reasonOf("\u2603")).toBeNull();
    expect(reasonOf("x".repeat(500))).toHaveLength(64);
  });
});

test("every symbol is told of at the first answer, then those that change, whatever a source answers between", async () => {
  const trading: SourceStatus = { state: "trading", reason: null };
  const halted: SourceStatus = { state: "halted", reason: "Halt" };
  const answers: unknown[] = [
    503,
    { A: trading, B: halted, ELSE: halted },
    500,
    { A: halted },
    { A: halted, B: trading },
  ];
  const rest = await client(() => answers.shift() ?? { A: halted, B: trading });
  const told: FeedStatus[] = [];
  const ending = new AbortController();
  const ask = (asking: AbortSignal) =>
    rest.get({ path: "/status", signal: asking }, (answer) => new Map(Object.entries(answer as object)));
  const symbols = new Map(["A", "B"].map((name) => [name, `SIM:${name}`]));
  const began = Date.now() * 1_000;
  const clock = new SourceClock();
  const tell: StatusWatchOptions["tell"] = ({ status }) => told.push(status);
  const watching = watchStatuses({ symbols, ask, clock, tell, signal: ending.signal, every: 5_000 });
  while (told.length < 4) await sleep(5);
  await sleep(30);
  ending.abort();
  await watching;
  expect(told.map(({ symbol, state, reason }) => [symbol, state, reason])).toEqual([
    ["SIM:A", "trading", null],
    ["SIM:B", "halted", "Halt"],
    ["SIM:A", "halted", "Halt"],
    ["SIM:B", "trading", null],
  ]);
  expect(told.every(({ time }) => time >= began && time <= Date.now() * 1_000)).toBe(true);
});

test("of Binance's pairs one that it does not know leaves the others known", async () => {
  const rest = await client((url) => {
    const symbols = JSON.parse(url.searchParams.get("symbols") ?? "[]") as string[];
    return symbols.includes("GONE") ? 400 : { symbols: symbols.map((symbol) => ({ symbol, status: "TRADING" })) };
  });
  const statuses = await binanceStatuses(rest, ["A", "B", "GONE", "D", "E"], signal);
  expect([...statuses.keys()]).toEqual(["A", "B", "D", "E"]);
  await source.close();
  const refusing = await client(() => 400);
  await expect(
    binanceStatuses(
      refusing,
      Array.from({ length: 100 }, (_, nth) => `X${nth}`),
      signal,
    ),
  ).rejects.toMatchObject({ code: "BAD_INPUT" });
  expect(source.asked).toHaveLength(24);
});
