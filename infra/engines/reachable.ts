import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** Whether some folder on the way to `path` (which need not exist yet) lets nobody but its owner and group pass. */
export function closedTo(path: string): boolean {
  if (!existsSync(path)) return closedTo(dirname(path));
  for (let folder = realpathSync(path); ; folder = dirname(folder)) {
    const { mode, uid } = statSync(folder);
    const isOwn = uid === 65_534 && (mode & 0o100) !== 0;
    if ((mode & 0o001) === 0 && !isOwn) return true;
    if (folder === dirname(folder)) return false;
  }
}
