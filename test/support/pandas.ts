import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { removeFolder } from "./scratch.ts";

const ROOT = join(import.meta.dirname, "../..");
const PACKAGES = ["pandas==3.1.1", "pyarrow==26.0.1"] as const;
/** Made once, like the engines' distributions. */
const FOLDER = join(ROOT, ".tapedeck/distributions", PACKAGES[0].replace("==", "-"));
const READ = join(ROOT, "test/tools/pandas/read.py");

/** What pandas makes of a file of bars. */
export interface Frame {
  rows: number;
  columns: string[];
  utc: boolean;
  first: string;
  step: number;
  close: number;
  unknown: number;
  final: boolean;
}

/** Makes a Python with pandas where there is none yet. Null when it is there, else why it cannot be. */
export function preparePandas(): string | null {
  if (existsSync(FOLDER)) return null;
  const making = `${FOLDER}-${process.pid}`;
  try {
    mkdirSync(join(FOLDER, ".."), { recursive: true });
    execFileSync("python3", ["-m", "venv", making], { stdio: "pipe" });
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...PACKAGES];
    execFileSync(join(making, "bin/python"), pip, { stdio: "pipe", timeout: 100_000 });
    renameSync(making, FOLDER);
    return null;
  } catch (error) {
    removeFolder(making);
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return missing ? "it needs Python" : "Python cannot install pandas here";
  }
}

/** Lets pandas read the bars of a query from a server of ours. */
export async function readByPandas(address: string, query: string): Promise<{ csv: Frame; parquet: Frame }> {
  const { stdout } = await promisify(execFile)(join(FOLDER, "bin/python"), [READ, address, query]);
  return JSON.parse(stdout) as { csv: Frame; parquet: Frame };
}
