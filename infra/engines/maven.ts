import { spawn } from "node:child_process";
import { join } from "node:path";
import { TapedeckError } from "#lib/errors.ts";
import { findInPath, type Jdk } from "./java.ts";

/** The executions of infra/pom.xml, each of which fetches one distribution. */
export const MAVEN_GOALS = {
  kafka: "dependency:copy-dependencies@kafka",
  elasticsearch: "dependency:copy@elasticsearch",
} as const;

export type Distribution = keyof typeof MAVEN_GOALS;

export function findMaven(): string | null {
  return findInPath("mvn");
}

/** Fetches distributions into `target` by infra/pom.xml. Throws UNAVAILABLE with Maven's last lines. */
export async function fetchByMaven(
  wanted: readonly Distribution[],
  target: string,
  jdk: Jdk,
  signal: AbortSignal,
): Promise<void> {
  const pom = join(import.meta.dirname, "..", "pom.xml");
  const goals = wanted.map((distribution) => MAVEN_GOALS[distribution]);
  const quiet = ["-B", "-C", "-q", "--no-transfer-progress", "-Dstyle.color=never"];
  const child = spawn("mvn", [...quiet, "-f", pom, `-Dtarget=${target}`, ...goals], {
    env: { ...process.env, JAVA_HOME: jdk.home },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  let tail = "";
  const collect = (chunk: Buffer): void => {
    tail = (tail + chunk.toString()).slice(-4000);
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on("error", reject);
  child.on("close", resolve);
  const code = await promise;
  if (code === 0) return;
  throw new TapedeckError(
    "UNAVAILABLE",
    `Maven could not fetch ${wanted.join(" and ")} (exit code ${code}). Check the connection, and the mirror in ~/.m2/settings.xml ` +
      `if you need one. Its last lines:\n${tail.trim().split("\n").slice(-8).join("\n")}`,
  );
}
