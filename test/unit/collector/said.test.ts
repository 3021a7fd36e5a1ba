import { afterEach, beforeEach, expect, test } from "vitest";
import { MINUTE, SECOND } from "#lib/domain/interval.ts";
import { ticker } from "#test/support/ticker.ts";
import { FakeFeed } from "./fake-feed.ts";
import { trade } from "./fixtures.ts";
import { connected, Installation, stopped, type Worker } from "./workers.ts";

const AAA = "SIM:AAA";
const BBB = "SIM:BBB";
let installation: Installation;
let worker: Worker;

beforeEach(() => {
  installation = new Installation();
  installation.tickers = [ticker(AAA)];
});
afterEach(() => stopped(installation, worker));

test("a channel writes what an exchange says of its symbols beside ticks, in its place, and of no others", async () => {
  worker = installation.start("a");
  await installation.clock.advance(0);
  const stream = connected(worker.feed);
  const now = installation.clock.now();
  const cancelled = { symbol: AAA, id: 7, tradeTime: now - 1_000, time: now };
  const status = { symbol: AAA, time: now - MINUTE, state: "halted" as const, reason: "LUDP" };
  stream.push(
    { type: "ticks", receivedTime: now, ticks: [trade(AAA, 7, now - 1_000)] },
    { type: "cancel", ...cancelled },
    { type: "cancel", ...cancelled, symbol: BBB },
    { type: "status", receivedTime: now, status },
    { type: "status", receivedTime: now, status: { ...status, symbol: BBB } },
  );
  await installation.clock.advance(SECOND);
  const said = worker.log.lines().filter(({ type }) => ["trade", "decision", "status"].includes(type));
  expect(said.slice(1)).toEqual([
    { type: "decision", ...cancelled, verdict: "reject", by: "exchange" },
    { type: "status", ...status, receivedTime: now, channel: "simulator-0" },
  ]);
});

test("nothing is proved for ten seconds after what was not understood, whatever else is traded", async () => {
  const { clock } = installation;
  worker = installation.start("a");
  await clock.advance(0);
  const stream = connected(worker.feed);
  await clock.advance(SECOND);
  let id = 1;
  const proofs = async (seconds: number): Promise<number> => {
    const before = worker.log.ofType("heartbeat").length;
    for (let second = 0; second < seconds; second++) {
      const time = clock.now();
      stream.push(
        { type: "ticks", receivedTime: time, ticks: [trade(AAA, id++, time - 1_000)] },
        { type: "proof", time },
      );
      await clock.advance(SECOND);
    }
    return worker.log.ofType("heartbeat").length - before;
  };
  expect(await proofs(2)).toBeGreaterThan(0);
  stream.push({ type: "rejected", reason: "not JSON", bytes: "" });
  expect(await proofs(10)).toBe(0);
  expect(await proofs(2)).toBeGreaterThan(0);
  // One that goes on so is no connection, however much it brings besides.
  for (let times = 0; times < 13; times++) {
    stream.push({ type: "rejected", reason: "not JSON", bytes: "" });
    await clock.advance(5 * SECOND);
  }
  expect(worker.feed.streams.length).toBeGreaterThan(1);
});

test("a stream that falls silent is given up while its history does not answer", async () => {
  const { clock } = installation;
  const feed = new FakeFeed({ silence: SECOND });
  feed.servers = ["one"];
  worker = installation.start("a", feed);
  await clock.advance(0);
  const stream = connected(feed);
  await clock.advance(SECOND);
  stream.push({ type: "ticks", receivedTime: clock.now(), ticks: [trade(AAA, 1, clock.now() - 1_000)] });
  const beat = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      stream.push({ type: "proof", time: clock.now() });
      await clock.advance(SECOND);
    }
  };
  await beat(1);
  const asked = feed.tradesRequests.length;
  feed.answerTrades = () => new Promise(() => undefined);
  await beat(70);
  expect(feed.tradesRequests).toHaveLength(asked + 1);
  expect(feed.open).toContain(stream);
  await clock.advance(45 * SECOND);
  expect(feed.open).not.toContain(stream);
  feed.answerTrades = () => Promise.resolve([]);
});

test("what could not be had beside the stream is told, and the stream goes on", async () => {
  worker = installation.start("a");
  await installation.clock.advance(0);
  const stream = connected(worker.feed);
  stream.push({ type: "failed", reason: "Which symbols are halted is not known" });
  await installation.clock.advance(10 * SECOND);
  expect(installation.channel()).toMatchObject({
    state: "live",
    lastError: { message: "Which symbols are halted is not known" },
  });
});
