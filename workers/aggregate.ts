import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { readConfig } from "#lib/config/config.ts";
import { names } from "#lib/contracts/topics.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { createEngineWorker } from "#lib/engine/engine-worker.ts";
import { logAccess } from "#lib/engine/log-access.ts";
import { repeat } from "#lib/engine/repeat.ts";
import { errorMessage } from "#lib/errors.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import { createLog, warnSeldom } from "#lib/log.ts";
import { abortSignal, logShutdown, onShutdown, shutDown } from "#lib/shutdown.ts";

/** The aggregate process: shares the partitions of `ticks` with others like it, and computes their bars. */

const REPORT_EVERY = 2000;
const DROP_EVERY = 3_600_000;

const config = readConfig(process.env);
const log = createLog("aggregate", config.TAPEDECK_LOG_LEVEL);
logShutdown(log);
const kafka = createKafka(config, log);
const elasticsearch = createElasticsearch(config, log);
const topics = names(config.TAPEDECK_NAMESPACE);
const signal = abortSignal();
const id = `aggregate-${hostname().slice(0, 40)}-${process.pid}`;

// Ended in the reverse order: consuming with its last checkpoints, the report, the connections.
onShutdown("Elasticsearch", () => elasticsearch.close());
onShutdown("Kafka", () => kafka.close());
onShutdown("report", () => elasticsearch.sources.removeWorker(id));

try {
  const worker = createEngineWorker({
    identity: { id, pid: process.pid, host: hostname(), version: codeVersion() },
    names: topics,
    store: elasticsearch.engineStore,
    log: logAccess(kafka, topics.ticks),
    producer: await kafka.producer(),
    clock: { wall: () => Date.now() * 1000, elapsed: () => performance.now() },
    cadence: config.TAPEDECK_EMISSION,
    checkpointEvery: config.TAPEDECK_CHECKPOINT,
    report: log,
    rss: () => process.memoryUsage.rss(),
  });
  const group = config.TAPEDECK_NAMESPACE === "" ? "aggregate" : `${config.TAPEDECK_NAMESPACE}.aggregate`;
  const consuming = kafka.consume({ topic: topics.ticks, group, openTask: worker.openTask, signal });
  onShutdown("consuming", () => consuming.catch(() => undefined));
  const say = warnSeldom((text) => log.warn(text));
  const warn = (error: unknown): void => say(errorMessage(error));
  void repeat(REPORT_EVERY, signal, () => elasticsearch.sources.putWorker(worker.document()), warn);
  void repeat(DROP_EVERY, signal, dropExpired, warn);
  await consuming;
} catch (error) {
  log.error({ err: error }, errorMessage(error));
  await shutDown("the engine has stopped", 1);
}

async function dropExpired(): Promise<void> {
  const dropped = await elasticsearch.dropExpired(Date.now() * 1000);
  if (dropped.length > 0) log.info({ dropped }, "indices beyond their retention dropped");
}

function codeVersion(): string {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")) as {
    version: string;
  };
  return version;
}
