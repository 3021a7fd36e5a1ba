import { setTimeout as sleep } from "node:timers/promises";
import type { EngineName, TestEngines } from "#test/support/test-engines.ts";
import type { Cluster, Role } from "./cluster.ts";
import { overload } from "./overload.ts";
import type { Watch } from "./watch.ts";

export const FAULTS = [
  "Kafka killed",
  "Elasticsearch killed",
  "Elasticsearch overloaded",
  "ingest killed",
  "ingest stopped",
  "aggregate killed",
  "aggregate stopped",
] as const;
export type Fault = (typeof FAULTS)[number];

/** Milliseconds: how long an engine stays dead at most, a process stopped, a flood goes on, and what follows before the next fault. */
export interface Lengths {
  dead: number;
  stopped: number;
  flood: number;
  rest: number;
}

export interface FaultTools {
  cluster: Cluster;
  engines: TestEngines;
  watch: Watch;
  /** Uniform in [0, 1): the same schedule for the same seed. */
  random: () => number;
  lengths: Lengths;
  say: (text: string) => void;
}

/** What came of the faults. */
export interface Toll {
  counts: Map<Fault, number>;
  /** Answers 429 to the flood. */
  refused: number;
  /** The longest that an engine or process was away, by fault; milliseconds. */
  away: Map<Fault, number>;
}

const LEAST = 2000;

/** Does one fault after the other in rounds of all kinds, each in its own order; begins no round after `length` milliseconds but the first. */
export async function faults(tools: FaultTools, length: number): Promise<Toll> {
  const { random, watch, lengths } = tools;
  const toll: Toll = { counts: new Map(), refused: 0, away: new Map() };
  const end = performance.now() + length;
  let round: Fault[] = [];
  do {
    if (round.length === 0) round = shuffled(FAULTS, random);
    const fault = round.pop() ?? "Kafka killed";
    watch.during(fault);
    toll.counts.set(fault, (toll.counts.get(fault) ?? 0) + 1);
    const began = performance.now();
    await happen(fault, tools, toll);
    toll.away.set(fault, Math.max(toll.away.get(fault) ?? 0, performance.now() - began));
    await sleep(lengths.rest / 2 + (random() * lengths.rest) / 2);
  } while (round.length > 0 || performance.now() < end);
  return toll;
}

async function happen(fault: Fault, tools: FaultTools, toll: Toll): Promise<void> {
  const { cluster, lengths, say } = tools;
  switch (fault) {
    case "Kafka killed":
      return killEngine("Kafka", tools);
    case "Elasticsearch killed":
      return killEngine("Elasticsearch", tools);
    case "Elasticsearch overloaded": {
      const refused = await overload(cluster.environment["ELASTICSEARCH_URL"] ?? "", lengths.flood);
      say(`Elasticsearch was flooded for ${lengths.flood / 1000} s and answered 429 ${refused} times`);
      toll.refused += refused;
      return;
    }
    case "ingest killed":
      return signalOne("ingest", "SIGKILL", tools);
    case "aggregate killed":
      return signalOne("aggregate", "SIGKILL", tools);
    case "ingest stopped":
      return stopOne("ingest", tools);
    case "aggregate stopped":
      return stopOne("aggregate", tools);
  }
}

async function killEngine(name: EngineName, { engines, lengths, random, say }: FaultTools): Promise<void> {
  const dead = LEAST + random() * lengths.dead;
  say(`${name} is killed for ${(dead / 1000).toFixed(0)} s`);
  await engines.kill(name);
  await sleep(dead);
  await engines.start(name);
  say(`${name} answers again`);
}

function signalOne(role: Role, signal: NodeJS.Signals, { cluster, random, say }: FaultTools): Promise<void> {
  const pids = cluster.pids(role);
  const pid = pids[Math.floor(random() * pids.length)];
  say(`${role} ${pid ?? "(none runs)"} gets ${signal}`);
  if (pid !== undefined) send(pid, signal);
  return Promise.resolve();
}

/** It stands still for longer than any session lasts, and then goes on as if nothing had happened. */
async function stopOne(role: Role, { cluster, lengths, random, say }: FaultTools): Promise<void> {
  const pids = cluster.pids(role);
  const pid = pids[Math.floor(random() * pids.length)];
  if (pid === undefined) return;
  say(`${role} ${pid} is stopped for ${lengths.stopped / 1000} s`);
  send(pid, "SIGSTOP");
  await sleep(lengths.stopped);
  send(pid, "SIGCONT");
  say(`${role} ${pid} goes on`);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile, which is a fault as good as any.
  }
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(Math.floor(random() * rest.length), 1));
}
