import type { WorkerDocument } from "../contracts/sources.ts";
import { AlertTask, type AlertTaskOptions } from "./alert-task.ts";
import type { AlertCounters } from "./alert-counters.ts";

export interface AlertWorkerOptions extends Omit<AlertTaskOptions, "partition"> {
  /** Who this is, as the health page shows it. */
  identity: Pick<WorkerDocument, "id" | "pid" | "host" | "version">;
  counters: AlertCounters;
  /** Resident memory, bytes. */
  rss: () => number;
}

export interface AlertWorker {
  openTask: (partition: number) => AlertTask;
  /** What the process says of itself: its open partitions in order, and its counters. */
  document: () => WorkerDocument;
}

/** All partitions of one process: they share the rules, the deliveries and the counters. */
export function createAlertWorker({ identity, rss, ...options }: AlertWorkerOptions): AlertWorker {
  const tasks = new Map<number, AlertTask>();
  const started = options.clock.wall();
  return {
    openTask: (partition) => {
      const task = new AlertTask({ ...options, partition });
      tasks.set(partition, task);
      return task;
    },
    document: () => ({
      kind: "worker",
      role: "alerts",
      ...identity,
      started,
      updated: options.clock.wall(),
      rss: rss(),
      partitions: [...tasks.values()].map((task) => task.report()).toSorted((a, b) => a.partition - b.partition),
      counters: options.counters.toRecord(),
    }),
  };
}
