import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LogRecord, PartitionTask } from "#lib/contracts/log.ts";
import { consume } from "#lib/kafka/consume.ts";
import { until } from "#test/support/until.ts";
import { ScriptedClient, type ScriptedConsumer } from "./scripted-consumer.ts";

const STALL = 40_000;

let script: ScriptedClient;
let stop: AbortController;
let running: Promise<void>;
let taken: number[];
/** Keeps `process` waiting while it is set. */
let blocked: Promise<void> | null;

beforeEach(() => {
  // What the session looks at; promises and the waits between two sessions keep their time.
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  script = new ScriptedClient();
  stop = new AbortController();
  taken = [];
  blocked = null;
  running = consume(script.client, { topic: "t", group: "g", openTask, signal: stop.signal });
});
afterEach(async () => {
  stop.abort();
  vi.useRealTimers();
  await running;
});

function openTask(): PartitionTask {
  return {
    open: () => Promise.resolve(taken.length),
    process: async (records) => {
      taken.push(...records.map(({ offset }) => offset));
      await blocked;
    },
    close: () => Promise.resolve(),
  };
}

const records = (from: number, to: number): LogRecord[] =>
  Array.from({ length: to - from }, (_, at) => ({ offset: from + at, timestamp: 1, value: Buffer.from("x") }));

async function joined(number: number): Promise<ScriptedConsumer> {
  await until(() => script.consumers.length >= number, 5000);
  const consumer = script.consumers[number - 1];
  if (!consumer) throw new Error("no consumer");
  await Promise.resolve();
  consumer.join();
  await until(() => consumer.sought.length > 0, 5000);
  return consumer;
}

/** So long nothing comes but what `meanwhile` does every second. */
async function pass(milliseconds: number, meanwhile: () => void = () => undefined): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 1000) {
    meanwhile();
    await vi.advanceTimersByTimeAsync(1000);
  }
}

test("a consumer that fetches and does not advance while records wait is given up, and another goes on", async () => {
  const first = await joined(1);
  await first.deliver(records(0, 3), 3);
  await until(() => taken.length === 3, 5000);
  script.end = 10;
  await pass(STALL, () => first.fetched());
  expect(first.isStopped).toBe(true);
  const second = await joined(2);
  expect(second.sought).toEqual([3]);
  await second.deliver(records(3, 10), 10);
  await until(() => taken.length === 10, 5000);
});

test("a consumer that has stopped fetching is given up, though nothing waits", async () => {
  const first = await joined(1);
  await pass(STALL);
  expect(first.isStopped).toBe(true);
  await joined(2);
});

test("standing at the end of the log is no stall, nor are brokers that do not answer", async () => {
  const first = await joined(1);
  await pass(STALL, () => first.fetched());
  script.end = null;
  await pass(STALL);
  expect(first.isStopped).toBe(false);
});

test("a batch is resolved before its task has done with it: fetches and heartbeats do not wait for tasks", async () => {
  const first = await joined(1);
  const { promise, resolve } = Promise.withResolvers<void>();
  blocked = promise;
  await first.deliver(records(0, 3), 6);
  await first.deliver(records(3, 6), 6);
  expect(first.resolved).toEqual(["2", "5"]);
  await until(() => taken.length > 0, 5000);
  expect(taken).toEqual([0, 1, 2]);
  resolve();
  await until(() => taken.length === 6, 5000);
});

test("an answer to a question from before a seek is not taken, and the question is put again", async () => {
  const first = await joined(1);
  script.end = 9;
  await first.deliver(records(5, 9), 9);
  expect(taken).toEqual([]);
  expect(first.sought).toEqual([0, 0]);
});
