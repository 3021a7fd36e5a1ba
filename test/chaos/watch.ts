import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "#lib/config/config.ts";
import { names } from "#lib/contracts/topics.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import { createLog } from "#lib/log.ts";

const LOOK_EVERY = 100;
const COUNT_EVERY = 1000;
/** Every line read is counted in one of these. */
export const OUTCOMES = ["applied", "duplicate", "corrected", "held", "dead"] as const;
const COUNTS = ["read", ...OUTCOMES] as const;
export type Counts = Record<(typeof COUNTS)[number], number>;

/** Looks at a cluster from outside while things happen to it. */
export interface Watch {
  /** Whether it has seen a bar of every partition. */
  isStarted(): boolean;
  /** From now on gaps are counted for this fault. */
  during(fault: string): void;
  /** The longest time without a bar of some partition, by fault; milliseconds. */
  gaps(): ReadonlyMap<string, number>;
  /** What all aggregate processes together have said of the lines they read, as each said it last. */
  counts(): Counts;
  /** Processes whose own counts do not add up. */
  unbalanced(): string[];
  close(): Promise<void>;
}

export function watch(config: Config): Watch {
  const log = createLog("chaos", "error");
  const kafka = createKafka(config, log);
  const elasticsearch = createElasticsearch(config, log);
  const stop = new AbortController();
  const seen = new Map<number, number>();
  const longest = new Map<string, number>();
  const said = new Map<string, Counts>();
  let fault = "none";

  const read = async (): Promise<void> => {
    for await (const { bars } of kafka.liveReader(names(config.TAPEDECK_NAMESPACE)).read(stop.signal)) {
      for (const { lineage } of bars) seen.set(lineage.partition, performance.now());
    }
  };
  const look = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const oldest = Math.min(performance.now(), ...seen.values());
      longest.set(fault, Math.max(longest.get(fault) ?? 0, performance.now() - oldest));
      await sleep(LOOK_EVERY);
    }
  };
  const count = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const workers = await elasticsearch.sources.workers().catch(() => []);
      for (const { id, role, counters } of workers) if (role === "aggregate") said.set(id, countsOf(counters));
      await sleep(COUNT_EVERY);
    }
  };
  const working = Promise.all([read().catch((error: unknown) => log.error(String(error))), look(), count()]);
  return {
    isStarted: () => seen.size >= config.TAPEDECK_PARTITIONS,
    during: (next) => {
      fault = next;
    },
    gaps: () => longest,
    counts: () => {
      const sum = countsOf({});
      for (const each of said.values()) for (const name of COUNTS) sum[name] += each[name];
      return sum;
    },
    unbalanced: () => [...said].flatMap(([id, counts]) => (isBalanced(counts) ? [] : [id])),
    close: async () => {
      stop.abort();
      await working;
      await Promise.all([kafka.close(), elasticsearch.close()]);
    },
  };
}

export function isBalanced(counts: Counts): boolean {
  return counts.read === OUTCOMES.reduce((sum, name) => sum + counts[name], 0);
}

function countsOf(counters: Readonly<Record<string, number>>): Counts {
  const entries = COUNTS.map((name) => [name, counters[`tapedeck_engine_lines_${name}_total`] ?? 0]);
  return Object.fromEntries(entries) as Counts;
}
