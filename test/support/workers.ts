import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startChild } from "#infra/engines/child.ts";
import type { Running } from "#infra/engines/engine.ts";
import { removeFolder, scratchFolder } from "./scratch.ts";

export interface WorkerFolder {
  /** Starts `workers/‹name›.ts` as a process of its own. */
  start(name: string, args?: readonly string[]): Running;
  /** Kills what still runs and deletes the logs. */
  close(): Promise<void>;
}

const open = new Set<WorkerFolder>();

/** Closes every folder that is still open: for a run that is interrupted. */
export async function closeWorkers(): Promise<void> {
  await Promise.all([...open].map((folder) => folder.close()));
}

/** Processes of one test, all with the same environment. */
export function workerFolder(environment: Readonly<Record<string, string>>): WorkerFolder {
  const folder = scratchFolder();
  const started: Running[] = [];
  const workers: WorkerFolder = {
    start: (name, args = []) => {
      const running = startChild({
        name,
        command: [process.execPath, `workers/${name}.ts`, ...args],
        cwd: process.cwd(),
        env: { ...process.env, TAPEDECK_DATA: folder, ...environment },
        logFile: join(folder, `${name}-${started.length}.log`),
        stopWithin: 15_000,
      });
      started.push(running);
      return running;
    },
    close: async () => {
      open.delete(workers);
      await Promise.all(started.map((running) => running.kill()));
      removeFolder(folder);
    },
  };
  open.add(workers);
  return workers;
}

/** Waits for a process to end well; otherwise throws with its last lines. */
export async function finished(running: Running, name: string): Promise<void> {
  const { code, signal } = await running.exited;
  if (code !== 0) throw new Error(`${name} ended with ${signal ?? code}:\n${running.lastLines().join("\n")}`);
}

/** Asks every 100 ms until the answer is not null; throws after `within` milliseconds, saying what it waited for. */
export async function eventually<T>(what: string, within: number, ask: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + within;
  while (performance.now() < deadline) {
    const answer = await ask();
    if (answer !== null) return answer;
    await sleep(100);
  }
  throw new Error(`waited ${within} ms for ${what}`);
}
