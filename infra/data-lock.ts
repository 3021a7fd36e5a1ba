import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { TapedeckError } from "#lib/errors.ts";
import { sendSignal } from "./engines/child.ts";
import { processIdentity } from "./process-identity.ts";

const processSchema = z.object({ pid: z.int().positive(), identity: z.string() });
const contentSchema = z.object({ owner: processSchema, children: z.record(z.string(), processSchema) });
type Content = z.infer<typeof contentSchema>;

export interface DataLock {
  /** Notes which process carries a name, so that a later start finds what this one left behind if it is killed. */
  record(name: string, pid: number | null): void;
  release(): void;
}

export const LOCK_FILE = "running.json";

/**
 * Takes the data folder for this process. Throws REFUSED, naming the process, while another one has it. What a killed
 * owner left behind is stopped first.
 */
export async function lockDataFolder(folder: string, say: (line: string) => void): Promise<DataLock> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, LOCK_FILE);
  const content: Content = { owner: describe(process.pid), children: {} };
  while (!createExclusively(file, content)) {
    const holder = read(file);
    if (holder !== null && isAlive(holder.owner)) throw heldBy(folder, holder.owner.pid);
    // Only one of two that find the same stale file can rename it away.
    const stale = `${file}.stale-${process.pid}`;
    try {
      renameSync(file, stale);
    } catch {
      continue;
    }
    const left = read(stale);
    rmSync(stale, { force: true });
    if (left !== null) await stopLeftovers(left, say);
  }
  return {
    record: (name, pid) => {
      if (pid === null) delete content.children[name];
      else content.children[name] = describe(pid);
      const next = `${file}.next`;
      writeFileSync(next, JSON.stringify(content));
      renameSync(next, file);
    },
    release: () => rmSync(file, { force: true }),
  };
}

function describe(pid: number): Content["owner"] {
  return { pid, identity: processIdentity(pid) ?? "gone" };
}

function createExclusively(file: string, content: Content): boolean {
  try {
    writeFileSync(file, JSON.stringify(content), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function read(file: string): Content | null {
  try {
    return contentSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null; // gone, or cut short by a crash while it was written: as good as stale
  }
}

function isAlive({ pid, identity }: Content["owner"]): boolean {
  return processIdentity(pid) === identity;
}

async function stopLeftovers({ children }: Content, say: (line: string) => void): Promise<void> {
  for (const [name, child] of Object.entries(children)) {
    if (!isAlive(child)) continue;
    say(`stopping ${name} (process ${child.pid}), left behind by a start that was killed`);
    sendSignal(child.pid, "SIGTERM");
    const deadline = performance.now() + 30_000;
    while (isAlive(child) && performance.now() < deadline) await sleep(100);
    if (isAlive(child)) sendSignal(-child.pid, "SIGKILL");
  }
}

function heldBy(folder: string, pid: number): TapedeckError {
  return new TapedeckError(
    "REFUSED",
    `Another Tapedeck (process ${pid}) runs on the data folder ${folder}. Stop it, or give this one a folder and ports of its own: ` +
      "npm start -- --data .tapedeck-2 --port 3001 --local-kafka-port 19094 --local-elasticsearch-port 19202",
  );
}
