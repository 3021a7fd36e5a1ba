import { setTimeout as sleep } from "node:timers/promises";
import { readConfig } from "#lib/config/config.ts";
import { names } from "#lib/contracts/topics.ts";
import { createElasticsearch, type ElasticsearchConnection } from "#lib/elasticsearch/elasticsearch.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import { uniqueNamespace } from "#test/support/namespace.ts";
import type { TestEngines } from "#test/support/test-engines.ts";
import { workerFolder } from "#test/support/workers.ts";
import type { Figure } from "./figures.ts";
import { processUsage, type Usage } from "./process-usage.ts";
import { workload, type WorkloadOptions } from "./workload.ts";

const PARTITIONS = 4;

/** Ten minutes for two million trades, across midnight. */
export function benchWorkload(options: Pick<WorkloadOptions, "trades" | "symbols" | "partitions">): WorkloadOptions {
  return { ...options, span: options.trades * 300, start: Date.UTC(2026, 0, 5, 23, 55) * 1000, seed: 20_240_808 };
}

/**
 * Ticks a CPU second of the aggregate worker's process (user and system, all its threads), from the real broker with all that it does:
 * five intervals, sketches, checkpoints, `bars` published, Elasticsearch written. The log is filled first, so the worker sets the pace;
 * what is counted begins when a fifth is done, for that is when its hot code is compiled.
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
    for (const frames of workload(benchWorkload({ trades, symbols, partitions: PARTITIONS }))) {
      await producer.send(topics.ticks, frames);
    }
    const ends = await kafka.topicEnds(topics.ticks);
    const total = ends.reduce((sum, { end }) => sum + end, 0);
    const { pid } = workers.start("aggregate");
    const { sustained, end } = await watch(pid, elasticsearch, trades, total);
    return [
      {
        name: `aggregate worker, ${symbols} symbols, everything on`,
        value: sustained,
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

/** What counts as the beginning, as a share of the trades. */
const WARM = 0.2;

/** Follows the worker's own reports to the end of the log. `sustained`: trades a CPU second between two of them, the last one late. */
async function watch(
  pid: number,
  { sources }: Pick<ElasticsearchConnection, "sources">,
  trades: number,
  frames: number,
): Promise<{ sustained: number; end: Usage }> {
  let seen = 0;
  let first: { done: number; usage: Usage } | null = null;
  for (;;) {
    await sleep(50);
    const [report] = await sources.workers();
    if (!report || report.updated === seen) continue;
    seen = report.updated;
    const usage = await processUsage(pid);
    const done = report.counters["tapedeck_engine_trades_total"] ?? 0;
    if (!first && done >= WARM * trades) first = { done, usage };
    if (report.partitions.reduce((sum, { position }) => sum + position, 0) < frames) continue;
    if (!first || first.done === done) throw new Error("The log was read too fast to be measured: give it more trades");
    return { sustained: (done - first.done) / (usage.cpuSeconds - first.usage.cpuSeconds), end: usage };
  }
}
