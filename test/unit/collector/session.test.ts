import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY, MINUTE, SECOND } from "#lib/domain/interval.ts";
import { TapedeckError } from "#lib/errors.ts";
import type { FakeStream } from "./fake-feed.ts";
import { ticker } from "#test/support/ticker.ts";
import { latestLine, trade } from "./fixtures.ts";
import { connected, Installation, stopped, type Worker } from "./workers.ts";

const AAA = "SIM:AAA";
const BBB = "SIM:BBB";
/** The number of the first configuration. */
const FIRST = 1_700_000_000;
let installation: Installation;
let worker: Worker;

beforeEach(() => {
  installation = new Installation();
  installation.tickers = [ticker(AAA)];
});
afterEach(() => stopped(installation, worker));

async function start(): Promise<FakeStream> {
  worker = installation.start("a");
  await installation.clock.advance(0);
  return connected(worker.feed);
}

const now = (): number => installation.clock.now();
const trades = (...ids: number[]): { type: "ticks"; receivedTime: number; ticks: ReturnType<typeof trade>[] } => {
  return { type: "ticks", receivedTime: now(), ticks: ids.map((id) => trade(AAA, id, now() - 1_000)) };
};
const written = (): number[] => worker.log.ofType("trade").map(({ id = -1 }) => id);

describe("a channel", () => {
  test("begins with its config, then a new symbol is ready from when its stream is complete, then proofs count", async () => {
    const stream = await start();
    stream.push(trades(7), { type: "proof", time: now() });
    const begun = now();
    await installation.clock.advance(SECOND);
    stream.push({ type: "proof", time: now() });
    await installation.clock.advance(SECOND);
    const lines = worker.log.lines().filter((line) => line.type !== "config" || line.symbols.length > 0);
    expect(lines.map(({ type }) => type)).toEqual(["config", "trade", "ready", "heartbeat"]);
    const [ready] = worker.log.ofType("ready");
    expect(ready?.from).toBeGreaterThanOrEqual(begun);
    expect(ready?.from).toBeLessThan(begun + 2 * SECOND);
    expect(installation.channel()).toMatchObject({ state: "live", ticks: 1, config: FIRST, symbols: 1, reason: null });
  });

  test("counts as complete from when its source says so, not from its first tick", async () => {
    worker = installation.start("a");
    await installation.clock.advance(0);
    const stream = worker.feed.streams.at(-1);
    stream?.push(trades(1), { type: "proof", time: now() });
    await installation.clock.advance(3 * SECOND);
    expect(worker.log.lines().map(({ type }) => type)).toEqual(["config", "config", "trade"]);
    connected(worker.feed);
    await installation.clock.advance(SECOND);
    expect(worker.log.ofType("ready")[0]?.from).toBeGreaterThanOrEqual(now() - SECOND);
  });

  test("asks for what came since the symbol's watermark, and says ready only behind it", async () => {
    installation.latest = [latestLine(AAA, now() - 10 * SECOND)];
    const stream = await start();
    worker.feed.answerTrades = async () => [[trade(AAA, 4, now() - 9 * SECOND)], [trade(AAA, 5, now() - SECOND)]];
    stream.push(trades(6));
    await installation.clock.advance(SECOND);
    expect(written().toSorted((a, b) => a - b)).toEqual([4, 5, 6]);
    expect(worker.log.ofType("ready")).toEqual([{ type: "ready", channel: "simulator-0", n: FIRST, symbol: AAA }]);
    expect(worker.feed.tradesRequests[0]).toMatchObject({ afterId: null });
    expect(worker.feed.tradesRequests[0]?.from).toBeLessThan(now() - 10 * SECOND);
  });

  test("does not ask for more than its source can give: it is then complete from now on", async () => {
    installation.latest = [latestLine(AAA, now() - DAY)];
    await start();
    await installation.clock.advance(SECOND);
    expect(worker.feed.tradesRequests).toEqual([]);
    expect(worker.log.ofType("ready")[0]?.from).toBeGreaterThanOrEqual(now() - SECOND);
  });
});

describe("a hole in a channel's trades", () => {
  test("holds the proofs until they are fetched by id", async () => {
    const stream = await start();
    stream.push(trades(1, 2));
    await installation.clock.advance(SECOND);
    const answer = Promise.withResolvers<ReturnType<typeof trade>[][]>();
    worker.feed.answerTrades = () => answer.promise;
    stream.push(trades(5), { type: "proof", time: now() });
    await installation.clock.advance(SECOND);
    expect(worker.log.ofType("heartbeat")).toEqual([]);
    expect(installation.channel()).toMatchObject({ state: "filling", gapsFound: 1, gapsFilled: 0 });
    answer.resolve([[trade(AAA, 3, now()), trade(AAA, 4, now())]]);
    await installation.clock.advance(SECOND);
    stream.push(trades(4, 6), { type: "proof", time: now() });
    await installation.clock.advance(2 * SECOND);
    expect(written()).toEqual([1, 2, 5, 3, 4, 6]);
    expect(worker.feed.tradesRequests.at(-1)).toMatchObject({ afterId: 2 });
    expect(worker.log.ofType("heartbeat")).toHaveLength(1);
    expect(installation.channel()).toMatchObject({ state: "live", gapsFound: 1, gapsFilled: 1, duplicates: 1 });
  });

  test("that cannot be filled is told by the time from which the symbol is complete again", async () => {
    const stream = await start();
    stream.push(trades(1));
    await installation.clock.advance(SECOND);
    worker.feed.answerTrades = () => Promise.reject(new TapedeckError("UNSUPPORTED", "No such history"));
    stream.push(trades(9));
    const gapEnd = now() - 1_000;
    await installation.clock.advance(SECOND);
    stream.push({ type: "proof", time: now() });
    await installation.clock.advance(SECOND);
    expect(worker.log.ofType("ready").at(-1)?.from).toBe(gapEnd);
    expect(worker.log.ofType("heartbeat")).toHaveLength(1);
    expect(installation.channel().lastError?.message).toContain("No such history");
  });
});

describe("a symbol of which nothing was known", () => {
  test("says from when on it is complete, though its first connection breaks before it can", async () => {
    const stream = await start();
    worker.feed.answerTrades = () => new Promise(() => undefined);
    stream.push(trades(1, 3));
    await installation.clock.advance(SECOND);
    stream.push(new TapedeckError("UNAVAILABLE", "Connection reset"));
    await installation.clock.advance(SECOND);
    worker.feed.answerTrades = async () => [[trade(AAA, 2, now())]];
    connected(worker.feed);
    await installation.clock.advance(SECOND);
    expect(worker.log.ofType("ready")[0]).toHaveProperty("from");
  });
});

describe("between source and log", () => {
  test("nothing is read while the log does not keep up", async () => {
    const stream = await start();
    await installation.clock.advance(SECOND);
    worker.log.extraPending = 1e9;
    stream.push(trades(1));
    stream.push(trades(2));
    await installation.clock.advance(SECOND);
    expect(written()).toEqual([1]);
    worker.log.extraPending = 0;
    await installation.clock.advance(SECOND);
    expect(written()).toEqual([1, 2]);
  });

  test("a source that is not read on because of the log is not taken for dead", async () => {
    const stream = await start();
    worker.log.extraPending = 1e9;
    stream.push(trades(1));
    await installation.clock.advance(5 * MINUTE);
    worker.log.extraPending = 0;
    await installation.clock.advance(2 * SECOND);
    expect(worker.feed.streams).toHaveLength(1);
    expect(installation.channel()).toMatchObject({ lastError: null });
  });

  test("the source's clock is measured, and the lag corrected by it", async () => {
    const stream = await start();
    stream.push({ type: "clock", offset: 200_000 }, { type: "clock", offset: 200_000 });
    stream.push({ type: "ticks", receivedTime: now(), ticks: [trade(AAA, 1, now() + 150_000)] });
    await installation.clock.advance(SECOND);
    expect(installation.channel()).toMatchObject({ clockOffset: 200_000, lag: 50_000 });
  });
});

describe("a source that fails", () => {
  test("is connected to again, each time later, and says why it is not live", async () => {
    worker = installation.start("a");
    worker.feed.refusal = new TapedeckError("UNAVAILABLE", "No route to sim.example");
    await installation.clock.advance(1_500_000);
    const early = installation.channel();
    expect(early).toMatchObject({ state: "failed", reason: "No route to sim.example" });
    expect(early.nextAttempt).toBeGreaterThan(early.updated);
    await installation.clock.advance(5 * MINUTE);
    const { attempts } = installation.channel();
    expect(attempts).toBeGreaterThan(8);
    expect(attempts).toBeLessThan(25);
    expect(installation.warnings.filter((words) => words.includes("No route to sim.example"))).toHaveLength(1);
    worker.feed.refusal = null;
    await installation.clock.advance(31 * SECOND);
    connected(worker.feed);
    await installation.clock.advance(2 * SECOND);
    expect(installation.channel()).toMatchObject({ state: "live", reason: null });
  });

  test("is asked after reconnecting for what came meanwhile, behind the last id", async () => {
    const stream = await start();
    stream.push(trades(1, 2));
    await installation.clock.advance(SECOND);
    stream.push(new TapedeckError("UNAVAILABLE", "Connection reset"));
    await installation.clock.advance(SECOND);
    worker.feed.answerTrades = async () => [[trade(AAA, 3, now())]];
    connected(worker.feed).push(trades(4));
    await installation.clock.advance(SECOND);
    expect(worker.feed.tradesRequests.map(({ afterId }) => afterId)).toEqual([2]);
    expect(written().toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
    expect(worker.log.ofType("ready")).toHaveLength(1);
  });

  test("is not asked where its stream goes on with the very next trade", async () => {
    const stream = await start();
    stream.push(trades(1, 2));
    await installation.clock.advance(SECOND);
    stream.push(new TapedeckError("UNAVAILABLE", "Connection reset"));
    await installation.clock.advance(SECOND);
    connected(worker.feed).push(trades(3), { type: "proof", time: now() });
    await installation.clock.advance(SECOND);
    expect(worker.feed.tradesRequests).toEqual([]);
    expect(installation.channel()).toMatchObject({ state: "live", gapsFound: 0 });
  });
});

describe("a source", () => {
  test("is stale when it is silent, and given up when it stays so", async () => {
    const stream = await start();
    stream.push(trades(1));
    await installation.clock.advance(65 * SECOND);
    expect(installation.channel()).toMatchObject({ state: "stale" });
    await installation.clock.advance(65 * SECOND);
    expect(worker.feed.streams.length).toBeGreaterThan(1);
    expect(installation.channel().lastError?.message).toContain("said nothing");
  });

  test("that fails does nothing to the others", async () => {
    const stream = await start();
    worker.feed.capabilities = { ...worker.feed.capabilities, symbolsPerChannel: 1 };
    installation.tickers = [ticker(AAA), ticker(BBB, { addedAt: 1 })];
    await installation.clock.advance(2 * SECOND);
    connected(worker.feed).push(new TapedeckError("FORBIDDEN", "Not from your country"));
    stream.push(trades(1));
    await installation.clock.advance(2 * SECOND);
    expect(installation.channel("simulator-1")).toMatchObject({ state: "failed", reason: "Not from your country" });
    expect(installation.channel("simulator-0")).toMatchObject({ state: "live", ticks: 1 });
  });
});

describe("tickers", () => {
  test("that are added are collected within two seconds, frozen until they are ready; those that stay lose nothing", async () => {
    const stream = await start();
    stream.push(trades(1));
    await installation.clock.advance(SECOND);
    installation.tickers = [ticker(AAA), ticker(BBB, { addedAt: 1 })];
    await installation.clock.advance(1_500_000);
    expect(worker.feed.streams.at(-1)?.symbols).toEqual([AAA, BBB]);
    worker.feed.answerTrades = async ({ ticker: { symbol } }) => (symbol === AAA ? [[trade(AAA, 2, now())]] : []);
    connected(worker.feed);
    await installation.clock.advance(500_000);
    expect(
      worker.log
        .ofType("config")
        .filter(({ n }) => n === FIRST + 1)
        .flatMap(({ symbols }) => symbols)
        .toSorted(),
    ).toEqual([AAA, BBB]);
    const ready = worker.log.ofType("ready").filter(({ n }) => n === FIRST + 1);
    expect(ready.find(({ symbol }) => symbol === AAA)).not.toHaveProperty("from");
    expect(ready.find(({ symbol }) => symbol === BBB)).toHaveProperty("from");
    expect(written()).toEqual([1, 2]);
    expect(worker.feed.open.size).toBe(1);
  });

  test("that are disabled are dropped over the same connection", async () => {
    installation.tickers = [ticker(AAA), ticker(BBB)];
    const stream = await start();
    await installation.clock.advance(SECOND);
    installation.tickers = [ticker(AAA), ticker(BBB, { state: "disabled" })];
    await installation.clock.advance(2 * SECOND);
    stream.push({ type: "ticks", receivedTime: now(), ticks: [trade(BBB, 1, now()), trade(AAA, 1, now())] });
    stream.push({ type: "proof", time: now() });
    await installation.clock.advance(SECOND);
    expect(worker.feed.streams).toHaveLength(1);
    expect(worker.log.ofType("trade").map(({ symbol }) => symbol)).toEqual([AAA]);
    expect(worker.log.ofType("heartbeat").map(({ config }) => config)).toEqual([FIRST + 1]);
    expect(worker.log.ofType("ready").filter(({ n }) => n === FIRST + 1)).toMatchObject([{ symbol: AAA }]);
  });

  test("that are all disabled leave the channel idle, given back, with no symbol in its last config", async () => {
    await start();
    await installation.clock.advance(SECOND);
    installation.tickers = [ticker(AAA, { state: "disabled" })];
    await installation.clock.advance(3 * SECOND);
    expect(installation.channel()).toMatchObject({ state: "idle", holder: null, symbols: 0 });
    expect(
      worker.log
        .ofType("config")
        .filter(({ n }) => n === FIRST + 1)
        .flatMap(({ symbols }) => symbols),
    ).toEqual([]);
    expect(worker.feed.open.size).toBe(0);
    installation.tickers = [ticker(AAA)];
    await installation.clock.advance(2 * SECOND);
    expect(installation.channel()).toMatchObject({ holder: "a", config: FIRST + 2, symbols: 1 });
  });
});
