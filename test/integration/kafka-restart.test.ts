import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "#lib/config/config.ts";
import { names } from "#lib/contracts/topics.ts";
import type { LogProducer } from "#lib/contracts/log.ts";
import { createKafka, type KafkaConnection } from "#lib/kafka/kafka.ts";
import { latestLine } from "#test/support/latest-line.ts";
import { startTestEngines, type TestEngines } from "#test/support/test-engines.ts";
import { until } from "#test/support/until.ts";

const topics = names("restart");
const PARTITIONS = [0, 1, 2, 3];
let engines: TestEngines;
let kafka: KafkaConnection;

beforeAll(async () => {
  engines = await startTestEngines(["Kafka"]);
  const config = readConfig({ ...engines.environment, TAPEDECK_NAMESPACE: "restart", TAPEDECK_LOG_LEVEL: "error" });
  kafka = createKafka(config);
  await kafka.createTopics(topics, config);
});
afterAll(async () => {
  await kafka.close();
  await engines.close();
});

/** Every partition's frames as the task of the partition saw them; a task begins where the one before it stopped. */
function consumeInto(seen: Map<number, number[]>, signal: AbortSignal): Promise<void> {
  return kafka.consume({
    topic: topics.ticks,
    group: topics.ticks,
    signal,
    openTask: (partition) => {
      const kept = seen.get(partition) ?? [];
      seen.set(partition, kept);
      return {
        open: () => Promise.resolve(kept.length),
        process: (records) => {
          kept.push(...records.map(({ value }) => Number(value.toString())));
          return Promise.resolve();
        },
        close: () => Promise.resolve(),
      };
    },
  });
}

async function readLiveInto(live: number[], signal: AbortSignal): Promise<void> {
  for await (const { latest } of kafka.liveReader(topics).read(signal))
    live.push(...latest.map(({ offset }) => offset));
}

async function wholeLog(partition: number, end: number): Promise<number[]> {
  const log: number[] = [];
  for await (const records of kafka.readRange(topics.ticks, partition, 0, end)) {
    log.push(...records.map(({ value }) => Number(value.toString())));
  }
  return log;
}

/** Sends 1, 2, 3 … to every partition of `ticks` and as a line of `latest`, 200 times a second, until told to stop. */
function feed(producer: LogProducer): { sent: () => number; stop: () => Promise<unknown> } {
  let number = 0;
  const acknowledged: Promise<void>[] = [];
  const timer = setInterval(() => {
    const value = Buffer.from(String((number += 1)));
    const line = Buffer.from(`${JSON.stringify(latestLine("X:A", { time: number, offset: number }))}\n`);
    const frames = PARTITIONS.map((partition) => ({ partition, value }));
    acknowledged.push(producer.send(topics.ticks, frames));
    acknowledged.push(producer.send(topics.latest, [{ partition: 0, value: line }]));
  }, 5);
  const stop = (): Promise<unknown> => {
    clearInterval(timer);
    return Promise.all(acknowledged);
  };
  return { sent: () => number, stop };
}

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

test("over a kill -9 of the broker nothing acknowledged is lost, doubled or out of order, for the log, a task and a live reader", async () => {
  const stop = new AbortController();
  const producer = await kafka.producer();
  const seen = new Map<number, number[]>();
  const live: number[] = [];
  const consuming = consumeInto(seen, stop.signal);
  const reading = readLiveInto(live, stop.signal);
  await until(() => seen.size === PARTITIONS.length);
  await sleep(1000); // the live reader begins at the end of the log as it is now

  const feeding = feed(producer);
  await until(() => (seen.get(0)?.length ?? 0) > 50 && live.length > 20);
  await engines.kill("Kafka");
  await sleep(500);
  expect(producer.pendingBytes).toBeGreaterThan(0);
  await engines.start("Kafka");
  const before = feeding.sent();
  await until(() => feeding.sent() > before + 100);
  await feeding.stop();

  const sent = feeding.sent();
  for (const { partition, end } of await kafka.topicEnds(topics.ticks)) {
    await expect(wholeLog(partition, end), `the log of partition ${partition}`).resolves.toEqual(numbers(1, sent));
  }
  await until(() => [...seen.values()].every(({ length }) => length === sent), 20_000);
  await until(() => live.at(-1) === sent, 20_000);
  stop.abort();
  await Promise.all([consuming, reading]);
  for (const [partition, kept] of seen) expect(kept, `the task of partition ${partition}`).toEqual(numbers(1, sent));
  expect(live).toEqual(numbers(live[0] ?? 0, sent));
});
