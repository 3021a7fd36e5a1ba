import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "#lib/config/config.ts";
import { names } from "#lib/contracts/topics.ts";
import type { LatestLine } from "#lib/contracts/latest.ts";
import { createKafka, type KafkaConnection } from "#lib/kafka/kafka.ts";
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

function latestLine(number: number): LatestLine {
  const day = {
    dayStart: null,
    dayOpen: null,
    dayHigh: null,
    dayLow: null,
    dayVolume: null,
    dayVwap: null,
    dayTrades: null,
  };
  const quote = { bid: null, bidSize: null, ask: null, askSize: null, watermark: null };
  const trade = { time: number, receivedTime: number, price: number, size: 1, side: null, tradeTime: number };
  return { symbol: "X:A", channel: "c", ...trade, ...quote, ...day, epoch: 1, offset: number, line: 0 };
}

test("over a kill -9 of the broker nothing acknowledged is lost, doubled or out of order, for the log, a task and a live reader", async () => {
  const stop = new AbortController();
  const producer = await kafka.producer();
  const seen = new Map<number, number[]>(PARTITIONS.map((partition) => [partition, []]));
  const opens: number[] = [];
  const consuming = kafka.consume({
    topic: topics.ticks,
    group: topics.ticks,
    signal: stop.signal,
    openTask: (partition) => {
      const kept = seen.get(partition) ?? [];
      opens.push(partition);
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
  const live: number[] = [];
  const reading = (async () => {
    for await (const { latest } of kafka.liveReader(topics).read(stop.signal))
      live.push(...latest.map(({ offset }) => offset));
  })();
  await until(() => opens.length === PARTITIONS.length);
  await sleep(1000); // the live reader begins at the end of the log as it is now

  let number = 0;
  const acknowledged: Promise<void>[] = [];
  const feeding = setInterval(() => {
    const value = Buffer.from(String((number += 1)));
    acknowledged.push(
      producer.send(
        topics.ticks,
        PARTITIONS.map((partition) => ({ partition, value })),
      ),
    );
    const line = Buffer.from(`${JSON.stringify(latestLine(number))}\n`);
    acknowledged.push(producer.send(topics.latest, [{ partition: 0, value: line }]));
  }, 5);
  await until(() => (seen.get(0)?.length ?? 0) > 50 && live.length > 20);
  await engines.kill("Kafka");
  await sleep(500);
  expect(producer.pendingBytes).toBeGreaterThan(0);
  await engines.start("Kafka");
  const before = number;
  await until(() => number > before + 100);
  clearInterval(feeding);
  await Promise.all(acknowledged);

  const expected = Array.from({ length: number }, (_, index) => index + 1);
  for (const { partition, end } of await kafka.topicEnds(topics.ticks)) {
    const log: number[] = [];
    for await (const records of kafka.readRange(topics.ticks, partition, 0, end)) {
      log.push(...records.map(({ value }) => Number(value.toString())));
    }
    expect(log, `the log of partition ${partition}`).toEqual(expected);
  }
  await until(() => [...seen.values()].every(({ length }) => length === number), 20_000);
  await until(() => live.at(-1) === number, 20_000);
  stop.abort();
  await Promise.all([consuming, reading]);
  for (const [partition, numbers] of seen) expect(numbers, `the task of partition ${partition}`).toEqual(expected);
  expect(live).toEqual(Array.from({ length: number - (live[0] ?? 0) + 1 }, (_, index) => index + (live[0] ?? 0)));
});
