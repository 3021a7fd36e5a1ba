import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { chmod, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { TapedeckError } from "#lib/errors.ts";
import type { Jdk } from "./java.ts";
import { fetchByMaven, type Distribution } from "./maven.ts";

export const KAFKA_VERSION = "4.4.0";
export const ELASTICSEARCH_VERSION = "9.5.4";
/** Of the archive on Maven Central, which serves no checksum of it. */
export const ELASTICSEARCH_SHA256 = "d9b0c28e08e499f6510b52ad66ec4bf9cdceab97cc28b3456989b8744b896934";
/** Of the list of its jars, as `sha256sum *.jar | sha256sum` prints it: one number for all of them, those it depends on too. */
export const KAFKA_SHA256 = "8e85e3c1589ae8ea1f91a492ae7c70bf232300728849518bf87f706e16834997";

/** Shared by everything that runs in this clone; nothing in it is ever written to after it was unpacked. */
export const DISTRIBUTIONS = join(import.meta.dirname, "..", "..", ".tapedeck", "distributions");

const FOLDERS: Readonly<Record<Distribution, string>> = {
  kafka: join(DISTRIBUTIONS, `kafka-${KAFKA_VERSION}`),
  elasticsearch: join(DISTRIBUTIONS, `elasticsearch-${ELASTICSEARCH_VERSION}`),
};

/** Where a distribution lies, or will. */
export function distributionFolder(distribution: Distribution): string {
  return FOLDERS[distribution];
}

/**
 * Sees to it that the wanted distributions are there: those that are not are fetched, checked and unpacked beside their
 * place, then renamed into it, so that two processes may do this at once and a half-done one leaves nothing behind.
 */
export async function provideDistributions(
  wanted: readonly Distribution[],
  jdk: Jdk,
  signal: AbortSignal,
): Promise<void> {
  const missing = wanted.filter((distribution) => !existsSync(FOLDERS[distribution]));
  if (missing.length === 0) return;
  const download = join(DISTRIBUTIONS, `download-${process.pid}`);
  await mkdir(download, { recursive: true, mode: 0o755 });
  try {
    await fetchByMaven(missing, download, jdk, signal);
    if (missing.includes("kafka")) {
      await verifyJars(join(download, "kafka"), KAFKA_SHA256);
      await moveInto(join(download, "kafka"), FOLDERS.kafka);
    }
    if (missing.includes("elasticsearch"))
      await moveInto(await unpackElasticsearch(download, jdk), FOLDERS.elasticsearch);
  } finally {
    await rm(download, { recursive: true, force: true });
  }
}

async function moveInto(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error; // otherwise another process was faster with the same content
  }
}

async function unpackElasticsearch(download: string, jdk: Jdk): Promise<string> {
  const archive = join(download, `elasticsearch-${ELASTICSEARCH_VERSION}.zip`);
  await verifySha256(archive, ELASTICSEARCH_SHA256);
  await promisify(execFile)(join(jdk.home, "bin/jar"), ["xf", archive], { cwd: download });
  const folder = join(download, `elasticsearch-${ELASTICSEARCH_VERSION}`);
  const programs = await readdir(join(folder, "bin"));
  await Promise.all(programs.map((name) => chmod(join(folder, "bin", name), 0o755))); // `jar` drops the run bits
  return folder;
}

/** Throws REFUSED when the file is another one than the pinned. */
export async function verifySha256(file: string, expected: string): Promise<void> {
  const found = await sha256Of(file);
  if (found !== expected) throw notPinned(file, found, expected, "org/elasticsearch");
}

/** Throws REFUSED when the jars of a folder are others than the pinned: their names or their bytes. */
export async function verifyJars(folder: string, expected: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".jar")).toSorted();
  const list = createHash("sha256");
  for (const name of names) list.update(`${await sha256Of(join(folder, name))}  ${name}\n`);
  const found = list.digest("hex");
  if (found !== expected) throw notPinned(`${names.length} jars in ${folder}`, found, expected, "org/apache/kafka");
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

function notPinned(what: string, found: string, expected: string, group: string): TapedeckError {
  return new TapedeckError(
    "REFUSED",
    `${what}: the sha256 is ${found}, not the pinned ${expected}; damaged or replaced on the way. Delete it from Maven's ` +
      `repository (~/.m2/repository/${group}) and try again; if it stays so, do not run it.`,
  );
}
