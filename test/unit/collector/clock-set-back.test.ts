import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HOUR, SECOND } from "#lib/domain/interval.ts";
import { TapedeckError } from "#lib/errors.ts";
import { ticker } from "#test/support/ticker.ts";
import type { FakeStream } from "./fake-feed.ts";
import { trade } from "./fixtures.ts";
import { connected, Installation, stopped, type Worker } from "./workers.ts";

const AAA = "SIM:AAA";
let installation: Installation;
let worker: Worker;

beforeEach(() => {
  installation = new Installation();
  installation.tickers = [ticker(AAA)];
});
afterEach(() => stopped(installation, worker));

const now = (): number => installation.clock.now();

describe("a wall clock that is set back", () => {
  const measured = { type: "clock", offset: 0 } as const;

  async function start(): Promise<FakeStream> {
    worker = installation.start("a");
    await installation.clock.advance(0);
    const stream = connected(worker.feed);
    stream.push(measured, { type: "ticks", receivedTime: now(), ticks: [trade(AAA, 1, now() - 1_000)] });
    await installation.clock.advance(SECOND);
    return stream;
  }

  /** Connected again after an hour was taken from our clock: meanwhile the source traded. */
  async function reconnected(): Promise<void> {
    const stream = await start();
    stream.push(new TapedeckError("UNAVAILABLE", "Connection reset"));
    installation.clock.jump(-HOUR);
  }

  test("hides nothing of what came while there was no connection", async () => {
    const missed = trade(AAA, 2, now() + SECOND);
    await reconnected();
    worker.feed.answerTrades = async ({ to }) => [missed.time < to ? [missed] : []];
    await installation.clock.advance(SECOND);
    connected(worker.feed).push({ type: "proof", time: now() + HOUR });
    await installation.clock.advance(SECOND);
    expect(worker.log.ofType("trade").map(({ id }) => id)).toEqual([1, 2]);
  });

  test("does not say that a symbol is complete from earlier on", async () => {
    const before = now();
    await reconnected();
    worker.feed.answerTrades = () => Promise.reject(new TapedeckError("UNSUPPORTED", "No such history"));
    await installation.clock.advance(SECOND);
    connected(worker.feed);
    await installation.clock.advance(SECOND);
    expect(worker.log.ofType("ready").at(-1)?.from).toBeGreaterThan(before);
  });

  test("makes no tick one from the future", async () => {
    const stream = await start();
    const time = now();
    installation.clock.jump(-HOUR);
    stream.push({ type: "ticks", receivedTime: now(), ticks: [trade(AAA, 2, time)] });
    await installation.clock.advance(SECOND);
    expect(worker.log.ofType("trade").at(-1)).toMatchObject({ id: 2, time, receivedTime: time });
  });
});
