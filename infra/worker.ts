import { fork } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { sendSignal, untilReady } from "./engines/child.ts";
import type { Exit, Running, Service } from "./engines/engine.ts";

export interface WorkerOptions {
  name: string;
  /** File in `workers/`. */
  script: string;
  environment: Readonly<Record<string, string | undefined>>;
  /** Each line that it writes. */
  onLine: (name: string, line: string) => void;
  /** Whether it answers; without it, it counts as up once it runs. */
  probe?: (signal: AbortSignal) => Promise<boolean>;
}

const LAST_LINES = 12;
/** Milliseconds from SIGTERM to SIGKILL: a checkpoint and the hand-over of leases fit into it. */
const STOP_WITHIN = 20_000;
const READY_WITHIN = 60_000;

/** A process of ours. The channel to it closes with us, and it then ends by itself. */
export function workerService(options: WorkerOptions): Service {
  return {
    name: options.name,
    async start(signal, launched) {
      const running = launch(options);
      launched?.(running);
      const { name, probe } = options;
      if (probe) await untilReady(running, { name, probe, every: 100, within: READY_WITHIN }, signal);
      return running;
    },
  };
}

function launch({ name, script, environment, onLine }: WorkerOptions): Running {
  const child = fork(join(import.meta.dirname, "..", "workers", script), [], {
    cwd: join(import.meta.dirname, ".."),
    env: environment as NodeJS.ProcessEnv, // Next's types demand NODE_ENV of every environment
    detached: true, // Ctrl-C in the terminal reaches only us, who stop things in order
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream, crlfDelay: Infinity }).on("line", (line) => {
      lines.push(line);
      if (lines.length > LAST_LINES) lines.shift();
      onLine(name, line);
    });
  }
  const { promise: exited, resolve } = Promise.withResolvers<Exit>();
  child.on("error", () => resolve({ code: 127, signal: null }));
  child.on("close", (code, signal) => resolve({ code, signal }));
  const pid = child.pid ?? 0;
  const kill = async (): Promise<void> => {
    if (pid !== 0) sendSignal(-pid, "SIGKILL");
    await exited;
  };
  const stop = async (): Promise<void> => {
    if (pid !== 0) sendSignal(pid, "SIGTERM");
    const insist = setTimeout(() => void kill(), STOP_WITHIN);
    await exited;
    clearTimeout(insist);
  };
  return { pid, exited, stop, kill, lastLines: () => [...lines] };
}
