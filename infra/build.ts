import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TapedeckError } from "#lib/errors.ts";
import { hashSources } from "./sources-hash.ts";

const ROOT = join(import.meta.dirname, "..");

/** Whether the folder holds pages built from exactly these sources. */
export function isBuilt(folder: string): boolean {
  const stamp = join(ROOT, folder, "tapedeck-sources");
  return existsSync(stamp) && readFileSync(stamp, "utf8") === hashSources(ROOT);
}

/** Builds the pages unless they are built; says whether it had to. Throws REJECTED with the last lines when the build fails. */
export async function buildPages(folder: string, signal: AbortSignal): Promise<boolean> {
  if (isBuilt(folder)) return false;
  const stamp = join(ROOT, folder, "tapedeck-sources");
  const sources = hashSources(ROOT);
  rmSync(stamp, { force: true });
  const next = join(ROOT, "node_modules/next/dist/bin/next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NO_COLOR: "1",
      TAPEDECK_BUILD: folder,
    },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true, // Ctrl-C in the terminal reaches only us
    signal,
  });
  let tail = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      tail = (tail + chunk.toString()).slice(-6000);
    });
  }
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on("error", reject);
  child.on("close", resolve);
  const code = await promise;
  if (code !== 0) {
    throw new TapedeckError("REJECTED", `next build failed (exit code ${code}). Its last lines:\n${tail.trim()}`);
  }
  writeFileSync(stamp, sources);
  return true;
}
