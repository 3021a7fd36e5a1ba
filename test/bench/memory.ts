import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { INTERVALS } from "#lib/domain/interval.ts";
import type { Figure } from "./figures.ts";
import { newTask, openWindows } from "./in-memory.ts";
import { workloadSymbol } from "./workload.ts";

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
  const task = newTask();
  openWindows(
    task,
    Array.from({ length: symbols }, (_, index) => workloadSymbol(index)),
    TIME,
  );
  collect();
  const { live } = task.state.arena;
  if (live !== symbols * INTERVALS.length) throw new Error(`${live} windows are open instead of five a symbol`);
  const bytes = process.memoryUsage.rss() - before;
  return [
    { name: `engine: an open window, ${live} of them, all included`, value: bytes / live, unit: "bytes", aim: "≤ 450" },
    { name: "engine: all of them", value: bytes / 2 ** 20, unit: "MiB", aim: null },
  ];
}
