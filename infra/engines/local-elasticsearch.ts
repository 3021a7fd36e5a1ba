import { existsSync } from "node:fs";
import { chown, copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TapedeckError } from "#lib/errors.ts";
import { endsWithParent, startChild, untilReady } from "./child.ts";
import { elasticsearchIsHealthy } from "./elasticsearch-probe.ts";
import type { Service } from "./engine.ts";
import { findInPath, type Jdk } from "./java.ts";
import { NOBODY, passageTo } from "./reachable.ts";

export interface LocalElasticsearchOptions {
  /** Everything of this node lies here. */
  folder: string;
  /** The unpacked distribution. */
  distribution: string;
  jdk: Jdk;
  port: number;
  transportPort: number;
  /** C1 only: up in two thirds of the time, for tests; too slow under load. */
  fastStart: boolean;
  /** Lines for its configuration besides. */
  settings?: readonly string[];
}

/** One node as a child process. Its data outlives it. */
export function localElasticsearch(options: LocalElasticsearchOptions): Service {
  return {
    name: "Elasticsearch",
    async start(signal, launched) {
      await prepare(options);
      const running = startChild({
        name: "Elasticsearch",
        command: [...unprivileged(options), join(options.distribution, "bin/elasticsearch")],
        cwd: options.folder,
        env: environment(options),
        logFile: join(options.folder, "console.log"),
        stopWithin: 30_000,
      });
      launched?.(running);
      const probe = (attempt: AbortSignal): Promise<boolean> => elasticsearchIsHealthy(options.port, attempt);
      await untilReady(running, { name: "Elasticsearch", probe, every: 200, within: 180_000 }, signal);
      return running;
    },
  };
}

function environment(options: LocalElasticsearchOptions): Record<string, string> {
  const compiler = options.fastStart ? " -XX:TieredStopAtLevel=1" : "";
  return {
    PATH: "/usr/bin:/bin",
    HOME: "/tmp",
    ES_JAVA_HOME: options.jdk.home,
    ES_PATH_CONF: join(options.folder, "config"),
    ES_TMPDIR: join(options.folder, "tmp"),
    ES_JAVA_OPTS: `-Xms512m -Xmx512m${compiler}`,
  };
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** What has to stand before the program: as root, the way to `nobody`. */
function unprivileged(options: LocalElasticsearchOptions): string[] {
  if (!isRoot()) return endsWithParent();
  if (findInPath("setpriv") === null) {
    throw new TapedeckError(
      "BAD_CONFIGURATION",
      "Elasticsearch refuses to run as root, and setpriv, which would start it as nobody, is missing. " +
        "Install it (apt-get install util-linux), or run npm start as another user.",
    );
  }
  const identity = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];
  const wrapper = endsWithParent();
  const passage = passageTo([options.folder, options.distribution, options.jdk.home]);
  return [...(wrapper.length > 0 ? wrapper : ["setpriv"]), ...identity, ...passage];
}

async function prepare(options: LocalElasticsearchOptions): Promise<void> {
  const folders = ["config", "data", "logs", "tmp", "snapshots"].map((name) => join(options.folder, name));
  for (const folder of [options.folder, ...folders]) {
    await mkdir(folder, { recursive: true });
    if (isRoot()) await chown(folder, NOBODY, NOBODY);
  }
  const config = join(options.folder, "config");
  await writeFile(join(config, "elasticsearch.yml"), elasticsearchYml(options));
  for (const name of ["jvm.options", "log4j2.properties"]) {
    const file = join(config, name);
    if (!existsSync(file)) await copyFile(join(options.distribution, "config", name), file);
  }
  await mkdir(join(config, "jvm.options.d"), { recursive: true });
}

/** The whole configuration of the node. JSON strings are YAML strings, so any path may stand in it. */
export function elasticsearchYml(
  options: Pick<LocalElasticsearchOptions, "folder" | "port" | "transportPort" | "settings">,
): string {
  const path = (name: string): string => JSON.stringify(join(options.folder, name));
  return [
    "cluster.name: tapedeck",
    "node.name: local",
    "discovery.type: single-node",
    "network.host: 127.0.0.1",
    `http.port: ${options.port}`,
    `transport.port: ${options.transportPort}`,
    `path.data: ${path("data")}`,
    `path.logs: ${path("logs")}`,
    `path.repo: ${path("snapshots")}`,
    "xpack.security.enabled: false",
    "cluster.routing.allocation.disk.threshold_enabled: false",
    ...(options.settings ?? []),
    "",
  ].join("\n");
}
