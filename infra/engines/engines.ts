import { mkdir } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { elasticsearchUrl, kafkaBrokers, type Config } from "#lib/config/config.ts";
import { chooseWay, nothingFound, type Found, type Way } from "./choose.ts";
import { distributionFolder, provideDistributions } from "./distributions.ts";
import { dockerAnswers, dockerService } from "./docker.ts";
import type { Service } from "./engine.ts";
import { findJdk, type Jdk } from "./java.ts";
import { localElasticsearch } from "./local-elasticsearch.ts";
import { localKafka } from "./local-kafka.ts";
import { findMaven, type Distribution } from "./maven.ts";
import { assertFree } from "./ports.ts";

export interface PlanOptions {
  config: Config;
  /** The data folder, absolute. */
  folder: string;
  /** Trades throughput for a quick start: tests only. */
  fastStart: boolean;
  /** Lines for the configuration of a local Elasticsearch besides. */
  elasticsearchSettings?: readonly string[];
}

export interface EnginePlan {
  ways: Readonly<Record<Distribution, Way>>;
  /** What has to be fetched before `services` can start. */
  missing: readonly Distribution[];
  fetch: (signal: AbortSignal) => Promise<void>;
  /** The engines that have to be started here, none for those given from outside. */
  services: readonly Service[];
  /** Where both answer once the services run. */
  environment: Readonly<Record<"KAFKA_BROKERS" | "ELASTICSEARCH_URL", string>>;
}

/** Decides how each engine is provided. Throws BAD_CONFIGURATION when there is no way, or a port is in use. */
export async function planEngines(options: PlanOptions): Promise<EnginePlan> {
  const { config, folder } = options;
  const jdk = findJdk();
  const wayOf = await wayFinder(jdk);
  const ways = {
    kafka: await wayOf("kafka", config.KAFKA_BROKERS !== undefined),
    elasticsearch: await wayOf("elasticsearch", config.ELASTICSEARCH_URL !== undefined),
  };
  await mkdir(folder, { recursive: true });
  const services: Service[] = [];
  if (ways.kafka !== "external") services.push(await kafkaService(ways.kafka, options, jdk));
  if (ways.elasticsearch !== "external") services.push(await elasticsearchService(ways.elasticsearch, options, jdk));
  const local = (["kafka", "elasticsearch"] as const).filter((engine) => ways[engine] === "local");
  return {
    ways,
    missing: local.filter((engine) => !existsSync(distributionFolder(engine))),
    fetch: (signal) => (jdk === null ? Promise.resolve() : provideDistributions(local, jdk, signal)),
    services,
    environment: {
      KAFKA_BROKERS: kafkaBrokers(config).join(","),
      ELASTICSEARCH_URL: elasticsearchUrl(config),
    },
  };
}

/** Looks at Docker only when the other ways are closed: its answer can take seconds. */
async function wayFinder(jdk: Jdk | null): Promise<(engine: Distribution, given: boolean) => Promise<Way>> {
  const maven = findMaven() !== null;
  return async (engine, given) => {
    const found: Found = {
      jdk: jdk !== null,
      distributions: maven || existsSync(distributionFolder(engine)),
      docker: false,
    };
    const way = chooseWay(given, found) ?? chooseWay(given, { ...found, docker: await dockerAnswers() });
    if (way === null) throw nothingFound(found, process.platform);
    return way;
  };
}

async function kafkaService(way: Way, { config, folder, fastStart }: PlanOptions, jdk: Jdk | null): Promise<Service> {
  const port = config.LOCAL_KAFKA_PORT;
  await assertFree(port, "the local Kafka broker", "LOCAL_KAFKA_PORT");
  if (way === "docker" || jdk === null) return dockerService({ service: "kafka", folder, port });
  await assertFree(
    port + 1,
    "the controller of the local Kafka broker (the port after the broker's)",
    "LOCAL_KAFKA_PORT",
  );
  const libraries = distributionFolder("kafka");
  return localKafka({ folder: join(folder, "kafka"), libraries, jdk, port, controllerPort: port + 1, fastStart });
}

async function elasticsearchService(
  way: Way,
  { config, folder, fastStart, elasticsearchSettings: settings = [] }: PlanOptions,
  jdk: Jdk | null,
): Promise<Service> {
  const port = config.LOCAL_ELASTICSEARCH_PORT;
  const variable = "LOCAL_ELASTICSEARCH_PORT";
  await assertFree(port, "the local Elasticsearch", variable);
  if (way === "docker" || jdk === null) return dockerService({ service: "elasticsearch", folder, port });
  await assertFree(port + 1, "the transport of the local Elasticsearch (the port after its own)", variable);
  const distribution = distributionFolder("elasticsearch");
  const own = join(folder, "elasticsearch");
  return localElasticsearch({ folder: own, distribution, jdk, port, transportPort: port + 1, fastStart, settings });
}
