import type { LogRecord } from "#lib/contracts/log.ts";
import { ALLOWED_LATENESS } from "#lib/domain/interval.ts";
import { Counters } from "#lib/engine/counters.ts";
import { INTERVAL_COUNT } from "#lib/engine/intervals.ts";
import { topologyOf } from "#lib/engine/logic.ts";
import { Task } from "#lib/engine/task.ts";
import { forgetSealed } from "#lib/engine/watermarks.ts";
import { INTERVAL, SLOT, UNSAVED } from "#lib/engine/window-arena.ts";
import { workload, type WorkloadOptions } from "./workload.ts";

/** So many changed windows lie in memory between two checkpoints. */
const CHECKPOINT_WINDOWS = 8000;
const SYMBOLS_A_CHANNEL = 800;
const LINES_A_FRAME = 100;

/** The log of each partition. */
export function recordsOf(options: WorkloadOptions): LogRecord[][] {
  const logs = Array.from({ length: options.partitions }, (): LogRecord[] => []);
  for (const frames of workload(options)) {
    for (const { partition, value } of frames) {
      const log = logs[partition];
      log?.push({ offset: log.length, timestamp: 0, value });
    }
  }
  return logs;
}

export function newTask(partition = 0, partitions = 1): Task {
  const identity = { topic: "ticks", partition, partitions, epoch: 1, begin: 0, from: 0 };
  return new Task({ ...identity, topology: topologyOf("ticks", partitions) }, "batch", new Counters());
}

/** Reads and applies one record; what it tells is dropped, what it would store is forgotten as after a checkpoint that cost nothing. */
export function readRecord(task: Task, record: LogRecord): void {
  task.parse(record);
  if (task.needs().length > 0) throw new Error("nothing was stored that could be needed");
  task.apply();
  task.state.bars.take();
  task.state.early.clear();
  if (task.state.unsavedWindows.length > CHECKPOINT_WINDOWS) forgetStored(task);
}

function forgetStored({ state }: Task): void {
  const lists = new Set<number>();
  for (const window of state.unsavedWindows.slice()) {
    const slot = state.arena.word(window, SLOT);
    state.waiting.flush(slot);
    state.arena.clear(window, UNSAVED);
    lists.add(slot * INTERVAL_COUNT + state.arena.word(window, INTERVAL));
  }
  state.unsavedWindows.clear();
  for (const list of lists) {
    const slot = state.slots[Math.floor(list / INTERVAL_COUNT)];
    if (slot) forgetSealed(state, slot, list % INTERVAL_COUNT);
  }
}

/** Gives each of these symbols one trade and so five open windows; no proof ever closes them. */
export function openWindows(task: Task, names: readonly string[], time: number): void {
  const feed = (lines: readonly string[]): void => {
    task.parse({ offset: task.state.position, timestamp: 0, value: Buffer.from(lines.join("\n")) });
    task.apply();
    task.state.bars.take();
    task.state.early.clear();
  };
  for (let from = 0; from < names.length; from += SYMBOLS_A_CHANNEL) {
    const symbols = names.slice(from, from + SYMBOLS_A_CHANNEL);
    const channel = `standing-by-${from}`;
    const limits = { lateness: ALLOWED_LATENESS, tolerance: 5_000_000, correctionHorizon: 86_400_000_000 };
    feed([JSON.stringify({ type: "config", channel, n: 1, symbols, ...limits })]);
    const lines = symbols.map((symbol) => {
      const fields = { time, receivedTime: time, price: 101.25, size: 7, id: 1, side: "buy", venue: "BENCH" };
      return JSON.stringify({ type: "trade", symbol, ...fields, channel });
    });
    for (let at = 0; at < lines.length; at += LINES_A_FRAME) feed(lines.slice(at, at + LINES_A_FRAME));
  }
}

/** Seconds of CPU that some work takes. */
export function cpuSeconds(work: () => void): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}
