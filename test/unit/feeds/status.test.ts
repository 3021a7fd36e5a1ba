import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { coinbaseStatuses } from "#lib/feeds/coinbase/coinbase-rest.ts";
import { BinanceStatuses } from "#lib/feeds/binance/binance-statuses.ts";
import { HOUR, MINUTE } from "#lib/domain/interval.ts";
import { RestClient } from "#lib/feeds/source/rest-client.ts";
import type { FeedStatus } from "#lib/feeds/feed.ts";
import { SourceClock, steadyNow } from "#lib/feeds/source/source-clock.ts";
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
    const statuses = await new BinanceStatuses(rest).ask(pairs, signal);
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

const TRADING: SourceStatus = { state: "trading", reason: null };
const HALTED: SourceStatus = { state: "halted", reason: "Halt" };

/** Runs a watch of A and B, asked every 5 ms, until enough was told. */
async function watched(
  change: Partial<StatusWatchOptions> & Pick<StatusWatchOptions, "ask">,
  isEnough: (told: FeedStatus[], failures: string[]) => boolean,
) {
  const told: FeedStatus[] = [];
  const failures: string[] = [];
  const ending = new AbortController();
  const clock = new SourceClock();
  if (!change.clock) clock.message(steadyNow(), steadyNow());
  const tell: StatusWatchOptions["tell"] = (event) => {
    if (event.type === "failed") failures.push(event.reason);
    else told.push(event.status);
  };
  const symbols = new Map(["A", "B"].map((name) => [name, `SIM:${name}`]));
  const watching = watchStatuses({ symbols, clock, tell, signal: ending.signal, every: 5_000, ...change });
  while (!isEnough(told, failures)) await sleep(5);
  await sleep(30);
  ending.abort();
  await watching;
  return { told, failures };
}

test("every symbol is told of at the first answer, then those that change, whatever a source answers between", async () => {
  const answers: unknown[] = [
    503,
    { A: TRADING, B: HALTED, ELSE: HALTED },
    500,
    { A: HALTED },
    { A: HALTED, B: TRADING },
  ];
  const rest = await client(() => answers.shift() ?? { A: HALTED, B: TRADING });
  const ask = (asking: AbortSignal) =>
    rest.get({ path: "/status", signal: asking }, (answer) => new Map(Object.entries(answer as object)));
  const { told, failures } = await watched({ ask }, ({ length }) => length >= 4);
  expect(told.map(({ symbol, state, reason }) => [symbol, state, reason])).toEqual([
    ["SIM:A", "trading", null],
    ["SIM:B", "halted", "Halt"],
    ["SIM:A", "halted", "Halt"],
    ["SIM:B", "trading", null],
  ]);
  expect(failures).toEqual([]);
});

test("nothing is told before the source's clock is known, by more than an old trade, so that all is dated by that clock", async () => {
  const clock = new SourceClock();
  const behind = -3 * MINUTE;
  let asked = 0;
  const began = steadyNow() + behind;
  setTimeout(() => clock.message(began - HOUR, steadyNow()), 20);
  setTimeout(() => clock.message(steadyNow() + behind, steadyNow()), 40);
  const ask = async () => new Map([["A", (asked += 1) === 1 ? HALTED : TRADING]]);
  const { told } = await watched({ ask, clock, every: 100_000 }, ({ length }) => length >= 2);
  expect(told.map(({ state }) => state)).toEqual(["halted", "trading"]);
  expect(told.every(({ time }) => time >= began && time <= steadyNow() + behind)).toBe(true);
});

test("every symbol is told of again now and then, so that a lost word is made good", async () => {
  const answer = new Map([["A", HALTED]]);
  const { told } = await watched(
    { ask: () => Promise.resolve(answer), tellAgain: 20_000 },
    ({ length }) => length >= 3,
  );
  const times = told.map(({ time }) => time);
  expect(new Set(told.map(({ state }) => state))).toEqual(new Set(["halted"]));
  expect(times.slice(1).every((time, index) => time - (times[index] ?? 0) >= 20_000)).toBe(true);
});

test("a source that does not say what it halts is reported after the third time, and then seldom", async () => {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    throw new Error("No answer");
  };
  const { failures } = await watched({ ask }, () => asked >= 6);
  expect(failures).toEqual(["Which symbols are halted is not known: No answer"]);
});

/** Binance when it knows some pairs. */
const answering = (isKnown: (pair: string) => boolean) =>
  client((url) => {
    const symbols = JSON.parse(url.searchParams.get("symbols") ?? "[]") as string[];
    return symbols.every(isKnown) ? { symbols: symbols.map((symbol) => ({ symbol, status: "TRADING" })) } : 400;
  });

describe("of Binance's pairs those that it does not know", () => {
  const names = Array.from({ length: 400 }, (_, nth) => `X${nth}`);
  test("leave the others known, and are asked for again after an hour", async () => {
    const gone = new Set(["X17", "X130", "X222", "X399"]);
    let now = 0;
    const statuses = new BinanceStatuses(await answering((pair) => !gone.has(pair)), () => now);
    const first = await statuses.ask(names, signal);
    expect(first.size).toBeGreaterThan(250);
    const all = await statuses.ask(names, signal);
    expect(names.filter((pair) => !all.has(pair))).toEqual([...gone]);
    source.asked.length = 0;
    expect((await statuses.ask(names, signal)).size).toBe(396);
    expect(source.asked).toHaveLength(4);
    gone.clear();
    now += HOUR;
    expect((await statuses.ask(names, signal)).size).toBe(400);
  });

  test("are not told from a server that refuses all, which is asked no further", async () => {
    const refused = new Set(names);
    const statuses = new BinanceStatuses(await answering((pair) => !refused.has(pair)));
    await expect(statuses.ask(names, signal)).rejects.toMatchObject({ code: "BAD_INPUT" });
    expect(source.asked.length).toBeLessThanOrEqual(25);
    refused.clear();
    expect((await statuses.ask(names, signal)).size).toBe(400);
  });
});
