import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const BYTES = 32;

/** The installation's random secret, kept in its data folder readable by its owner only; made at the first start. */
export async function sessionSecret(folder: string): Promise<Buffer> {
  const path = join(folder, "session-secret");
  await mkdir(folder, { recursive: true });
  // Two processes that start together: the one that comes second reads what the first wrote.
  await writeFile(path, randomBytes(BYTES).toString("hex"), { flag: "wx", mode: 0o600 }).catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  });
  const secret = Buffer.from((await readFile(path, "utf8")).trim(), "hex");
  return secret.length === BYTES ? secret : randomBytes(BYTES);
}
