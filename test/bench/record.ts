import { setTimeout as sleep } from "node:timers/promises";
import { readConfig } from "#lib/config/config.ts";
import type { LogProducer, PartitionTask } from "#lib/contracts/log.ts";
import { names } from "#lib/contracts/topics.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import { uniqueNamespace } from "#test/support/namespace.ts";
import type { TestEngines } from "#test/support/test-engines.ts";
import { eventually, workerFolder } from "#test/support/workers.ts";
import { type Figure, percentile } from "./figures.ts";
import { workload } from "./workload.ts";

const PARTITIONS = 4;
const SECONDS = 20;
/** What is sent before everything is warm does not count. */
const WARM_SECONDS = 8;
const TICKS_A_SECOND = 10_000;
/** A collector's linger. */
const LINGER = 5;

/** From handing a frame to the producer of `ticks` to reading a bar line that tells of it from `bars`, emission by record. */
export async function recordLatency(engines: TestEngines): Promise<Figure[]> {
  const environment = {
    ...engines.environment,
    TAPEDECK_NAMESPACE: uniqueNamespace(),
    TAPEDECK_PARTITIONS: String(PARTITIONS),
    TAPEDECK_EMISSION: "record",
    TAPEDECK_LOG_LEVEL: "error",
  };
  const config = readConfig(environment);
  const topics = names(config.TAPEDECK_NAMESPACE);
  const kafka = createKafka(config);
  const elasticsearch = createElasticsearch(config);
  const workers = workerFolder(environment);
  const stop = new AbortController();
  /** By partition and offset. */
  const sent: number[][] = Array.from({ length: PARTITIONS }, () => []);
  const latencies: number[] = [];
  try {
    await Promise.all([kafka.createTopics(topics, config), elasticsearch.createIndices()]);
    workers.start("aggregate");
    await eventually("the worker", 60_000, async () => {
      const [report] = await elasticsearch.sources.workers();
      return report?.partitions.length === PARTITIONS ? true : null;
    });
    const began = performance.now();
    const reading = kafka.consume({
      topic: topics.bars,
      group: topics.bars,
      openTask: (partition) => reader(sent[partition] ?? [], began + WARM_SECONDS * 1000, latencies),
      signal: stop.signal,
    });
    await sleep(3000); // it has joined its group
    await sendPaced(await kafka.producer(), topics.ticks, sent);
    await sleep(1000);
    stop.abort();
    await reading;
    const name = `ticks to bars by record, ${TICKS_A_SECOND} ticks/s`;
    return [
      { name: `${name}, p50`, value: percentile(latencies, 0.5), unit: "ms", aim: null },
      { name: `${name}, p99`, value: percentile(latencies, 0.99), unit: "ms", aim: "≤ 25" },
    ];
  } finally {
    stop.abort();
    await workers.close();
    await kafka.close();
    await elasticsearch.close();
  }
}

/** Sends TICKS_A_SECOND in frames as a collector's, and notes when each was handed over. */
async function sendPaced(producer: LogProducer, topic: string, sent: readonly number[][]): Promise<void> {
  const trades = TICKS_A_SECOND * SECONDS;
  const linesPerFrame = Math.ceil((TICKS_A_SECOND * LINGER) / 1000 / PARTITIONS);
  const options = { trades, symbols: 1000, partitions: PARTITIONS, span: SECONDS * 1_000_000, seed: 1 };
  const sending = new Set<Promise<void>>();
  const start = performance.now();
  let lines = 0;
  for (const frames of workload({ ...options, start: Date.now() * 1000, linesPerFrame })) {
    const ahead = (1000 * lines) / TICKS_A_SECOND - (performance.now() - start);
    if (ahead > 1) await sleep(ahead);
    for (const { partition, value } of frames) {
      sent[partition]?.push(performance.now());
      lines += value.toString("latin1").split("\n").length;
    }
    const request = producer.send(topic, frames).finally(() => sending.delete(request));
    sending.add(request);
  }
  await Promise.all(sending);
}

const LAST_OFFSET = '"lastOffset":';
const EARLY = '"firing":"early"';

/** Reads the topic as cheaply as may be: it must not be slower than what it measures. */
function reader(sent: readonly number[], from: number, latencies: number[]): PartitionTask {
  return {
    open: ({ start }) => Promise.resolve(start),
    process: (records) => {
      const now = performance.now();
      for (const { value } of records) {
        for (const line of value.toString("latin1").split("\n")) {
          const at = sent[Number.parseInt(line.slice(line.indexOf(LAST_OFFSET) + LAST_OFFSET.length), 10)] ?? 0;
          if (at > from && line.includes(EARLY)) latencies.push(now - at);
        }
      }
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
