import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { startChild, untilReady } from "./child.ts";
import { ELASTICSEARCH_VERSION, KAFKA_VERSION } from "./distributions.ts";
import { elasticsearchIsHealthy } from "./elasticsearch-probe.ts";
import type { Service } from "./engine.ts";
import { kafkaAnswers } from "./kafka-probe.ts";
import type { Distribution } from "./maven.ts";

function run(...args: string[]): Promise<unknown> {
  return promisify(execFile)("docker", args, { timeout: 10_000 });
}

/** Whether a daemon answers and the compose plugin is there. */
export async function dockerAnswers(): Promise<boolean> {
  return Promise.all([run("info", "--format", "{{.ID}}"), run("compose", "version")]).then(
    () => true,
    () => false,
  );
}

export interface DockerOptions {
  service: Distribution;
  /** The data folder: containers and volumes of two of them are kept apart. */
  folder: string;
  port: number;
}

const PROBES = {
  kafka: (port: number, signal: AbortSignal): Promise<boolean> => kafkaAnswers("127.0.0.1", port, signal),
  elasticsearch: elasticsearchIsHealthy,
};

/** One service of infra/compose.yaml, attached: it ends with its container and takes it along. Its volume outlives it. */
export function dockerService({ service, folder, port }: DockerOptions): Service {
  const name = service === "kafka" ? "Kafka" : "Elasticsearch";
  const project = `tapedeck-${createHash("sha256").update(folder).digest("hex").slice(0, 8)}`;
  const compose = ["docker", "compose", "-p", project, "-f", join(import.meta.dirname, "..", "compose.yaml")];
  return {
    name,
    async start(signal, launched) {
      const running = startChild({
        name,
        command: [...compose, "up", "--no-log-prefix", "--no-deps", service],
        cwd: folder,
        env: { ...process.env, KAFKA_VERSION, ELASTICSEARCH_VERSION, [`${service.toUpperCase()}_PORT`]: String(port) },
        logFile: join(folder, service, "console.log"),
        stopWithin: 45_000,
      });
      launched?.(running);
      const probe = (attempt: AbortSignal): Promise<boolean> => PROBES[service](port, attempt);
      await untilReady(running, { name, probe, every: 500, within: 600_000 }, signal); // it may have to pull the image
      return running;
    },
  };
}
