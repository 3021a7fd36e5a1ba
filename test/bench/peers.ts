import { execFile } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { findJdk, type Jdk } from "#infra/engines/java.ts";
import { removeFolder, scratchFolder } from "#test/support/scratch.ts";
import type { TestEngines } from "#test/support/test-engines.ts";
import { aggregateThroughput, benchWorkload } from "./aggregate.ts";
import type { Figure } from "./figures.ts";
import { workload } from "./workload.ts";

const run = promisify(execFile);

const FOLDER = join(import.meta.dirname, "peers");
const BUILT = join(import.meta.dirname, "../../.tapedeck/peers");
/** What Flink's serialisers look into. */
const OPENS = ["java.util", "java.lang", "java.util.concurrent", "java.lang.reflect", "java.nio", "java.time"];
const TRADE = '{"type":"trade"';

interface PeerReport {
  trades: number;
  nanoseconds: number;
  updates: number;
  residentMebibytes: number;
}

/**
 * The engine, Kafka Streams (memory stores with changelog topics, updates each 250 ms) and Flink (five windows, a checkpoint every two
 * seconds) one after the other over the same trades, each by the CPU seconds of its whole process once a fifth is done. The peers store
 * no bars and keep no sketches; Flink reads a file.
 */
export async function peers(engines: TestEngines, trades: number): Promise<Figure[]> {
  const jdk = findJdk();
  if (!jdk) throw new Error("The peers need a JDK 21 or newer and Maven");
  const folder = scratchFolder();
  try {
    await run("mvn", ["-B", "-q", "--no-transfer-progress", "-f", join(FOLDER, "pom.xml"), "compile"], {
      env: { ...process.env, JAVA_HOME: jdk.home },
    });
    const file = join(folder, "trades.ndjson");
    await pipeline(Readable.from(tradeLines(trades)), createWriteStream(file));
    const [engine] = await aggregateThroughput(engines, { trades, symbols: 1000, workers: 1, isRestarted: false });
    const broker = engines.environment.KAFKA_BROKERS;
    await java(jdk, "LoadTopic", [broker, "peers-trades", file]);
    const streams = rate(await java(jdk, "StreamsBars", [broker, "peers-trades", String(trades)]));
    const flink = rate(await java(jdk, "FlinkBars", [file, String(trades)]));
    const own = engine?.value ?? Number.NaN;
    const unit = "ticks per CPU second";
    return [
      { name: "engine ticks per CPU second", value: own, unit, aim: "≥ 300000" },
      { name: "kafka streams, changelog", value: streams, unit, aim: null },
      { name: "flink, five windows, checkpoints", value: flink, unit, aim: null },
      { name: "ratio kafka streams", value: own / streams, unit: "times", aim: "≥ 6" },
      { name: "ratio flink", value: own / flink, unit: "times", aim: "≥ 2.5" },
    ];
  } finally {
    removeFolder(folder);
  }
}

/** In the order of arrival, without what only our engine reads. */
function* tradeLines(trades: number): Generator<string> {
  for (const frames of workload(benchWorkload({ trades, symbols: 1000, partitions: 1 }))) {
    for (const { value } of frames) {
      const lines = value.toString().split("\n");
      for (const line of lines) if (line.startsWith(TRADE)) yield `${line}\n`;
    }
  }
}

const rate = ({ trades, nanoseconds }: PeerReport): number => (trades * 1e9) / nanoseconds;

async function java(jdk: Jdk, name: string, args: readonly string[]): Promise<PeerReport> {
  const opens = OPENS.map((each) => `--add-opens=java.base/${each}=ALL-UNNAMED`);
  const path = `${join(BUILT, "classes")}:${join(BUILT, "libraries")}/*`;
  const command = ["-Xmx2g", ...opens, "-cp", path, `tapedeck.peers.${name}`, ...args];
  const { stdout } = await run(join(jdk.home, "bin/java"), command, { maxBuffer: 1 << 24 });
  return JSON.parse(stdout.split("\n").findLast((line) => line.startsWith("{")) ?? "{}") as PeerReport; // our own Usage.java
}
