import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ALLOWED_LATENESS, MINUTE, SECOND } from "#lib/domain/interval.ts";
import { Steps } from "#infra/steps.ts";
import { seededRandom } from "#test/bench/workload.ts";
import { startProduct } from "#test/support/product.ts";
import { startTestEngines } from "#test/support/test-engines.ts";
import { compareMinutes } from "./compare.ts";
import { FAULTS, faults } from "./faults.ts";

const HELP = `npm run chaos -- [--minutes N] [--seed S] [--rate R]

Runs the whole product on engines of its own, kills Kafka, Elasticsearch, ingest and aggregate with SIGKILL at random for N minutes
(default 5), then compares every minute of every symbol with what the simulated market must give. Ends with 1 when one differs.
  --seed S  of the schedule (default 1)
  --rate R  pace of the simulated market (default 5: some 200 ticks a second)`;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    rate: { type: "string", default: "5" },
    help: { type: "boolean" },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const [minutes, seed, rate] = [values.minutes, values.seed, values.rate].map(Number);
if (!minutes || !(minutes > 0) || !Number.isInteger(seed) || !rate || !(rate > 0)) {
  console.error(`--minutes and --rate are numbers above 0, --seed is a whole number.\n\n${HELP}`);
  process.exit(2);
}

/** What the slowest of the parts may take to catch up after the last fault, beyond the lateness of a minute. */
const CATCH_UP = 90 * SECOND;

const steps = new Steps((line) => console.log(line));
const say = (text: string): void => steps.say(text);
const engines = await startTestEngines();
let exit = 1;
try {
  const product = await startProduct(engines, { TAPEDECK_SOURCES: "simulator", SIMULATOR_RATE: String(rate) });
  try {
    // The minute of the start lacks what was traded before it.
    const from = (Date.now() + 5_000) * 1000;
    say("the product runs");
    await sleep(10_000);
    const random = seededRandom(Number(seed));
    const counts = await faults({ product, engines, random, length: minutes * 60_000, say });
    const to = Math.floor((Date.now() * 1000) / MINUTE) * MINUTE;
    say(`waiting for the minutes before ${new Date(to / 1000).toISOString()} to be final`);
    await sleep((ALLOWED_LATENESS["1m"] + CATCH_UP) / 1000);
    const { equal, wrong } = await compareMinutes(product.environment, from, to);
    for (const text of wrong.slice(0, 20)) console.log(text);
    const killed = FAULTS.map((fault) => `${fault} ${counts.get(fault) ?? 0}`).join(", ");
    console.log(`killed: ${killed}; ${equal} minutes of symbols equal, ${wrong.length} wrong`);
    exit = wrong.length === 0 && equal > 0 ? 0 : 1;
  } finally {
    await product.close();
  }
} finally {
  await engines.close();
}
process.exit(exit);
