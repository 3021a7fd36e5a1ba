import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface Usage {
  /** User and system time of all threads since the process began, seconds. */
  cpuSeconds: number;
  residentBytes: number;
}

let ticksPerSecond: Promise<number> | undefined;

/** CPU time and resident memory of a live process, read from /proc (Linux). */
export async function processUsage(pid: number): Promise<Usage> {
  ticksPerSecond ??= run("getconf", ["CLK_TCK"]).then(({ stdout }) => Number(stdout));
  const [stat, status, hertz] = await Promise.all([
    readFile(`/proc/${pid}/stat`, "utf8"),
    readFile(`/proc/${pid}/status`, "utf8"),
    ticksPerSecond,
  ]);
  // The command may contain spaces: the fields begin after its closing bracket; utime and stime are the 12th and 13th behind it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const resident = /^VmRSS:\s+(\d+) kB/m.exec(status);
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / hertz,
    residentBytes: Number(resident?.[1] ?? 0) * 1024,
  };
}
