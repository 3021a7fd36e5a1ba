import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { ALLOWED_LATENESS, INTERVALS } from "#lib/domain/interval.ts";
import { Counters } from "#lib/engine/counters.ts";
import { topologyOf } from "#lib/engine/logic.ts";
import { Task } from "#lib/engine/task.ts";
import type { Figure } from "./figures.ts";
import { workloadSymbol } from "./workload.ts";

const SYMBOLS_A_CHANNEL = 800;
const LINES_A_FRAME = 100;
const TIME = Date.UTC(2026, 0, 5) * 1000;

/**
 * Resident memory of an open window, all included: its accumulators and sketches after one trade, and a fifth of all that is kept of its
 * symbol. One task with so many symbols, in this process.
 */
export function memoryFigures(symbols = 500_000): Figure[] {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  const before = process.memoryUsage.rss();
  const task = openWindows(symbols);
  collect();
  const { live } = task.state.arena;
  if (live !== symbols * INTERVALS.length) throw new Error(`${live} windows are open instead of five a symbol`);
  const bytes = process.memoryUsage.rss() - before;
  return [
    { name: `engine: an open window, ${live} of them, all included`, value: bytes / live, unit: "bytes", aim: "≤ 450" },
    { name: "engine: all of them", value: bytes / 2 ** 20, unit: "MiB", aim: null },
  ];
}

function openWindows(symbols: number): Task {
  const identity = { topic: "ticks", partition: 0, partitions: 1, epoch: 1, begin: 0, from: 0 };
  const task = new Task({ ...identity, topology: topologyOf("ticks", 1) }, "batch", new Counters());
  let offset = 0;
  const feed = (lines: readonly string[]): void => {
    task.parse({ offset, timestamp: 0, value: Buffer.from(lines.join("\n")) });
    task.apply();
    offset += 1;
    task.state.bars.take();
    task.state.early.clear();
  };
  for (let from = 0; from < symbols; from += SYMBOLS_A_CHANNEL) {
    const length = Math.min(SYMBOLS_A_CHANNEL, symbols - from);
    const names = Array.from({ length }, (_, index) => workloadSymbol(from + index));
    const channel = `bench-${from}`;
    const limits = { lateness: ALLOWED_LATENESS, tolerance: 5_000_000, correctionHorizon: 86_400_000_000 };
    feed([JSON.stringify({ type: "config", channel, n: 1, symbols: names, ...limits })]);
    const lines = names.map((symbol) => {
      const fields = { time: TIME, receivedTime: TIME, price: 101.25, size: 7, id: 1, side: "buy", venue: "BENCH" };
      return JSON.stringify({ type: "trade", symbol, ...fields, channel });
    });
    for (let at = 0; at < lines.length; at += LINES_A_FRAME) feed(lines.slice(at, at + LINES_A_FRAME));
  }
  return task;
}
