import { setTimeout as sleep } from "node:timers/promises";
import { readConfig } from "#lib/config/config.ts";
import type { SourceStore } from "#lib/contracts/stores.ts";
import { names } from "#lib/contracts/topics.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import type { Running } from "#infra/engines/engine.ts";
import { uniqueNamespace } from "#test/support/namespace.ts";
import type { TestEngines } from "#test/support/test-engines.ts";
import { eventually, workerFolder } from "#test/support/workers.ts";
import type { Figure } from "./figures.ts";
import { processUsage } from "./process-usage.ts";
import { workload, type WorkloadOptions } from "./workload.ts";

const PARTITIONS = 4;

/** Ten minutes for two million trades, across midnight. */
export function benchWorkload(options: Pick<WorkloadOptions, "trades" | "symbols" | "partitions">): WorkloadOptions {
  return { ...options, span: options.trades * 300, start: Date.UTC(2026, 0, 5, 23, 55) * 1000, seed: 20_240_808 };
}

export interface AggregateOptions {
  trades: number;
  symbols: number;
  /** Workers that share the partitions. */
  workers: number;
  /** Whether it is stopped and started again at the end. */
  isRestarted: boolean;
}

/**
 * Ticks a CPU second of the aggregate workers (user and system, all threads), from the real broker with all that they do: five
 * intervals, sketches, checkpoints, `bars` published, Elasticsearch written. The log is filled first, so the workers set the pace; what
 * is counted begins when a fifth is done, for that is when their hot code is compiled.
 */
export async function aggregateThroughput(engines: TestEngines, options: AggregateOptions): Promise<Figure[]> {
  const { trades, symbols, workers: count } = options;
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
  const folder = workerFolder(environment);
  try {
    await Promise.all([kafka.createTopics(topics, config), elasticsearch.createIndices()]);
    const producer = await kafka.producer();
    for (const frames of workload(benchWorkload({ trades, symbols, partitions: PARTITIONS }))) {
      await producer.send(topics.ticks, frames);
    }
    const ends = await kafka.topicEnds(topics.ticks);
    const frames = ends.reduce((sum, { end }) => sum + end, 0);
    const running = Array.from({ length: count }, () => folder.start("aggregate"));
    const { sources } = elasticsearch;
    const { sustained, resident } = await watch(sources, count, trades, frames);
    const name = `aggregate, ${symbols} symbols${count > 1 ? `, ${count} workers` : ""}`;
    const aim = symbols > 1000 ? "≥ 200000" : "≥ 300000";
    return [
      { name, value: sustained, unit: "ticks per CPU second", aim: count > 1 ? null : aim },
      { name: `${name}: resident memory after that`, value: resident / 2 ** 20, unit: "MiB", aim: null },
      ...(options.isRestarted ? await restarted(running, () => folder.start("aggregate"), sources, frames) : []),
    ];
  } finally {
    await folder.close();
    await kafka.close();
    await elasticsearch.close();
  }
}

/** What counts as the beginning, as a share of the trades. */
const WARM = 0.2;

interface Reading {
  trades: number;
  cpuSeconds: number;
  resident: number;
}

/** Follows the workers' own reports to the end of the log. `sustained`: trades a CPU second between two readings, the last one late. */
async function watch(
  sources: SourceStore,
  count: number,
  trades: number,
  frames: number,
): Promise<{ sustained: number; resident: number }> {
  const newest = new Map<string, Reading & { updated: number; position: number }>();
  let first: Reading | null = null;
  for (;;) {
    await sleep(50);
    for (const { id, pid, updated, counters, partitions } of await sources.workers()) {
      if (newest.get(id)?.updated === updated) continue;
      const { cpuSeconds, residentBytes } = await processUsage(pid);
      const position = partitions.reduce((sum, each) => sum + each.position, 0);
      const done = counters["tapedeck_engine_trades_total"] ?? 0;
      newest.set(id, { updated, position, trades: done, cpuSeconds, resident: residentBytes });
    }
    if (newest.size < count) continue;
    const readings = [...newest.values()];
    const now = readings.reduce((sum, each) => ({
      ...each,
      trades: sum.trades + each.trades,
      cpuSeconds: sum.cpuSeconds + each.cpuSeconds,
      resident: sum.resident + each.resident,
      position: sum.position + each.position,
    }));
    if (!first && now.trades >= WARM * trades) first = now;
    if (now.position < frames) continue;
    if (!first || first.trades === now.trades) throw new Error("The log was read too fast to be measured: more trades");
    return {
      sustained: (now.trades - first.trades) / (now.cpuSeconds - first.cpuSeconds),
      resident: now.resident,
    };
  }
}

/**
 * How long a worker takes from its start, after an orderly end of the one before, until it has restored all and stands at the end; it
 * says so every two seconds. After a SIGKILL the brokers keep the partitions for six seconds more.
 */
async function restarted(
  running: readonly Running[],
  start: () => Running,
  sources: SourceStore,
  frames: number,
): Promise<Figure[]> {
  await Promise.all(running.map((worker) => worker.stop()));
  const began = performance.now();
  const { pid } = start();
  await eventually("the end of the log", 120_000, async () => {
    const report = (await sources.workers()).find((worker) => worker.pid === pid);
    return (report?.partitions ?? []).reduce((sum, { position }) => sum + position, 0) >= frames ? true : null;
  });
  const value = (performance.now() - began) / 1000;
  return [{ name: "aggregate, stopped and started: caught up after", value, unit: "s", aim: "≤ 5" }];
}
