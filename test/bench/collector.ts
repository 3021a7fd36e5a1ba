import { setTimeout as sleep } from "node:timers/promises";
import { readConfig } from "#lib/config/config.ts";
import { names } from "#lib/contracts/topics.ts";
import { createElasticsearch, type ElasticsearchConnection } from "#lib/elasticsearch/elasticsearch.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import { prepareIndices } from "#infra/prepare.ts";
import { uniqueNamespace } from "#test/support/namespace.ts";
import type { TestEngines } from "#test/support/test-engines.ts";
import { eventually, workerFolder } from "#test/support/workers.ts";
import type { Figure } from "./figures.ts";
import { processUsage } from "./process-usage.ts";

const SECONDS = 15;

/** Ticks a CPU second of the ingest process: generating, framing and producing to the real broker, as fast as it can. */
export async function collectorThroughput(engines: TestEngines): Promise<Figure[]> {
  const environment = {
    ...engines.environment,
    TAPEDECK_NAMESPACE: uniqueNamespace(),
    TAPEDECK_SOURCES: "simulator",
    TAPEDECK_LOG_LEVEL: "error",
    SIMULATOR_SYMBOLS: "1000",
    SIMULATOR_RATE: "10000",
  };
  const config = readConfig(environment);
  const kafka = createKafka(config);
  const elasticsearch = createElasticsearch(config);
  const workers = workerFolder(environment);
  try {
    await kafka.createTopics(names(config.TAPEDECK_NAMESPACE), config);
    await prepareIndices(config);
    const { pid } = workers.start("ingest");
    await eventually("the first ticks", 60_000, async () => ((await ticks(elasticsearch)) > 100_000 ? true : null));
    const [firstTicks, firstUse] = [await ticks(elasticsearch), await processUsage(pid)];
    await sleep(SECONDS * 1000);
    const [lastTicks, lastUse] = [await ticks(elasticsearch), await processUsage(pid)];
    return [
      {
        name: "collector, simulated ticks into the broker",
        value: (lastTicks - firstTicks) / (lastUse.cpuSeconds - firstUse.cpuSeconds),
        unit: "ticks per CPU second",
        aim: "≥ 300000",
      },
      { name: "collector, resident memory after that", value: lastUse.residentBytes / 2 ** 20, unit: "MiB", aim: null },
    ];
  } finally {
    await workers.close();
    await kafka.close();
    await elasticsearch.close();
  }
}

async function ticks(elasticsearch: ElasticsearchConnection): Promise<number> {
  const channels = await elasticsearch.sources.channels();
  return channels.reduce((sum, channel) => sum + channel.ticks, 0);
}
