import { resolve } from "node:path";
import { readConfig, type Config } from "#lib/config/config.ts";
import { names } from "#lib/contracts/topics.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { beginEpoch, type BegunEpoch } from "#lib/engine/begin-epoch.ts";
import { EPOCH_HELP, type EpochArguments, parseEpochArguments } from "#lib/engine/epoch-arguments.ts";
import { logAccess } from "#lib/engine/log-access.ts";
import { errorCode, errorMessage, TapedeckError } from "#lib/errors.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import { createLog } from "#lib/log.ts";
import { startEngines } from "./application.ts";
import { lockDataFolder } from "./data-lock.ts";
import { planEngines } from "./engines/engines.ts";
import { Steps } from "./steps.ts";
import { Supervisor } from "./supervisor.ts";

/** `npm run epoch`: begins a new epoch of the aggregation, with engines of its own while nothing else runs on the data folder. */
async function main(): Promise<void> {
  const wanted = parseEpochArguments(process.argv.slice(2), Date.now() * 1000);
  if (wanted === null) {
    console.log(EPOCH_HELP);
    return;
  }
  const config = readConfig(process.env);
  const folder = resolve(config.TAPEDECK_DATA);
  const steps = new Steps((line) => console.log(line));
  const lock = await lockDataFolder(folder, (line) => steps.say(line));
  const supervisor = new Supervisor({
    say: (line) => steps.say(line),
    record: (name, pid) => lock.record(name, pid),
  });
  try {
    const plan = await planEngines({ config, folder, fastStart: config.LOCAL_QUICK_START });
    const connected = readConfig({ ...process.env, ...plan.environment, TAPEDECK_DATA: folder });
    await startEngines(plan, connected, { steps, supervisor });
    const { epoch, positions } = await begin(connected, wanted);
    const where = positions.map(({ partition, position }) => `partition ${partition} at offset ${position}`).join(", ");
    steps.say(`epoch ${epoch} begins: ${where}`);
    steps.say(`it writes windows from ${new Date(wanted.from / 1000).toISOString()} on; start Tapedeck again`);
  } finally {
    await supervisor.stop([["Kafka", "Elasticsearch"]]);
    lock.release();
  }
}

async function begin(config: Config, { at, from }: EpochArguments): Promise<BegunEpoch> {
  const log = createLog("epoch", "error");
  const kafka = createKafka(config, log);
  const elasticsearch = createElasticsearch(config, log);
  const topic = names(config.TAPEDECK_NAMESPACE).ticks;
  try {
    await assertIdle(elasticsearch);
    const store = elasticsearch.engineStore;
    return await beginEpoch({ topic, store, log: logAccess(kafka, topic), at, from, now: Date.now() * 1000 });
  } finally {
    await Promise.all([kafka.close(), elasticsearch.close()]);
  }
}

const REPORTS_EVERY = 2_000_000;

/** Servers given from outside may serve workers elsewhere: those report every two seconds. */
async function assertIdle({ sources }: ReturnType<typeof createElasticsearch>): Promise<void> {
  const since = Date.now() * 1000 - 3 * REPORTS_EVERY;
  const running = (await sources.workers()).filter(({ role, updated }) => role === "aggregate" && updated > since);
  if (running.length > 0) {
    throw new TapedeckError(
      "REFUSED",
      `${running.map(({ id }) => id).join(", ")} aggregates now: stop Tapedeck first.`,
    );
  }
}

try {
  await main();
} catch (error) {
  console.error(errorMessage(error));
  process.exit(errorCode(error) === "BAD_INPUT" ? 2 : 1);
}
