import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * What tells a process from a later one with the same number: the moment it was started, in whatever words the system has
 * for it. Null when there is no such process.
 */
export function processIdentity(pid: number): string | null {
  if (process.platform !== "linux") {
    const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
    return stdout.trim() === "" ? null : stdout.trim();
  }
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const ticks = startTicks(readFileSync(`/proc/${pid}/stat`, "utf8"));
    return ticks === null ? null : `${boot} ${ticks}`;
  } catch {
    return null;
  }
}

/**
 * Field 22 of /proc/‹pid›/stat, counted after the name, which may itself contain spaces and parentheses. Null for a process
 * that has ended and whose parent has not looked yet: in a container that can be for ever.
 */
export function startTicks(stat: string): string | null {
  const [state, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return state === "Z" || state === "X" ? null : (rest[18] ?? null);
}

/** The process that started another one, where that costs nothing to know (Linux); null elsewhere and for none. */
export function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return null;
  }
}
