import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface AdminPassword {
  password: string;
  /** The file that keeps it, null where it came from outside. */
  file: string | null;
  /** It was made just now: the only time that it is printed. */
  isNew: boolean;
}

/** The given password, or the one kept in the data folder, which only its owner can read; made where there is none yet. */
export function adminPassword(folder: string, given: string | undefined): AdminPassword {
  if (given !== undefined) return { password: given, file: null, isNew: false };
  const file = join(folder, "admin-password");
  if (existsSync(file)) return { password: readFileSync(file, "utf8").trim(), file, isNew: false };
  const password = randomBytes(12).toString("base64url");
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return { password, file, isNew: true };
}
