import { Readable } from "node:stream";
import type { EngineStore, WriteItem } from "#lib/contracts/engine-store.ts";
import type { LogRecord } from "#lib/contracts/log.ts";
import { names } from "#lib/contracts/topics.ts";
import { Counters } from "#lib/engine/counters.ts";
import { JsonWriter } from "#lib/engine/json-writer.ts";
import { createPartitionTask } from "#lib/engine/run-engine.ts";
import { parseFrame } from "#lib/engine/parse-frame.ts";
import type { Task } from "#lib/engine/task.ts";
import { WINDOW_BYTES, writeWindow } from "#lib/engine/window-codec.ts";
import type { Figure } from "./figures.ts";
import { cpuSeconds, newTask, readRecord, recordsOf } from "./in-memory.ts";

const SYMBOLS = 1000;
/** As many a second of event time as in the comparison with other stream processors. */
const TRADES_A_SECOND = 3333;

/** What the engine costs without broker and store, in one process: the parts, then all of them with ports that take everything. */
export async function engineFigures(trades = 500_000): Promise<Figure[]> {
  const log = records(trades);
  const lines = log.reduce((sum, { value }) => sum + value.toString("latin1").split("\n").length, 0);
  parseAndApply(log.slice(0, Math.ceil(log.length / 5))); // compiled before it is measured
  const { seconds, task } = parseAndApply(log);
  const windows = Array.from({ length: Math.min(task.state.unsavedWindows.length, 20_000) }, (_, index) =>
    task.state.unsavedWindows.at(index),
  );
  const whole = await everything(log);
  return [
    figure("engine: parse alone", lines / parse(log), "lines a second", null),
    figure("engine: parse and apply", lines / seconds, "lines a second", "≥ 600000"),
    figure("engine: a bar told of", (1e6 * told(task, windows)) / windows.length, "µs", null),
    figure("engine: a window as its document", (1e6 * encoded(task, windows)) / windows.length, "µs", null),
    figure("engine: everything but broker and store", lines / whole, "ticks per CPU second", "≥ 300000"),
  ];
}

function records(trades: number): LogRecord[] {
  const span = (trades / TRADES_A_SECOND) * 1_000_000;
  const start = Date.UTC(2026, 0, 5, 23, 58) * 1000;
  return recordsOf({ trades, symbols: SYMBOLS, partitions: 1, span, start, seed: 7 }).flat();
}

function parse(log: readonly LogRecord[]): number {
  const task = newTask();
  for (const record of log.slice(0, 1)) {
    task.parse(record);
    task.apply();
  }
  return cpuSeconds(() => {
    for (const { offset, value } of log) parseFrame(task.frame, offset, value, task.state.names);
  });
}

function parseAndApply(log: readonly LogRecord[]): { seconds: number; task: Task } {
  const task = newTask();
  const seconds = cpuSeconds(() => {
    for (const record of log) readRecord(task, record);
  });
  return { seconds, task };
}

function told({ state }: Task, windows: readonly number[]): number {
  return cpuSeconds(() => {
    for (const window of windows) {
      state.arena.texts[window] = null;
      state.publishAnyway(window);
    }
    state.bars.take();
  });
}

function encoded({ state }: Task, windows: readonly number[]): number {
  const json = new JsonWriter(1 << 20);
  return cpuSeconds(() => {
    for (const window of windows) {
      state.arena.texts[window] = null;
      if (json.at > 1_000_000) json.at = 0;
      json.reserve(WINDOW_BYTES);
      writeWindow(json, state, window, 1_767_657_600_000_000);
    }
  });
}

/** The whole runner with a cadence of 100 ms and checkpoints each two seconds; seconds of CPU. */
async function everything(log: readonly LogRecord[]): Promise<number> {
  const store: EngineStore = {
    readCheckpoint: () => Promise.resolve(null),
    newestEpoch: () => Promise.resolve(0),
    readSlots: async function* () {
      yield await Promise.resolve([]);
    },
    readSavepoint: () => Promise.resolve(null),
    readWindows: (keys) => Promise.resolve(keys.map(() => null)),
    write: async (items: readonly WriteItem[]) => {
      await new Promise((resolve) => setTimeout(resolve, items.length / 20));
    },
  };
  const task = createPartitionTask({
    names: names(""),
    partition: 0,
    store,
    log: {
      ranges: () => Promise.resolve([{ partition: 0, start: 0, end: log.length }]),
      record: () => Promise.resolve(null),
      range: () => Readable.from([]),
    },
    producer: { send: () => Promise.resolve(), pendingBytes: 0, close: () => Promise.resolve() },
    counters: new Counters(),
    clock: { wall: () => Date.now() * 1000, elapsed: () => performance.now() },
    cadence: 100,
    checkpointEvery: 2000,
    report: { info: () => undefined, warn: () => undefined },
  });
  await task.open({ start: 0, end: log.length });
  const began = process.cpuUsage();
  for (let at = 0; at < log.length; at += 5) {
    await task.process(log.slice(at, at + 5), log.length);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await task.close(true);
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}

function figure(name: string, value: number, unit: string, aim: string | null): Figure {
  return { name, value, unit, aim };
}
