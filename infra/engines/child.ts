import { spawn, spawnSync } from "node:child_process";
import { closeSync, fstatSync, mkdirSync, openSync, readSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { TapedeckError } from "#lib/errors.ts";
import type { Exit, Running } from "./engine.ts";

export interface ChildOptions {
  name: string;
  command: readonly string[];
  cwd: string;
  /** The whole environment of the process. */
  env: Readonly<Record<string, string | undefined>>;
  /** What it writes goes here; emptied at each start. */
  logFile: string;
  /** Milliseconds from SIGTERM to SIGKILL. */
  stopWithin: number;
}

/** Linux ends a child with its parent if asked to, so even `kill -9` of the parent leaves no engine behind. */
export function endsWithParent(): string[] {
  const wrapper = ["setpriv", "--pdeathsig", "SIGTERM"];
  const works = process.platform === "linux" && spawnSync("setpriv", [...wrapper.slice(1), "true"]).status === 0;
  return works ? wrapper : [];
}

/** Starts a process in a session of its own: Ctrl-C in the terminal reaches only us, who stop things in order. */
export function startChild(options: ChildOptions): Running {
  const [program, ...args] = options.command;
  if (program === undefined) throw new TapedeckError("INTERNAL", `${options.name} has no command`);
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, "w");
  const { promise: ended, resolve } = Promise.withResolvers<Exit>();
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env as NodeJS.ProcessEnv, // Next's types demand NODE_ENV of every environment
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.on("error", () => resolve({ code: 127, signal: null }));
  child.on("exit", (code, signal) => resolve({ code, signal }));
  const pid = child.pid ?? 0;
  const exited = ended.then(async (exit) => {
    await groupGone(pid);
    return exit;
  });
  const signalGroup = (signal: NodeJS.Signals): void => {
    if (pid !== 0) sendSignal(-pid, signal);
  };
  const stop = async (): Promise<void> => {
    if (pid !== 0) sendSignal(pid, "SIGTERM");
    const insist = setTimeout(() => signalGroup("SIGKILL"), options.stopWithin);
    await exited;
    clearTimeout(insist);
  };
  const kill = async (): Promise<void> => {
    signalGroup("SIGKILL");
    await exited;
  };
  return { pid, exited, stop, kill, lastLines: () => tailOf(options.logFile) };
}

/** False when there is no such process. */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A launcher may end a moment before what it launched: the ports are free only when both are gone. */
async function groupGone(leader: number): Promise<void> {
  if (leader === 0) return;
  const deadline = performance.now() + 3000;
  while (sendSignal(-leader, 0) && performance.now() < deadline) await sleep(50);
  sendSignal(-leader, "SIGKILL");
}

const TAIL_BYTES = 8192;
const TAIL_LINES = 20;

function tailOf(file: string): string[] {
  const descriptor = openSync(file, "r");
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer
      .toString()
      .split("\n")
      .filter((line) => line.trim() !== "")
      .slice(-TAIL_LINES);
  } finally {
    closeSync(descriptor);
  }
}

export interface ReadyOptions {
  name: string;
  probe: (signal: AbortSignal) => Promise<boolean>;
  every: number;
  within: number;
}

/** Waits until `probe` says yes. Stops the process and throws UNAVAILABLE with its last lines when it dies or takes too long. */
export async function untilReady(running: Running, options: ReadyOptions, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + options.within;
  let ended: Exit | null = null;
  while (!signal.aborted && ended === null && performance.now() < deadline) {
    const answer = await options.probe(AbortSignal.any([signal, AbortSignal.timeout(2000)])).catch(() => false);
    if (answer) return;
    ended = await Promise.race([running.exited, sleep(options.every, null)]);
  }
  await running.stop();
  signal.throwIfAborted();
  const what = describeEnd(ended, options.within);
  throw new TapedeckError(
    "UNAVAILABLE",
    `${options.name} ${what}. Its last lines:\n  ${running.lastLines().join("\n  ")}`,
  );
}

function describeEnd(exit: Exit | null, within: number): string {
  if (exit === null) return `did not answer within ${Math.round(within / 1000)} s`;
  return `ended while starting (${exit.signal ?? `exit code ${exit.code}`})`;
}
