import { chmodSync } from "node:fs";
import { readConfig } from "#lib/config/config.ts";
import { planEngines } from "#infra/engines/engines.ts";
import type { Running, Service } from "#infra/engines/engine.ts";
import { freePorts } from "#infra/engines/ports.ts";
import { brokerCluster } from "./broker-cluster.ts";
import { removeFolder, scratchFolder } from "./scratch.ts";

export const ENGINE_NAMES = ["Kafka", "Elasticsearch"] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

export interface TestEngines {
  environment: Readonly<Record<"KAFKA_BROKERS" | "ELASTICSEARCH_URL", string>> & {
    readonly KAFKA_REPLICATION?: string;
  };
  /** `kill -9`; resolves when the process is gone. */
  kill(name: EngineName): Promise<void>;
  /** Starts a killed engine on its old data and port; resolves when it answers. */
  start(name: EngineName): Promise<void>;
  /** Stops everything and deletes the data. */
  close(): Promise<void>;
}

/**
 * Engines of this process's own, on ports that nobody uses, with data that nobody keeps. All integration tests share one
 * pair, see engines.ts; a test that kills an engine starts its own here. With several `brokers` every partition has a replica on each.
 */
export async function startTestEngines(
  wanted: readonly EngineName[] = ENGINE_NAMES,
  { brokers = 1, elasticsearchSettings = [] }: { brokers?: number; elasticsearchSettings?: readonly string[] } = {},
): Promise<TestEngines> {
  const folder = scratchFolder();
  chmodSync(folder, 0o755);
  const port = await freePorts(4);
  const config = readConfig({ LOCAL_KAFKA_PORT: String(port), LOCAL_ELASTICSEARCH_PORT: String(port + 2) });
  const plan = await planEngines({ config, folder, fastStart: true, elasticsearchSettings });
  const aborted = new AbortController();
  await plan.fetch(aborted.signal);
  const single = plan.services.filter(({ name }) => wanted.some((each) => each === name));
  const cluster = brokers > 1 ? await brokerCluster(folder, brokers) : null;
  // The first broker of a cluster is the one that is killed and started again.
  const services = cluster ? [...single.filter(({ name }) => name !== "Kafka"), ...cluster.services] : single;
  const running = new Map<string, Running>();
  const start = async (service: Service): Promise<void> => {
    running.set(service.name, await service.start(aborted.signal));
  };
  const close = async (): Promise<void> => {
    aborted.abort();
    await Promise.all([...running.values()].map((engine) => engine.stop()));
    removeFolder(folder);
  };
  try {
    await Promise.all(services.map(start));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    environment: { ...plan.environment, ...cluster?.environment },
    close,
    kill: async (name) => running.get(name)?.kill(),
    start: async (name) => {
      const service = services.find((each) => each.name === name);
      if (service) await start(service);
    },
  };
}
