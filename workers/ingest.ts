import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { readConfig } from "#lib/config/config.ts";
import { awaitTopic } from "#lib/collector/await-topic.ts";
import { systemClock as clock } from "#lib/collector/clock.ts";
import { runCollector } from "#lib/collector/collector.ts";
import { names } from "#lib/contracts/topics.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { errorMessage } from "#lib/errors.ts";
import { createFeeds } from "#lib/feeds/registry.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import { createLog } from "#lib/log.ts";
import { abortSignal, logShutdown, onShutdown, shutDown } from "#lib/shutdown.ts";

/** The ingest process: collects its share of the channels into the log. */

const config = readConfig(process.env);
const log = createLog("ingest", config.TAPEDECK_LOG_LEVEL);
logShutdown(log);

try {
  await collect();
} catch (error) {
  log.error({ err: error }, errorMessage(error));
  await shutDown("the collector failed", 1);
}

async function collect(): Promise<void> {
  const kafka = createKafka(config, log.child({ part: "kafka" }));
  const elasticsearch = createElasticsearch(config);
  onShutdown("connections", async () => {
    await Promise.all([kafka.close(), elasticsearch.close()]);
  });
  const topic = names(config.TAPEDECK_NAMESPACE).ticks;
  const partitions = config.TAPEDECK_PARTITIONS;
  const signal = abortSignal();
  await awaitTopic({ topic, partitions, topicEnds: (name) => kafka.topicEnds(name), clock, log, signal });
  const host = hostname();
  const running = runCollector({
    worker: { id: `ingest-${host.slice(0, 40)}-${process.pid}`, pid: process.pid, host, version: codeVersion() },
    feeds: createFeeds(config),
    producer: await kafka.producer(),
    topic,
    partitions,
    tickers: elasticsearch.tickers,
    sources: elasticsearch.sources,
    latest: elasticsearch.latest,
    clock,
    log,
    memory: () => process.memoryUsage.rss(),
    signal,
  });
  onShutdown("collector", () => running.catch(() => undefined));
  await running;
}

function codeVersion(): string {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8")) as {
    version: string;
  };
  return version;
}
