import type { LogRecord } from "#lib/contracts/log.ts";
import { partitionOf } from "#lib/domain/partition.ts";
import type { Task } from "#lib/engine/task.ts";
import type { Figure } from "./figures.ts";
import { cpuSeconds, newTask, openWindows, readRecord, recordsOf } from "./in-memory.ts";
import { workloadSymbol, type WorkloadOptions } from "./workload.ts";

const SYMBOLS = [100, 1000, 10_000, 50_000];
const PARTITIONS = [1, 4, 16, 64];
/** Symbols that only stand by, each with five open windows. */
const STANDING_BY = [0, 20_000, 100_000, 400_000];
const START = Date.UTC(2026, 0, 5, 12) * 1000;
/** Each point is the best of so many: on a shared machine whatever else runs only ever adds. */
const TIMES = 3;

/**
 * How the cost of a tick, read and applied in memory, grows with symbols, with partitions, and with windows that are open and get
 * nothing. The rate of event time stays the same, so with more symbols more bars are made of the same ticks.
 */
export function costFigures(trades = 200_000): Figure[] {
  const options = { trades, symbols: 1000, partitions: 4, span: trades * 300, start: START, seed: 7 };
  return [
    ...SYMBOLS.map((symbols) => point(`${symbols} symbols`, { ...options, symbols })),
    ...PARTITIONS.map((partitions) => point(`${partitions} partitions`, { ...options, partitions })),
    ...STANDING_BY.map((symbols) => point(`${symbols * 5} windows standing by`, options, symbols)),
  ];
}

function point(name: string, options: WorkloadOptions, standingBy = 0): Figure {
  const logs = recordsOf(options);
  const seconds = Array.from({ length: TIMES }, () => {
    const tasks = logs.map((_, partition) => newTask(partition, options.partitions));
    for (const [partition, task] of tasks.entries()) standBy(task, partition, options, standingBy);
    return cpuSeconds(() => readAll(tasks, logs));
  });
  const value = (1e6 * Math.min(...seconds)) / options.trades;
  return { name: `cost: a tick with ${name}`, value, unit: "µs", aim: null };
}

/** Opens the windows of the partition's share of so many symbols behind those of the workload. */
function standBy(task: Task, partition: number, { symbols, partitions }: WorkloadOptions, count: number): void {
  const names = Array.from({ length: count }, (_, index) => workloadSymbol(symbols + index));
  openWindows(
    task,
    names.filter((name) => partitionOf(name, partitions) === partition),
    START,
  );
}

/** A record of each partition in turn, as they arrive. */
function readAll(tasks: readonly Task[], logs: readonly (readonly LogRecord[])[]): void {
  const first = tasks.map(({ state }) => state.position);
  const rounds = Math.max(...logs.map(({ length }) => length));
  for (let round = 0; round < rounds; round++) {
    for (const [partition, task] of tasks.entries()) {
      const record = logs[partition]?.[round];
      if (record) readRecord(task, { ...record, offset: (first[partition] ?? 0) + round });
    }
  }
}
