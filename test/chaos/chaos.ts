import { setTimeout as sleep } from "node:timers/promises";
import { ALLOWED_LATENESS, MINUTE, SECOND } from "#lib/domain/interval.ts";
import { seededRandom } from "#test/bench/workload.ts";
import { startTestEngines, ENGINE_NAMES } from "#test/support/test-engines.ts";
import { until } from "#test/support/until.ts";
import { startCluster } from "./cluster.ts";
import { compareMinutes, type Comparison } from "./compare.ts";
import { faults, type Lengths, type Toll } from "./faults.ts";
import { isBalanced, OUTCOMES, watch, type Watch } from "./watch.ts";

export interface ChaosOptions {
  /** Milliseconds in which rounds of faults begin; there is always one. */
  length: number;
  seed: number;
  /** Pace of the simulated market. */
  rate: number;
  brokers: number;
  aggregate: number;
  ingest: number;
  lengths: Lengths;
  say: (text: string) => void;
}

export interface ChaosOutcome {
  comparison: Comparison;
  toll: Toll;
  gaps: ReadonlyMap<string, number>;
  counts: ReturnType<Watch["counts"]>;
  unbalanced: string[];
  /** How often workers said that a bulk was refused. */
  refusals: number;
  ticksPerSecond: number;
}

/** The undisturbed minute before the first fault begins so long after the start, milliseconds. */
const SETTLE = 10_000;
const STARTED_WITHIN = 90_000;
/** What Elasticsearch takes in at a time: little enough that a flood is more. */
const SMALL = ["indexing_pressure.memory.limit: 8mb"];
/** What the slowest of the parts may take to catch up after the last fault, beyond the lateness of a minute. */
const CATCH_UP = 120 * SECOND;

/** Runs a cluster on engines of its own, lets faults happen to it, and compares every minute with what the market must give. */
export async function chaos(options: ChaosOptions): Promise<ChaosOutcome> {
  const { aggregate, brokers, ingest, length, lengths, rate, say, seed } = options;
  const engines = await startTestEngines(ENGINE_NAMES, { brokers, elasticsearchSettings: SMALL });
  try {
    const cluster = await startCluster({ engines, counts: { aggregate, ingest }, rate, say });
    const watching = watch(cluster.config);
    try {
      // The minute of the start lacks what was traded before it.
      const from = (Date.now() + 5000) * 1000;
      const began = performance.now();
      await until(() => watching.isStarted(), STARTED_WITHIN);
      await sleep(SETTLE);
      const random = seededRandom(seed);
      const toll = await faults({ cluster, engines, watch: watching, random, lengths, say }, length);
      watching.during("after");
      const to = Math.max(Math.floor((Date.now() * 1000) / MINUTE), Math.ceil(from / MINUTE) + 1) * MINUTE;
      say(`waiting for the minutes before ${new Date(to / 1000).toISOString()} to be final`);
      const due = to + ALLOWED_LATENESS["1m"];
      await sleep(Math.max(0, due / 1000 - Date.now()));
      const comparison = await settled(() => compareMinutes(cluster.environment, from, to));
      const counts = watching.counts();
      const ticksPerSecond = counts.applied / ((performance.now() - began) / 1000);
      const unbalanced = watching.unbalanced();
      return {
        comparison,
        toll,
        gaps: watching.gaps(),
        counts,
        unbalanced,
        refusals: cluster.refusals(),
        ticksPerSecond,
      };
    } finally {
      await watching.close();
      await cluster.close();
    }
  } finally {
    await engines.close();
  }
}

/** Compares again until nothing differs, or until there was time enough. */
async function settled(compare: () => Promise<Comparison>): Promise<Comparison> {
  const deadline = performance.now() + CATCH_UP / 1000;
  for (;;) {
    const isLast = performance.now() > deadline;
    // Elasticsearch may still be busy with the last fault.
    const comparison = await compare().catch((error: unknown) => {
      if (isLast) throw error;
      return null;
    });
    if (comparison && (isLast || comparison.wrong.length === 0)) return comparison;
    await sleep(3000);
  }
}

/** What came of it, for a person. */
export function summary({ comparison, toll, gaps, counts, ...more }: ChaosOutcome): string[] {
  const lines = [...gaps].map(([fault, gap]) => {
    const times = toll.counts.get(fault as never) ?? 0;
    const away = (toll.away.get(fault as never) ?? 0) / 1000;
    return `  ${fault.padEnd(26)} ${String(times).padStart(3)} times, away ${away.toFixed(1)} s at most, longest gap ${(gap / 1000).toFixed(1)} s`;
  });
  return [
    ...comparison.wrong.slice(0, 20),
    "longest time without a bar of some partition:",
    ...lines,
    `Elasticsearch answered 429 to the flood ${toll.refused} times; workers said ${more.refusals} times that they were refused`,
    `${counts.read} lines read = ${OUTCOMES.map((name) => `${counts[name]} ${name}`).join(" + ")}` +
      (more.unbalanced.length > 0 ? `; NOT in ${more.unbalanced.join(", ")}` : ""),
    `${more.ticksPerSecond.toFixed(0)} lines applied a second`,
    `${comparison.equal} minutes of symbols equal, ${comparison.wrong.length} wrong`,
  ];
}

/** Whether nothing was lost, doubled or left uncounted. */
export function isGood({ comparison, unbalanced, counts }: ChaosOutcome): boolean {
  const isComplete = unbalanced.length === 0 && isBalanced(counts);
  return comparison.wrong.length === 0 && comparison.equal > 0 && isComplete;
}
