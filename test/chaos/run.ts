import { parseArgs } from "node:util";
import { Steps } from "#infra/steps.ts";
import { chaos, isGood, summary } from "./chaos.ts";

const HELP = `npm run chaos -- [--minutes N] [--seed S] [--rate R] [--aggregate A] [--ingest I] [--brokers B]

Runs ingest and aggregate processes on engines of their own, and lets faults happen to them for N minutes (default 5) and until each kind
has happened as often as the others: SIGKILL and SIGSTOP for 40 s of workers, Kafka and Elasticsearch killed and started again, Elasticsearch flooded until it answers 429. Then compares every
minute of every symbol with what the simulated market must give. Ends with 1 when one differs.
  --seed S       of the schedule (default 1)
  --rate R       pace of the simulated market (default 500: some 20,000 ticks a second)
  --aggregate A  aggregate processes (default 3), --ingest I ingest processes (default 2)
  --brokers B    1, or 3 with a replica of every partition on each, of which one is killed (default 1)`;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    rate: { type: "string", default: "500" },
    aggregate: { type: "string", default: "3" },
    ingest: { type: "string", default: "2" },
    brokers: { type: "string", default: "1" },
    help: { type: "boolean" },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const { minutes, seed, rate, aggregate, ingest, brokers } = values;
const numbers = [minutes, seed, rate, aggregate, ingest, brokers].map(Number);
const [length = 0, seedNumber = 0, rateNumber = 0, ...counts] = numbers;
if (numbers.some((each) => !(each > 0)) || ![seedNumber, ...counts].every(Number.isInteger)) {
  console.error(`All are numbers above 0; --minutes and --rate need not be whole.\n\n${HELP}`);
  process.exit(2);
}
const steps = new Steps((line) => console.log(line));
const outcome = await chaos({
  length: length * 60_000,
  seed: seedNumber,
  rate: rateNumber,
  aggregate: counts[0] ?? 3,
  ingest: counts[1] ?? 2,
  brokers: counts[2] ?? 1,
  lengths: { dead: 20_000, stopped: 40_000, flood: 15_000, rest: 20_000 },
  say: (text) => steps.say(text),
});
for (const line of summary(outcome)) console.log(line);
process.exit(isGood(outcome) ? 0 : 1);
