import { readConfig, type Config } from "#lib/config/config.ts";
import { prepareIndices, prepareTopics } from "#infra/prepare.ts";
import { Supervisor } from "#infra/supervisor.ts";
import { workerService } from "#infra/worker.ts";
import { removeFolder, scratchFolder } from "#test/support/scratch.ts";
import type { TestEngines } from "#test/support/test-engines.ts";

export const ROLES = ["ingest", "aggregate"] as const;
export type Role = (typeof ROLES)[number];

/** Real processes over real engines, kept up by the supervisor of `npm start`; no pages. */
export interface Cluster {
  config: Config;
  environment: Readonly<Record<string, string>>;
  /** The processes of a role that run now. */
  pids(role: Role): number[];
  /** How often a worker has said that Elasticsearch refused something because it was too busy. */
  refusals(): number;
  close(): Promise<void>;
}

export interface ClusterOptions {
  engines: TestEngines;
  counts: Readonly<Record<Role, number>>;
  rate: number;
  say: (text: string) => void;
}

/** What a worker logs when a bulk or some of its items are refused for now. */
const REFUSED = /refused for now|answered 429/;

export async function startCluster({ engines, counts, rate, say }: ClusterOptions): Promise<Cluster> {
  const folder = scratchFolder();
  const environment = {
    ...engines.environment,
    TAPEDECK_DATA: folder,
    TAPEDECK_SOURCES: "simulator",
    SIMULATOR_RATE: String(rate),
  };
  const config = readConfig(environment);
  await Promise.all([prepareTopics(config), prepareIndices(config)]);
  const running = new Map<string, number | null>();
  let refusals = 0;
  const supervisor = new Supervisor({ say, record: (name, pid) => running.set(name, pid) });
  const names = ROLES.flatMap((role) => Array.from({ length: counts[role] }, (_, index) => `${role}-${index + 1}`));
  const close = async (): Promise<void> => {
    await supervisor.stop([names]);
    removeFolder(folder);
  };
  try {
    for (const name of names) {
      await supervisor.start(
        workerService({
          name,
          script: `${name.slice(0, name.indexOf("-"))}.ts`,
          environment: { ...process.env, ...environment, NODE_ENV: "production" },
          onLine: (_, line) => {
            if (REFUSED.test(line)) refusals += 1;
          },
        }),
      );
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    config,
    environment,
    close,
    refusals: () => refusals,
    pids: (role) => [...running].flatMap(([name, pid]) => (name.startsWith(role) && pid !== null ? [pid] : [])),
  };
}
