import { setTimeout as sleep } from "node:timers/promises";
import { readConfig } from "#lib/config/config.ts";
import { names } from "#lib/contracts/topics.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import { uniqueNamespace } from "#test/support/namespace.ts";
import type { TestEngines } from "#test/support/test-engines.ts";
import { workerFolder } from "#test/support/workers.ts";
import type { Figure } from "./figures.ts";
import { processUsage } from "./process-usage.ts";
import { workload } from "./workload.ts";

const PARTITIONS = 4;

/**
 * Ticks a CPU second of the aggregate worker's process (user and system, all its threads), from the real broker with all that it does:
 * five intervals, sketches, checkpoints, `bars` published, Elasticsearch written. The log is filled first, so the worker sets the pace;
 * its start is not counted, its compilation of hot code is.
 */
export async function aggregateThroughput(engines: TestEngines, trades: number, symbols: number): Promise<Figure[]> {
  const environment = {
    ...engines.environment,
    TAPEDECK_NAMESPACE: uniqueNamespace(),
    TAPEDECK_PARTITIONS: String(PARTITIONS),
    TAPEDECK_LOG_LEVEL: "error",
  };
  const config = readConfig(environment);
  const topics = names(config.TAPEDECK_NAMESPACE);
  const kafka = createKafka(config);
  const elasticsearch = createElasticsearch(config);
  const workers = workerFolder(environment);
  try {
    await Promise.all([kafka.createTopics(topics, config), elasticsearch.createIndices()]);
    const producer = await kafka.producer();
    const span = trades * 300; // 3,333 trades a second of event time
    const start = Date.UTC(2026, 0, 5, 23, 55) * 1000;
    for (const frames of workload({ trades, symbols, partitions: PARTITIONS, span, start, seed: 20_240_808 })) {
      await producer.send(topics.ticks, frames);
    }
    const ends = await kafka.topicEnds(topics.ticks);
    const total = ends.reduce((sum, { end }) => sum + end, 0);
    const { pid } = workers.start("aggregate");
    const progress = async (): Promise<number> => {
      const reports = await elasticsearch.sources.workers();
      return reports.flatMap(({ partitions }) => partitions).reduce((sum, { position }) => sum + position, 0);
    };
    const begin = await processUsage(pid);
    let done = 0;
    while (done < total) {
      await sleep(250);
      done = await progress();
    }
    const end = await processUsage(pid);
    const cpu = end.cpuSeconds - begin.cpuSeconds;
    return [
      {
        name: `aggregate worker, ${symbols} symbols, everything on`,
        value: trades / cpu,
        unit: "ticks per CPU second",
        aim: symbols <= 1000 ? "≥ 200000" : null,
      },
      {
        name: "aggregate worker, resident memory after that",
        value: end.residentBytes / 2 ** 20,
        unit: "MiB",
        aim: null,
      },
    ];
  } finally {
    await workers.close();
    await kafka.close();
    await elasticsearch.close();
  }
}
