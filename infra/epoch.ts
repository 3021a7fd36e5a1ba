import type { Config } from "#lib/config/config.ts";
import { names } from "#lib/contracts/topics.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { beginEpoch, type BegunEpoch } from "#lib/engine/begin-epoch.ts";
import { EPOCH_HELP, type EpochArguments, parseEpochArguments } from "#lib/engine/epoch-arguments.ts";
import { logAccess } from "#lib/engine/log-access.ts";
import { errorCode, errorMessage } from "#lib/errors.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import { createLog } from "#lib/log.ts";
import { assertIdle, offline } from "./offline.ts";

/** `npm run epoch`: begins a new epoch of the aggregation, with engines of its own while nothing else runs on the data folder. */
async function main(): Promise<void> {
  const wanted = parseEpochArguments(process.argv.slice(2), Date.now() * 1000);
  if (wanted === null) {
    console.log(EPOCH_HELP);
    return;
  }
  await offline(async (config, steps) => {
    const { epoch, positions } = await begin(config, wanted);
    const where = positions.map(({ partition, position }) => `partition ${partition} at offset ${position}`).join(", ");
    steps.say(`epoch ${epoch} begins: ${where}`);
    steps.say(`it writes windows from ${new Date(wanted.from / 1000).toISOString()} on; start Tapedeck again`);
  });
}

async function begin(config: Config, { at, from }: EpochArguments): Promise<BegunEpoch> {
  const log = createLog("epoch", "error");
  const kafka = createKafka(config, log);
  const elasticsearch = createElasticsearch(config, log);
  const topic = names(config.TAPEDECK_NAMESPACE).ticks;
  try {
    await assertIdle(elasticsearch.sources);
    const store = elasticsearch.engineStore;
    return await beginEpoch({ topic, store, log: logAccess(kafka, topic), at, from, now: Date.now() * 1000 });
  } finally {
    await Promise.all([kafka.close(), elasticsearch.close()]);
  }
}

try {
  await main();
} catch (error) {
  console.error(errorMessage(error));
  process.exit(errorCode(error) === "BAD_INPUT" ? 2 : 1);
}
