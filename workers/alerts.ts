import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AlertCounters } from "#lib/alerts/alert-counters.ts";
import { createAlertWorker } from "#lib/alerts/alert-worker.ts";
import { Deliveries } from "#lib/alerts/delivery.ts";
import { RuleBook } from "#lib/alerts/rule-book.ts";
import { webhook } from "#lib/alerts/webhook.ts";
import { readConfig } from "#lib/config/config.ts";
import { names } from "#lib/contracts/topics.ts";
import { DAY } from "#lib/domain/interval.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { repeat } from "#lib/engine/repeat.ts";
import { errorMessage } from "#lib/errors.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import { createLog, warnSeldom } from "#lib/log.ts";
import { abortSignal, logShutdown, onShutdown, shutDown } from "#lib/shutdown.ts";

/** The alerts process: shares the partitions of `bars` with others like it, judges the rules and delivers what fires. */

const RULES_EVERY = 1000;
const REPORT_EVERY = 2000;
const FORGET_EVERY = 3_600_000;

const config = readConfig(process.env);
const log = createLog("alerts", config.TAPEDECK_LOG_LEVEL);
logShutdown(log);
const kafka = createKafka(config, log);
const elasticsearch = createElasticsearch(config, log);
const { bars, ticks, alerts } = names(config.TAPEDECK_NAMESPACE);
const signal = abortSignal();
const id = `alerts-${hostname().slice(0, 40)}-${process.pid}`;
const wall = (): number => Date.now() * 1000;

// Ended in the reverse order: judging with its last checkpoints, deliveries, the report, the connections.
onShutdown("Elasticsearch", () => elasticsearch.close());
onShutdown("Kafka", () => kafka.close());
onShutdown("report", () => elasticsearch.sources.removeWorker(id));

try {
  const say = warnSeldom((text) => log.warn(text));
  const warn = (error: unknown): void => say(errorMessage(error));
  const counters = new AlertCounters();
  const book = new RuleBook(
    elasticsearch.alerts,
    warnSeldom((text) => log.warn(text)),
  );
  const url = config.TAPEDECK_ALERT_WEBHOOK;
  const post = url === undefined ? null : webhook(url, ticks, warn);
  const producer = await kafka.producer();
  const options = { store: elasticsearch.alerts, counters, warn, signal };
  const deliveries = new Deliveries({
    ...options,
    producer,
    topic: alerts,
    post,
    now: wall,
    random: Math.random,
    wait: (milliseconds) => sleep(milliseconds, undefined, { signal }).catch(() => undefined),
  });
  onShutdown("deliveries", () => deliveries.done());
  const worker = createAlertWorker({
    ...options,
    identity: { id, pid: process.pid, host: hostname(), version: codeVersion() },
    topic: bars,
    book,
    deliver: (triggers) => deliveries.take(triggers),
    clock: { wall, elapsed: () => performance.now() },
    checkpointEvery: config.TAPEDECK_CHECKPOINT,
    rss: () => process.memoryUsage.rss(),
  });
  const group = config.TAPEDECK_NAMESPACE === "" ? "alerts" : `${config.TAPEDECK_NAMESPACE}.alerts`;
  const consuming = kafka.consume({ topic: bars, group, openTask: worker.openTask, signal });
  onShutdown("judging", () => consuming.catch(() => undefined));
  void repeat(RULES_EVERY, signal, () => book.refresh(), warn);
  void repeat(REPORT_EVERY, signal, () => elasticsearch.sources.putWorker(worker.document()), warn);
  void repeat(FORGET_EVERY, signal, () => forget(book), warn);
  await consuming;
} catch (error) {
  log.error({ err: error }, errorMessage(error));
  await shutDown("judging alerts has stopped", 1);
}

/** Without its entry, a rule that has fired for good would pass for one that watches. */
async function forget(book: RuleBook): Promise<void> {
  await book.ready();
  const forgotten = await elasticsearch.alerts.forget(wall() - config.RETENTION_ALERTS_DAYS * DAY, book.once);
  if (forgotten > 0) log.info({ forgotten }, "alerts beyond their retention forgotten");
}

function codeVersion(): string {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")) as {
    version: string;
  };
  return version;
}
