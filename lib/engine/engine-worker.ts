import type { WorkerDocument } from "../contracts/sources.ts";
import { Counters } from "./counters.ts";
import type { EngineOptions, EngineTask } from "./engine-options.ts";
import { createPartitionTask } from "./run-engine.ts";

export interface EngineWorkerOptions extends Omit<EngineOptions, "partition" | "counters"> {
  /** Who this is, as the health page shows it. */
  identity: Pick<WorkerDocument, "id" | "pid" | "host" | "version">;
  /** Resident memory, bytes. */
  rss: () => number;
}

export interface EngineWorker {
  openTask: (partition: number) => EngineTask;
  /** What the process says of itself: its open partitions in order, and its counters. */
  document: () => WorkerDocument;
}

/** All partitions of one process: they share its counters and its connections, nothing else. */
export function createEngineWorker({ identity, rss, ...options }: EngineWorkerOptions): EngineWorker {
  const counters = new Counters();
  const tasks = new Map<number, EngineTask>();
  const started = options.clock.wall();
  return {
    openTask: (partition) => {
      const task = createPartitionTask({ ...options, partition, counters });
      tasks.set(partition, task);
      return task;
    },
    document: () => ({
      kind: "worker",
      role: "aggregate",
      ...identity,
      started,
      updated: options.clock.wall(),
      rss: rss(),
      partitions: [...tasks.values()]
        .flatMap((task) => task.report() ?? [])
        .toSorted((a, b) => a.partition - b.partition),
      counters: counters.toRecord(),
    }),
  };
}
