import { resolve } from "node:path";
import { readConfig, type Config } from "#lib/config/config.ts";
import { adminPassword, type AdminPassword } from "./admin-password.ts";
import { buildPages } from "./build.ts";
import { planEngines, type EnginePlan } from "./engines/engines.ts";
import type { Service } from "./engines/engine.ts";
import { assertFree } from "./engines/ports.ts";
import { prepareIndices, prepareTopics } from "./prepare.ts";
import type { Steps } from "./steps.ts";
import type { Supervisor } from "./supervisor.ts";
import { firstPrice, webAddress, webAnswers } from "./web-address.ts";
import { workerService } from "./worker.ts";

export interface ApplicationOptions {
  config: Config;
  /** What the configuration was read from, for the workers. */
  environment: Readonly<Record<string, string | undefined>>;
  supervisor: Supervisor;
  steps: Steps;
  onLine: (name: string, line: string) => void;
}

/** Brings everything up in its order, saying each step; resolves when the pages answer. */
export async function startApplication(options: ApplicationOptions): Promise<void> {
  const { config, steps, supervisor } = options;
  const folder = resolve(config.TAPEDECK_DATA);
  await assertFree(config.TAPEDECK_PORT, "the web server", "TAPEDECK_PORT", config.TAPEDECK_HOST);
  const plan = await planEngines({ config, folder, fastStart: config.LOCAL_QUICK_START });
  const password = adminPassword(folder, config.TAPEDECK_ADMIN_PASSWORD);
  const environment = {
    ...options.environment,
    ...plan.environment,
    NODE_ENV: "production",
    TAPEDECK_DATA: folder,
    TAPEDECK_ADMIN_PASSWORD: password.password,
  };
  const since = Date.now() * 1000;
  await Promise.all([startEngines(plan, readConfig(environment), options), build(options)]);
  const services = workers({ ...options, environment });
  await Promise.all(services.map((service) => supervisor.start(service)));
  steps.say(`running: ${services.map(({ name }) => name).join(", ")}`);
  announce(webAddress(config), password, steps);
  void sayFirstPrice(webAddress(config), since, options);
}

async function build({ config, steps, supervisor }: ApplicationOptions): Promise<void> {
  const wasBuilt = await buildPages(config.TAPEDECK_BUILD, supervisor.signal);
  steps.say(wasBuilt ? "pages built, for their sources have changed" : "pages are built already");
}

/** Brings Kafka and Elasticsearch up, and makes what is missing in them. */
export async function startEngines(
  plan: EnginePlan,
  config: Config,
  { steps, supervisor }: Pick<ApplicationOptions, "steps" | "supervisor">,
): Promise<void> {
  if (plan.missing.length > 0) {
    const fetched = plan.fetch(supervisor.signal);
    await steps.step(fetched, () => `fetched from Maven Central: ${plan.missing.join(", ")}`);
  }
  const start = async (engine: "kafka" | "elasticsearch", prepare: () => Promise<void>): Promise<void> => {
    const name = engine === "kafka" ? "Kafka" : "Elasticsearch";
    const service = plan.services.find((each) => each.name === name);
    if (service) await supervisor.start(service);
    const address = engine === "kafka" ? plan.environment.KAFKA_BROKERS : plan.environment.ELASTICSEARCH_URL;
    steps.say(
      `${name} ${service ? `(${plan.ways[engine]}) answers` : "is given from outside"}: ${withoutSecrets(address)}`,
    );
    await prepare();
  };
  await Promise.all([
    start("kafka", () => steps.step(prepareTopics(config), () => "topics are there")),
    start("elasticsearch", async () => {
      await steps.step(prepareIndices(config), (added) => `indices are there, ${added} tickers added`);
    }),
  ]);
}

function withoutSecrets(address: string): string {
  return address.replace(/\/\/[^@/]*@/, "//");
}

/** `ingest` where there is one, else `ingest-1`, `ingest-2` … */
function processNames(role: string, count: number): string[] {
  return count === 1 ? [role] : Array.from({ length: count }, (_, index) => `${role}-${index + 1}`);
}

function workers({ config, environment, onLine }: ApplicationOptions): Service[] {
  const worker = (name: string, script: string): Service => workerService({ name, script, environment, onLine });
  const address = webAddress(config);
  const probe = (signal: AbortSignal): Promise<boolean> => webAnswers(address, signal);
  return [
    ...processNames("aggregate", config.TAPEDECK_AGGREGATE).map((name) => worker(name, "aggregate.ts")),
    ...processNames("ingest", config.TAPEDECK_INGEST).map((name) => worker(name, "ingest.ts")),
    worker("alerts", "alerts.ts"),
    workerService({ name: "web", script: "web.ts", environment, onLine, probe }),
  ];
}

/** The order of the end: pages first, then what writes, then what is written to. */
export function stopOrder(config: Config): string[][] {
  return [
    ["web"],
    processNames("ingest", config.TAPEDECK_INGEST),
    processNames("aggregate", config.TAPEDECK_AGGREGATE),
    ["alerts"],
    ["Kafka", "Elasticsearch"],
  ];
}

function announce(address: string, { password, file, isNew }: AdminPassword, steps: Steps): void {
  if (isNew) steps.say(`admin password, printed this once: ${password}`);
  if (file !== null) steps.say(`admin password is kept in ${file}`);
  steps.say(`Tapedeck is at ${address}`);
}

async function sayFirstPrice(address: string, since: number, { steps, supervisor }: ApplicationOptions): Promise<void> {
  const first = await firstPrice(address, since, supervisor.signal);
  if (first !== null) steps.say(`first live price: ${first.symbol} ${first.last}`);
}
