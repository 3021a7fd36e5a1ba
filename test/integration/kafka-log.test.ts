import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { names } from "#lib/contracts/topics.ts";
import type { LogProducer, LogRecord, PartitionTask } from "#lib/contracts/log.ts";
import { TapedeckError } from "#lib/errors.ts";
import { kafkaBrokers } from "#lib/config/config.ts";
import { loadKafkajs } from "#lib/kafka/guards/load-kafkajs.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import { engineConfig } from "#test/support/engines.ts";
import { until } from "#test/support/until.ts";

const config = engineConfig({ TAPEDECK_LOG_LEVEL: "error" });
const topics = names(config.TAPEDECK_NAMESPACE);
const kafka = createKafka(config);
let producer: LogProducer;

beforeAll(async () => {
  await kafka.createTopics(topics, config);
  producer = await kafka.producer();
});
afterAll(() => kafka.close());

const text = ({ value }: LogRecord): string => value.toString();
const frame = (partition: number, value: string): { partition: number; value: Buffer } => ({
  partition,
  value: Buffer.from(value),
});

/** A task that begins at `from` and keeps what it sees. */
function keeping(into: string[], from = 0, more: Partial<PartitionTask> = {}): PartitionTask {
  return {
    open: () => Promise.resolve(from),
    process: (records) => {
      into.push(...records.map(text));
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
    ...more,
  };
}

test("topics are created once; another number of partitions is refused, naming the topic", async () => {
  await kafka.createTopics(topics, config);
  const ends = await kafka.topicEnds(topics.ticks);
  expect(ends.map(({ partition }) => partition)).toEqual([0, 1, 2, 3]);
  const more = { ...config, TAPEDECK_PARTITIONS: 5 };
  await expect(kafka.createTopics(topics, more)).rejects.toMatchObject({
    code: "REFUSED",
    message: expect.stringContaining(topics.ticks) as string,
  });
});

test("the ends of a topic that does not exist are NOT_FOUND", async () => {
  await expect(kafka.topicEnds(`${topics.ticks}.none`)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("frames lie in the log in the order of the calls, and a range is read as it was asked", async () => {
  const { end } = (await kafka.topicEnds(topics.dead))[0] ?? { end: 0 };
  await Promise.all(
    Array.from({ length: 500 }, (_, index) => producer.send(topics.dead, [frame(0, `frame ${index}`)])),
  );
  const read: LogRecord[] = [];
  for await (const records of kafka.readRange(topics.dead, 0, end + 100, end + 350)) read.push(...records);
  expect(read.map(text)).toEqual(Array.from({ length: 250 }, (_, index) => `frame ${index + 100}`));
  expect(read.map(({ offset }) => offset - end)).toEqual(Array.from({ length: 250 }, (_, index) => index + 100));
  const beyond: LogRecord[] = [];
  for await (const records of kafka.readRange(topics.dead, 0, end + 490, end + 9999)) beyond.push(...records);
  expect(beyond).toHaveLength(10);
});

test("a task gets every record from where it says, idle calls without data, and its close at the end", async () => {
  const { ticks: topic } = topics;
  await Promise.all(
    [0, 1, 2, 3].map((partition) => producer.send(topic, [frame(partition, "old"), frame(partition, "new")])),
  );
  const seen: string[] = [];
  const closes: boolean[] = [];
  let idles = 0;
  const stop = new AbortController();
  const consuming = kafka.consume({
    topic,
    group: `${topic}.one`,
    signal: stop.signal,
    openTask: () => {
      let position = 1;
      return {
        open: () => Promise.resolve(position),
        idle: () => {
          idles += 1;
          return Promise.resolve();
        },
        process: (records) => {
          seen.push(...records.map(text));
          position = (records.at(-1)?.offset ?? 0) + 1;
          return Promise.resolve();
        },
        get checkpoint() {
          return position;
        },
        close: (last) => {
          closes.push(last);
          return Promise.resolve();
        },
      };
    },
  });
  await until(() => seen.length === 4);
  const before = idles;
  await sleep(300);
  expect(idles - before).toBeGreaterThanOrEqual(20);
  await producer.send(topic, [frame(2, "newest")]);
  await until(() => seen.length === 5);
  stop.abort();
  await consuming;
  expect(seen).toEqual(["new", "new", "new", "new", "newest"]);
  expect(closes).toEqual([true, true, true, true]);
  // The checkpoints were committed as a hint, for tools that show lag.
  const admin = new (loadKafkajs().Kafka)({ brokers: kafkaBrokers(config) }).admin();
  await admin.connect();
  const offsets = await admin.fetchOffsets({ groupId: `${topic}.one`, topics: [topic] });
  await admin.disconnect();
  const committed = offsets[0]?.partitions.toSorted((a, b) => a.partition - b.partition);
  expect(committed?.map(({ offset }) => offset)).toEqual(["2", "2", "3", "2"]);
});

test("two consumers share the partitions; one that leaves hands its own over, and no record is missed", async () => {
  const { bars: topic } = topics;
  const group = `${topic}.shared`;
  const processed = new Map<number, Set<number>>([0, 1, 2, 3].map((partition) => [partition, new Set()]));
  const owned = [new Set<number>(), new Set<number>()];
  const consumer = (index: number, signal: AbortSignal): Promise<void> =>
    kafka.consume({
      topic,
      group,
      signal,
      openTask: (partition) => {
        const done = processed.get(partition) ?? new Set();
        return {
          // Begins where the last one stopped, as a checkpoint would have it.
          open: () => {
            owned[index]?.add(partition);
            return Promise.resolve(done.size);
          },
          process: (records) => {
            for (const { offset } of records) done.add(offset);
            return Promise.resolve();
          },
          close: () => {
            owned[index]?.delete(partition);
            return Promise.resolve();
          },
        };
      },
    });
  const stops = [new AbortController(), new AbortController()] as const;
  const first = consumer(0, stops[0].signal);
  await until(() => owned[0]?.size === 4);
  let sent = 0;
  const feeding = setInterval(() => {
    const value = String((sent += 1));
    void producer.send(
      topic,
      [0, 1, 2, 3].map((partition) => frame(partition, value)),
    );
  }, 20);
  const second = consumer(1, stops[1].signal);
  await until(() => owned[0]?.size === 2 && owned[1]?.size === 2);
  await sleep(200);
  stops[0].abort();
  await first;
  await until(() => owned[1]?.size === 4);
  clearInterval(feeding);
  await until(() => [...processed.values()].every((done) => done.size === sent));
  stops[1].abort();
  await second;
  for (const done of processed.values()) {
    expect([...done].toSorted((a, b) => a - b)).toEqual(Array.from({ length: sent }, (_, index) => index));
  }
});

test("a task that refuses ends the consumer with its own error; the others are closed", async () => {
  const { latest: topic } = topics;
  await Promise.all([0, 1].map((partition) => producer.send(topic, [frame(partition, "x")])));
  const closed: number[] = [];
  const consuming = kafka.consume({
    topic,
    group: `${topic}.refuses`,
    signal: AbortSignal.timeout(20_000),
    openTask: (partition) =>
      keeping([], 0, {
        process: () =>
          partition === 1 ? Promise.reject(new TapedeckError("REFUSED", "not this one")) : Promise.resolve(),
        close: () => {
          closed.push(partition);
          return Promise.resolve();
        },
      }),
  });
  await expect(consuming).rejects.toMatchObject({ code: "REFUSED", message: "not this one" });
  expect(closed.toSorted((a, b) => a - b)).toEqual([0, 2, 3]);
});

test("a position beyond the end of the log is refused instead of being reset behind our back", async () => {
  const { latest: topic } = topics;
  const consuming = kafka.consume({
    topic,
    group: `${topic}.beyond`,
    signal: AbortSignal.timeout(20_000),
    openTask: (partition) => keeping([], partition === 0 ? 1000 : 0),
  });
  await expect(consuming).rejects.toMatchObject({
    code: "REFUSED",
    message: expect.stringMatching(/Partition 0: the log ends at 1, before 1000/) as string,
  });
});
