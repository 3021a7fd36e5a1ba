import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HOUR, MINUTE, SECOND } from "#lib/domain/interval.ts";
import { RETURN_WITHIN } from "#lib/domain/failover/servers.ts";
import { TapedeckError } from "#lib/errors.ts";
import { FakeFeed, type FakeStream } from "./fake-feed.ts";
import { ticker } from "#test/support/ticker.ts";
import { trade } from "./fixtures.ts";
import { connected, Installation, type Worker } from "./workers.ts";

const AAA = "SIM:AAA";
let installation: Installation;
let worker: Worker;

beforeEach(() => {
  installation = new Installation();
  installation.tickers = [ticker(AAA)];
  const feed = new FakeFeed();
  feed.servers = ["first.example", "second.example"];
  worker = installation.start("a", feed);
});
afterEach(async () => {
  worker.stop();
  await installation.clock.advance(20 * SECOND);
  const fault = await worker.ended;
  if (fault !== undefined) throw fault;
});

const now = (): number => installation.clock.now();
const pass = (length: number): Promise<void> => installation.clock.advance(length);
const written = (): number[] => worker.log.ofType("trade").map(({ id = -1 }) => id);
const at = (server: number): FakeStream[] => worker.feed.streams.filter((stream) => stream.server === server);
const open = (server: number): FakeStream | undefined => at(server).findLast((stream) => worker.feed.open.has(stream));
const tell = (stream: FakeStream | undefined, ...ids: number[]): void =>
  stream?.push({ type: "ticks", receivedTime: now(), ticks: ids.map((id) => trade(AAA, id, now() - 1_000)) });

/** The first server serves, and breaks; the second takes over. */
async function turnToSecond(error = new TapedeckError("UNAVAILABLE", "It broke")): Promise<FakeStream> {
  await pass(0);
  const first = connected(worker.feed);
  tell(first, 1, 2);
  await pass(SECOND);
  first.push(error);
  await pass(0);
  const second = connected(worker.feed);
  tell(second, 3);
  await pass(2 * SECOND);
  return second;
}

/** Answers whoever tries the first server, every few seconds for so long, while the second goes on. */
async function whileFirstWorks(length: number): Promise<void> {
  let id = written().at(-1) ?? 0;
  for (const end = now() + length; now() < end;) {
    const probe = open(0);
    if (probe) {
      connectedTo(probe);
      tell(probe, id);
    }
    id += 1;
    tell(open(1), id);
    await pass(5 * SECOND);
  }
}

function connectedTo(stream: FakeStream): void {
  stream.push({ type: "connected", time: 0 });
}

describe("a channel whose server fails", () => {
  test("turns to the next at once, and says which it is and why", async () => {
    await turnToSecond();
    expect(worker.feed.streams.map(({ server }) => server)).toEqual([0, 1]);
    expect(installation.channel()).toMatchObject({
      state: "live",
      nextAttempt: null,
      servers: [
        { address: "first.example", serving: false, trouble: "closed", reason: "It broke" },
        { address: "second.example", serving: true, trouble: null, reason: null },
      ],
    });
    expect(written()).toEqual([1, 2, 3]);
  });

  test("fills by id what was traded between the two", async () => {
    worker.feed.answerTrades = async ({ afterId }) =>
      afterId === 2 ? [[trade(AAA, 3, now()), trade(AAA, 4, now())]] : [];
    await pass(0);
    const first = connected(worker.feed);
    tell(first, 1, 2);
    await pass(SECOND);
    first.push(new TapedeckError("TIMEOUT", "Nothing came"));
    await pass(0);
    tell(connected(worker.feed), 5, 6);
    await pass(SECOND);
    expect(written().toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(installation.channel().state).toBe("live");
  });
});

describe("a channel that hears nothing", () => {
  test("turns to another server when history has trades that were not sent, and stays where nothing is traded", async () => {
    await pass(0);
    const first = connected(worker.feed);
    tell(first, 1, 2);
    const beating = async (length: number): Promise<void> => {
      for (const end = now() + length; now() < end; await pass(5 * SECOND)) first.push({ type: "proof", time: now() });
    };
    await beating(5 * MINUTE);
    expect(worker.feed.streams).toHaveLength(1);
    worker.feed.answerTrades = async ({ afterId }) => (afterId === 2 ? [[trade(AAA, 3, now() - 20 * SECOND)]] : []);
    await beating(70 * SECOND);
    expect(worker.feed.streams.map(({ server }) => server)).toEqual([0, 1]);
    tell(connected(worker.feed), 4);
    await pass(2 * SECOND);
    expect(written().toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
    expect(installation.channel().servers?.[0]).toMatchObject({ trouble: "silent" });
  });
});

describe("a channel of which no server works", () => {
  test("waits, and tries each again", async () => {
    worker.feed.refusal = new TapedeckError("UNAVAILABLE", "No route");
    await pass(2 * SECOND);
    expect(installation.channel()).toMatchObject({ state: "failed", reason: "No route" });
    expect(installation.channel().nextAttempt).toBeGreaterThan(now() - SECOND);
    worker.feed.refusal = null;
    await pass(31 * SECOND);
    connected(worker.feed);
    await pass(2 * SECOND);
    expect(installation.channel().state).toBe("live");
    expect(installation.warnings.filter((words) => words.includes("No route"))).toHaveLength(1);
  });

  test("stays with the second when its connection is renewed, and when the store, not the server, does not answer", async () => {
    await turnToSecond();
    const before = worker.feed.streams.length;
    installation.latestFault = new TapedeckError("UNAVAILABLE", "No store");
    installation.tickers = [ticker(AAA), ticker("SIM:BBB", { addedAt: 1 })];
    await pass(3 * SECOND);
    expect(installation.channel()).toMatchObject({ state: "failed", reason: "No store" });
    installation.latestFault = null;
    await pass(20 * SECOND);
    expect(worker.feed.streams.slice(before).map(({ server }) => server)).toEqual([1]);
    connected(worker.feed);
    await pass(2 * SECOND);
    expect(installation.channel().servers?.[1]).toMatchObject({ serving: true, trouble: null });
  });
});

describe("a better server", () => {
  test("that had failed at once is gone back to when it has worked for two minutes beside the one that serves, and no trade is lost", async () => {
    await turnToSecond();
    worker.feed.answerTrades = async ({ afterId }) => [[trade(AAA, (afterId ?? 0) + 1, now())]];
    await whileFirstWorks(2 * MINUTE);
    expect(open(1)).toBeDefined();
    await whileFirstWorks(MINUTE);
    expect(open(1)).toBeUndefined();
    const first = open(0);
    const last = Math.max(...written());
    if (first) connectedTo(first);
    tell(first, last + 2);
    await pass(2 * SECOND);
    expect(written().toSorted((a, b) => a - b)).toEqual(Array.from({ length: last + 2 }, (_, index) => index + 1));
    expect(installation.channel()).toMatchObject({ state: "live", servers: [{ serving: true }, { serving: false }] });
  });

  test("that takes connections and streams nothing is not gone back to", async () => {
    await turnToSecond();
    for (let id = 4; id < 40; id += 1) {
      const probe = open(0);
      if (probe) connectedTo(probe);
      tell(open(1), id);
      await pass(10 * SECOND);
    }
    expect(open(1)).toBeDefined();
    expect(installation.channel().servers?.[0]).toMatchObject({
      serving: false,
      trouble: "silent",
      workingSince: null,
    });
  });

  test("where nothing is traded is gone back to when it proves that it is complete", async () => {
    await turnToSecond();
    for (let beat = 0; beat < 40 && open(1); beat += 1) {
      const probe = open(0);
      probe?.push({ type: "connected", time: 0 }, { type: "proof", time: now() });
      open(1)?.push({ type: "proof", time: now() });
      await pass(5 * SECOND);
    }
    expect(open(1)).toBeUndefined();
    expect(open(0)).toBeDefined();
  });

  test("is not tried while it refuses us, and within the stated time it serves again", async () => {
    await turnToSecond(new TapedeckError("FORBIDDEN", "Not you"));
    await whileFirstWorks(25 * SECOND);
    expect(at(0)).toHaveLength(1);
    await whileFirstWorks(Math.min(RETURN_WITHIN, HOUR / 4));
    expect(open(1)).toBeUndefined();
  });
});

describe("a server that has not answered yet", () => {
  test("is not named as serving, nor is one between two connections or when nothing is collected", async () => {
    const serving = (): (boolean | undefined)[] | undefined =>
      installation.channel().servers?.map((each) => each.serving);
    await pass(2 * SECOND);
    expect(serving()).toEqual([false, false]);
    connected(worker.feed);
    await pass(2 * SECOND);
    expect(serving()).toEqual([true, false]);
    worker.feed.streams.at(-1)?.push(new TapedeckError("UNAVAILABLE", "It broke"));
    await pass(2 * SECOND);
    expect(open(1)).toBeDefined();
    expect(serving()).toEqual([false, false]);
    connected(worker.feed);
    await pass(2 * SECOND);
    expect(serving()).toEqual([false, true]);
    installation.tickers = [];
    await pass(3 * SECOND);
    expect(installation.channel().state).toBe("idle");
    expect(serving()).toEqual([false, false]);
  });

  test("is gone back to ever more seldom when it streams only while it is tried", async () => {
    await turnToSecond();
    const proofs: number[] = [];
    while (proofs.length < 3) {
      const begun = now();
      while (open(1)) await whileFirstWorks(5 * SECOND);
      proofs.push(now() - begun);
      open(0)?.push(new TapedeckError("TIMEOUT", "It has not begun to stream"));
      await pass(0);
      connected(worker.feed);
      await pass(5 * SECOND);
    }
    // It failed a second after it had begun to serve first: two minutes of proof, then twice as long each time.
    expect(proofs.map((length) => Math.floor(length / MINUTE))).toEqual([2, 4, 8]);
  });
});
