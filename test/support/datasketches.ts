import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findJdk } from "#infra/engines/java.ts";
import { findMaven } from "#infra/engines/maven.ts";
import { HyperLogLog } from "#lib/domain/sketches/hyper-log-log.ts";

const TOOL = join(import.meta.dirname, "../tools/datasketches");
/** DataSketches 9 needs it. */
const JAVA = 25;

export const KINDS = ["text", "integer"] as const;
export type Kind = (typeof KINDS)[number];

/** Adds items as Vectors.java does. */
export function addItems(sketch: HyperLogLog, kind: Kind, from: number, to: number): HyperLogLog {
  for (let item = from; item < to; item++) {
    if (kind === "text") sketch.addText(`item ${item}${item % 3 === 0 ? " é" : ""}`);
    else sketch.addInteger(item * 1_000_003 - 500_000_000);
  }
  return sketch;
}

/** What the official library estimates: of its own sketch, of ours that it read, of the union of both. */
export interface OfficialEstimate {
  kind: Kind;
  count: number;
  theirs: number;
  ours: number;
  union: number;
}

export interface Official {
  estimates: OfficialEstimate[];
  /** A file that the library wrote. */
  read: (what: "theirs" | "updatable" | "continued", kind: Kind, count: number) => Uint8Array;
}

/** Why the official library cannot run here; null when it can. */
export function officialIsMissing(): string | null {
  const jdk = findJdk();
  if (!jdk || jdk.major < JAVA) return `it needs a JDK ${JAVA} or newer`;
  return findMaven() === null ? "it needs Maven" : null;
}

/** Writes our sketches into `folder` and lets the official library read them, go on with them and write its own. */
export function runOfficial(folder: string, counts: readonly number[]): Official {
  const jdk = findJdk();
  if (!jdk) throw new Error("no JDK");
  for (const kind of KINDS) {
    for (const count of counts) {
      writeFileSync(join(folder, `ours-${kind}-${count}.bin`), addItems(new HyperLogLog(), kind, 0, count).encode());
    }
  }
  const libraries = join(folder, "libraries");
  const maven = ["-B", "-q", "--no-transfer-progress", "-f", join(TOOL, "pom.xml"), `-Dtarget=${folder}`];
  const environment = { ...process.env, JAVA_HOME: jdk.home };
  execFileSync("mvn", [...maven, "dependency:copy-dependencies@libraries"], { env: environment, stdio: "pipe" });
  const java = ["-cp", join(libraries, "*"), join(TOOL, "Vectors.java"), folder, ...counts.map(String)];
  const lines = execFileSync(join(jdk.home, "bin/java"), java, { encoding: "utf8" });
  return {
    estimates: lines
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as OfficialEstimate),
    read: (what, kind, count) => new Uint8Array(readFileSync(join(folder, `${what}-${kind}-${count}.bin`))),
  };
}
