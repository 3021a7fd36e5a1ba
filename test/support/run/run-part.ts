import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { sendSignal } from "#infra/engines/child.ts";
import type { Part } from "./parts.ts";
import { countReport, type Counts } from "./reports.ts";

export interface PartContext {
  root: string;
  /** Folder for reports. */
  scratch: string;
  say: (line: string) => void;
  signal: AbortSignal;
}

/** Milliseconds from the request to end until insistence: enough for engines to stop. */
const GRACE = 45_000;

/** Runs one part, its output as lines that name it, and says what it amounts to. */
export async function runPart(part: Part, context: PartContext): Promise<Counts> {
  const started = performance.now();
  const say = (line: string): void => context.say(`[${part.name}] ${line}`);
  const report = join(context.scratch, `${part.name}.json`);
  const deadline = AbortSignal.any([context.signal, AbortSignal.timeout(part.within)]);
  let succeeded = true;
  for (const [index, command] of part.commands.entries()) {
    const isLast = index === part.commands.length - 1;
    const options = isLast ? reporterOptions(part, report) : [];
    const environment = { ...part.environment?.(), PLAYWRIGHT_JSON_OUTPUT_FILE: report };
    succeeded &&= await runCommand([...command, ...options], environment, { ...context, say, signal: deadline });
  }
  if (deadline.aborted && !context.signal.aborted) say(`stopped after ${part.within / 1000} s`);
  const text = existsSync(report) ? readFileSync(report, "utf8") : null;
  const counts =
    part.counting === "command"
      ? { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 }
      : countReport(part.counting, text, succeeded);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${seconds} s`);
  return counts;
}

function reporterOptions(part: Part, report: string): string[] {
  if (part.counting === "vitest") return ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return part.counting === "playwright" ? ["--reporter=list,json"] : [];
}

async function runCommand(
  command: readonly string[],
  environment: Record<string, string>,
  context: PartContext,
): Promise<boolean> {
  const [program = "", ...args] = command;
  const child = spawn(join(context.root, "node_modules/.bin", program), args, {
    cwd: context.root,
    env: { ...process.env, ...environment, ...(process.stdout.isTTY ? {} : { NO_COLOR: "1" }) },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true, // a group of its own, to be ended as one
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream, crlfDelay: Infinity }).on("line", context.say);
  }
  return untilEnd(child, context);
}

async function untilEnd(child: ChildProcess, { signal, say }: PartContext): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  child.on("error", (error) => {
    say(error.message);
    resolve(false);
  });
  child.on("close", (code) => resolve(code === 0));
  const group = -(child.pid ?? 0);
  let insist: NodeJS.Timeout | undefined;
  const end = (): void => {
    if (group === 0) return;
    sendSignal(group, "SIGTERM");
    insist = setTimeout(() => sendSignal(group, "SIGKILL"), GRACE);
  };
  if (signal.aborted) end();
  signal.addEventListener("abort", end, { once: true });
  const succeeded = await promise;
  signal.removeEventListener("abort", end);
  clearTimeout(insist);
  if (group !== 0) sendSignal(group, "SIGKILL"); // whatever it left behind
  return succeeded && !signal.aborted;
}
