import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Config } from "#lib/config/config.ts";
import type { CheckpointDocument } from "#lib/contracts/engine-store.ts";
import { names } from "#lib/contracts/topics.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { planRebuild, rebuild, type RebuildOptions } from "#lib/engine/rebuild.ts";
import { errorMessage } from "#lib/errors.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import { createLog } from "#lib/log.ts";
import { assertIdle, offline } from "./offline.ts";
import type { Steps } from "./steps.ts";

const HELP = `npm run rebuild

While Tapedeck is stopped: deletes all bars, newest prices and what the aggregation remembers, and computes them again from the log of
ticks. The same documents come out, but for the time at which they were written. Tickers and sources stay. Refuses, and deletes nothing,
when the log no longer reaches back to where the bars were begun.`;

const SAY_EVERY = 2000;

/** `npm run rebuild`: computes everything again that comes from the log. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: "boolean" } } });
  if (values.help) console.log(HELP);
  else await offline(run);
}

async function run(config: Config, steps: Steps): Promise<void> {
  const log = createLog("rebuild", "error");
  const kafka = createKafka(config, log);
  const elasticsearch = createElasticsearch(config, log);
  const options: RebuildOptions = {
    names: names(config.TAPEDECK_NAMESPACE),
    store: elasticsearch.engineStore,
    log: kafka,
    clear: () => elasticsearch.dropPrices(),
    clock: { wall: () => Date.now() * 1000, elapsed: () => performance.now() },
    report: log,
    progress: sayProgress(steps),
  };
  // What was begun is kept until it is stored again: the checkpoints that say it are deleted too.
  const file = join(config.TAPEDECK_DATA, "rebuild.json");
  try {
    await assertIdle(elasticsearch.sources);
    const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as CheckpointDocument[]) : null;
    const plan = await planRebuild(options, kept);
    writeFileSync(file, JSON.stringify(plan.beginnings));
    steps.say(`computing ${plan.frames} frames of ${plan.ranges.length} partitions again`);
    const { read, applied, duplicate, corrected, deadTotal } = await rebuild(options, plan);
    rmSync(file);
    steps.say(
      `done: ${read} lines = ${applied} applied + ${duplicate} duplicate + ${corrected} corrected + ${deadTotal} dead`,
    );
  } finally {
    await Promise.all([kafka.close(), elasticsearch.close()]);
  }
}

/** Says how far it is, how fast, and how long it will take, every two seconds. */
function sayProgress(steps: Steps): RebuildOptions["progress"] {
  const began = performance.now();
  let saidAt = began;
  return (done, all) => {
    const now = performance.now();
    if (now - saidAt < SAY_EVERY) return;
    saidAt = now;
    const rate = done / ((now - began) / 1000);
    const share = ((100 * done) / Math.max(1, all)).toFixed(0);
    steps.say(
      `${done} of ${all} frames (${share} %), ${rate.toFixed(0)} a second, ${Math.ceil((all - done) / rate)} s left`,
    );
  };
}

try {
  await main();
} catch (error) {
  console.error(errorMessage(error));
  process.exit(1);
}
