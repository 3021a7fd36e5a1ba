import { setTimeout as sleep } from "node:timers/promises";
import type { Product } from "#test/support/product.ts";
import type { EngineName, TestEngines } from "#test/support/test-engines.ts";

export const FAULTS = ["Kafka", "Elasticsearch", "ingest", "aggregate"] as const;
export type Fault = (typeof FAULTS)[number];

/** How long an engine stays dead, and what follows a fault before the next one, at most; milliseconds. */
const DEAD = 25_000;
const REST = 40_000;
const LEAST = 2_000;

interface ChaosOptions {
  product: Product;
  engines: TestEngines;
  /** Uniform in [0, 1): the same schedule for the same seed. */
  random: () => number;
  /** Milliseconds; the last fault ends later than that by a rest at most. */
  length: number;
  say: (text: string) => void;
}

/** Kills one thing after the other with SIGKILL and brings engines back; the supervisor brings workers back. Gives how many of each. */
export async function faults({ product, engines, random, length, say }: ChaosOptions): Promise<Map<Fault, number>> {
  const counts = new Map<Fault, number>();
  const end = performance.now() + length;
  while (performance.now() < end) {
    const fault = FAULTS[Math.floor(random() * FAULTS.length)] ?? "Kafka";
    counts.set(fault, (counts.get(fault) ?? 0) + 1);
    if (isEngine(fault)) {
      const dead = LEAST + random() * DEAD;
      say(`${fault} is killed for ${(dead / 1000).toFixed(0)} s`);
      await engines.kill(fault);
      await sleep(dead);
      await engines.start(fault);
      say(`${fault} answers again`);
    } else {
      await killWorker(product, fault, say);
    }
    await sleep(LEAST + random() * REST);
  }
  return counts;
}

async function killWorker(product: Product, role: "ingest" | "aggregate", say: (text: string) => void): Promise<void> {
  const { workers } = await product.sources();
  for (const { pid } of workers.filter((worker) => worker.role === role)) {
    say(`${role} ${pid} is killed`);
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      say(`${role} ${pid} was gone already`);
    }
  }
}

function isEngine(fault: Fault): fault is EngineName {
  return fault === "Kafka" || fault === "Elasticsearch";
}
