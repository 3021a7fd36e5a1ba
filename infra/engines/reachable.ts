import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { TapedeckError } from "#lib/errors.ts";

/** Elasticsearch refuses to run as root; this is `nobody`. */
export const NOBODY = 65_534;

/** Whether some folder on the way to `path` (which need not exist yet) does not let `nobody` pass. */
export function closedTo(path: string): boolean {
  if (!existsSync(path)) return closedTo(dirname(path));
  for (let folder = realpathSync(path); ; folder = dirname(folder)) {
    const { mode, uid } = statSync(folder);
    const isOwn = uid === NOBODY && (mode & 0o100) !== 0;
    if ((mode & 0o001) === 0 && !isOwn) return true;
    if (folder === dirname(folder)) return false;
  }
}

/** Least first: to pass and read anywhere, to write there as well. Containers often have only the second. */
const CAPABILITIES = [
  ["dac_read_search", 2n],
  ["dac_override", 1n],
] as const;

/** The least of our capabilities, by what /proc/self/status says, that leads through closed folders; null when we have none. */
export function passCapability(status: string): string | null {
  const held = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? "0"}`);
  return CAPABILITIES.find(([, bit]) => (held >> bit) & 1n)?.[0] ?? null;
}

/**
 * What `setpriv` needs so that `nobody` gets to folders below one that is closed, such as /root. Nothing where all are open.
 * Java asks by access(2), which ignores capabilities of whoever is not root unless that fixup is off.
 */
export function passageTo(paths: readonly string[]): string[] {
  const closed = paths.find(closedTo);
  if (closed === undefined) return [];
  const capability = passCapability(readFileSync("/proc/self/status", "utf8"));
  if (capability === null) {
    throw new TapedeckError(
      "BAD_CONFIGURATION",
      `Elasticsearch refuses to run as root and is started as nobody, who may not pass the folders above ${closed}. ` +
        "Open them (chmod o+x), move the project or TAPEDECK_DATA elsewhere, or run npm start as another user.",
    );
  }
  return ["--securebits=+no_setuid_fixup", `--inh-caps=+${capability}`, `--ambient-caps=+${capability}`];
}
