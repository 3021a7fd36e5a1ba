import { afterAll, beforeAll, expect, test } from "vitest";
import { assertIdle } from "#infra/offline.ts";
import type { Config } from "#lib/config/config.ts";
import type { Frame } from "#lib/contracts/log.ts";
import type { TickLine } from "#lib/contracts/ticks.ts";
import { names, type Names } from "#lib/contracts/topics.ts";
import { partitionOf } from "#lib/domain/partition.ts";
import { createElastic, type Elastic } from "#lib/elasticsearch/client.ts";
import { createElasticsearch, type ElasticsearchConnection } from "#lib/elasticsearch/elasticsearch.ts";
import { createEngineWorker, type EngineWorker, type EngineWorkerOptions } from "#lib/engine/engine-worker.ts";
import { logAccess } from "#lib/engine/log-access.ts";
import { planRebuild, rebuild, type RebuildOptions } from "#lib/engine/rebuild.ts";
import { createKafka, type KafkaConnection } from "#lib/kafka/kafka.ts";
import { generateLines } from "#test/simulation/generate-log.ts";
import { seeded } from "#test/simulation/random.ts";
import { engineConfig } from "#test/support/engines.ts";
import { until } from "#test/support/until.ts";

const PARTITIONS = 2;
/** Logs of the simulation, one behind the other: corrections, duplicates, changes of channels and dead lines. */
const SEEDS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];
const clock = { wall: () => Date.now() * 1000, elapsed: () => performance.now() };
const quiet = { info: () => undefined, warn: () => undefined };

let config: Config;
let topics: Names;
let kafka: KafkaConnection;
let elasticsearch: ElasticsearchConnection;
let elastic: Elastic;

beforeAll(async () => {
  config = engineConfig({ TAPEDECK_PARTITIONS: String(PARTITIONS), TAPEDECK_LOG_LEVEL: "error" });
  topics = names(config.TAPEDECK_NAMESPACE);
  kafka = createKafka(config);
  elasticsearch = createElasticsearch(config);
  elastic = createElastic(config);
  await Promise.all([kafka.createTopics(topics, config), elasticsearch.createIndices()]);
});
afterAll(async () => {
  await Promise.all([kafka.close(), elasticsearch.close(), elastic.close()]);
});

/** Each line where its symbol lives; what is said of channels, everywhere. */
function framesOf(lines: readonly string[]): Frame[] {
  return Array.from({ length: PARTITIONS }, (_, partition) => {
    const own = lines.filter((text) => {
      const symbol = text.startsWith('{"')
        ? (JSON.parse(text) as Partial<TickLine & { symbol: string }>).symbol
        : undefined;
      return symbol === undefined || partitionOf(symbol, PARTITIONS) === partition;
    });
    return { partition, value: Buffer.from(own.join("\n")) };
  });
}

async function fillLog(): Promise<void> {
  const producer = await kafka.producer();
  for (const seed of SEEDS) {
    for (const lines of generateLines(seeded(seed))) {
      // Symbols and channels of its own.
      const own = lines.map((line) =>
        line.replaceAll(/SIM:([ABC])/g, `SIM:$1${seed}`).replaceAll(/"(one|two)"/g, `"$1${seed}"`),
      );
      await producer.send(topics.ticks, framesOf(own));
    }
  }
  await producer.close();
}

async function newWorker(identity: EngineWorkerOptions["identity"]): Promise<EngineWorker> {
  return createEngineWorker({
    identity,
    names: topics,
    store: elasticsearch.engineStore,
    log: logAccess(kafka, topics.ticks),
    producer: await kafka.producer(),
    clock,
    cadence: 100,
    checkpointEvery: 300,
    report: quiet,
    rss: () => 0,
  });
}

async function aggregateAll(): Promise<EngineWorker> {
  const stop = new AbortController();
  const worker = await newWorker({ id: "test", pid: 1, host: "here", version: "0" });
  const consuming = kafka.consume({
    topic: topics.ticks,
    group: `${topics.ticks}.rebuilt`,
    openTask: worker.openTask,
    signal: stop.signal,
  });
  const ends = await kafka.topicEnds(topics.ticks);
  await until(() => {
    const { partitions } = worker.document();
    return (
      partitions.length === PARTITIONS &&
      partitions.every(({ partition, checkpoint }) => checkpoint === ends[partition]?.end)
    );
  }, 60_000);
  stop.abort();
  await consuming;
  return worker;
}

/**
 * Every document of the indices that are rebuilt, by index and id. But for savepoints: what they hold stands in the other documents, and they
 * mark what of it was not stored yet when the clock ended the run.
 */
async function documents(): Promise<Map<string, Record<string, unknown>>> {
  const prefix = topics.indexPrefix;
  const index = [`${prefix}bars-*`, `${prefix}latest`, `${prefix}checkpoints`].join(",");
  await elastic.request("Refresh", { method: "POST", path: `/${index}/_refresh` });
  const answer = await elastic.request<{ hits: { hits: { _index: string; _id: string; _source: object }[] } }>("All", {
    method: "POST",
    path: `/${index}/_search`,
    body: { size: 5000, query: { bool: { must_not: { term: { kind: "savepoint" } } } } },
  });
  return new Map(
    answer.hits.hits.map(({ _index, _id, _source }) => {
      // When it was written: by our clock, and the frame behind which the checkpoint came.
      const { written: _w, position: _p, updated: _u, savepoint: _s, ...rest } = _source as Record<string, unknown>;
      return [`${_index} ${_id}`, rest];
    }),
  );
}

test("a rebuild gives every document again as it was, corrections included", { timeout: 180_000 }, async () => {
  await fillLog();
  await aggregateAll();
  const before = await documents();
  const bars = [...before.values()].filter((document) => "lineage" in document);
  expect(bars.length).toBeGreaterThan(100);
  expect(bars.filter(({ revision }) => Number(revision) > 0).length).toBeGreaterThan(5);
  expect([...before.values()].some(({ given }) => given === true)).toBe(true);

  const seen: number[] = [];
  const options: RebuildOptions = {
    names: topics,
    store: elasticsearch.engineStore,
    log: kafka,
    clear: async () => {
      await elasticsearch.dropPrices();
      expect(await documents()).toEqual(new Map());
    },
    clock,
    report: quiet,
    progress: (done) => seen.push(done),
  };
  const plan = await planRebuild(options);
  const counters = await rebuild(options, plan);
  expect(counters.unaccounted).toBe(0);
  expect(seen.at(-1)).toBe(plan.frames);

  const after = await documents();
  expect([...after.keys()].toSorted()).toEqual([...before.keys()].toSorted());
  for (const [id, document] of after) expect([id, document]).toEqual([id, before.get(id)]);
});

test("it refuses while something aggregates, and says how to end that", async () => {
  const worker = await newWorker({ id: "aggregate-7", pid: 7, host: "there", version: "0" });
  await elasticsearch.sources.putWorker(worker.document());
  await until(async () => (await elasticsearch.sources.workers()).length > 0);
  await expect(assertIdle(elasticsearch.sources)).rejects.toThrow(/aggregate-7 \(process 7 on there\)\. Stop Tapedeck/);
  await elasticsearch.sources.removeWorker("aggregate-7");
  await until(async () => (await elasticsearch.sources.workers()).length === 0);
  await assertIdle(elasticsearch.sources);
});
