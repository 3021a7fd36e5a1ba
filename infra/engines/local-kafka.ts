import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { delimiter } from "node:path";
import { promisify } from "node:util";
import { endsWithParent, startChild, untilReady } from "./child.ts";
import type { Service } from "./engine.ts";
import type { Jdk } from "./java.ts";
import { kafkaAnswers } from "./kafka-probe.ts";

export interface LocalKafkaOptions {
  /** Everything of this broker lies here. */
  folder: string;
  /** The jars of the distribution. */
  libraries: string;
  jdk: Jdk;
  port: number;
  controllerPort: number;
  /** C1 only: up in half the time, for tests; too slow under load. */
  fastStart: boolean;
  /** Where this is one of several brokers: its number, and the controllers' ports of all, its own among them. */
  member?: { id: number; cluster: string; controllerPorts: readonly number[] };
}

/** One broker that is its own controller, as a child process. Its data outlives it. */
export function localKafka(options: LocalKafkaOptions): Service {
  return {
    name: "Kafka",
    async start(signal, launched) {
      await prepare(options);
      const running = startChild({
        name: "Kafka",
        command: [
          ...endsWithParent(),
          ...(await java(options, ["-Xms256m", "-Xmx256m"])),
          "kafka.Kafka",
          properties(options),
        ],
        cwd: options.folder,
        env: { PATH: process.env["PATH"] },
        logFile: join(options.folder, "console.log"),
        stopWithin: 15_000,
      });
      launched?.(running);
      const probe = (attempt: AbortSignal): Promise<boolean> => kafkaAnswers("127.0.0.1", options.port, attempt);
      await untilReady(running, { name: "Kafka", probe, every: 100, within: 90_000 }, signal);
      return running;
    },
  };
}

const properties = (options: LocalKafkaOptions): string => join(options.folder, "server.properties");

async function java(options: LocalKafkaOptions, memory: readonly string[]): Promise<string[]> {
  const names = await readdir(options.libraries);
  const jars = names.filter((name) => name.endsWith(".jar")).toSorted();
  return [
    join(options.jdk.home, "bin/java"),
    ...memory,
    "-XX:+UseSerialGC",
    ...(options.fastStart ? ["-XX:TieredStopAtLevel=1"] : []),
    "-XX:+ExitOnOutOfMemoryError",
    `-Dlog4j2.configurationFile=${join(options.folder, "log4j2.properties")}`,
    "-cp",
    jars.map((name) => join(options.libraries, name)).join(delimiter),
  ];
}

async function prepare(options: LocalKafkaOptions): Promise<void> {
  const data = join(options.folder, "data");
  await mkdir(data, { recursive: true });
  await writeFile(properties(options), serverProperties(options, data));
  await writeFile(join(options.folder, "log4j2.properties"), loggingProperties(options.folder));
  if (existsSync(join(data, "meta.properties"))) return;
  await rm(data, { recursive: true, force: true }); // half a format, never data: the file above is written with it
  await mkdir(data);
  const cluster = options.member?.cluster ?? randomBytes(16).toString("base64url");
  const [program = "", ...args] = await java({ ...options, fastStart: true }, ["-Xmx128m"]);
  // Joined by "=": an id may begin with "-".
  const format = [
    "kafka.tools.StorageTool",
    "format",
    ...(options.member ? [] : ["--standalone"]),
    `--cluster-id=${cluster}`,
    "-c",
    properties(options),
  ];
  await promisify(execFile)(program, [...args, ...format], { cwd: options.folder });
}

/** The whole configuration of the broker. */
export function serverProperties(
  { port, controllerPort, member }: Pick<LocalKafkaOptions, "port" | "controllerPort" | "member">,
  data: string,
): string {
  const listeners = `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`;
  const replicas = member ? member.controllerPorts.length : 1;
  const inSync = Math.max(1, replicas - 1);
  const voters = member?.controllerPorts.map((each, index) => `${index + 1}@127.0.0.1:${each}`).join(",");
  return [
    "process.roles=broker,controller",
    `node.id=${member?.id ?? 1}`,
    voters === undefined
      ? `controller.quorum.bootstrap.servers=127.0.0.1:${controllerPort}`
      : `controller.quorum.voters=${voters}`,
    "controller.listener.names=CONTROLLER",
    `listeners=${listeners}`,
    `advertised.listeners=${listeners}`,
    "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    `log.dirs=${data}`,
    "auto.create.topics.enable=false",
    `offsets.topic.replication.factor=${replicas}`,
    "offsets.topic.num.partitions=4",
    `transaction.state.log.replication.factor=${replicas}`,
    `transaction.state.log.min.isr=${inSync}`,
    `share.coordinator.state.topic.replication.factor=${replicas}`,
    `share.coordinator.state.topic.min.isr=${inSync}`,
    "group.initial.rebalance.delay.ms=0",
    // A killed broker may come back when its old session has ended: 9 s by default.
    "broker.session.timeout.ms=4000",
    "broker.heartbeat.interval.ms=1000",
    // Another controller takes over within a second or two.
    ...(member ? ["controller.quorum.fetch.timeout.ms=1000", "controller.quorum.election.timeout.ms=500"] : []),
    "log.segment.bytes=134217728",
    "log.cleaner.dedupe.buffer.size=8388608",
    "",
  ].join("\n");
}

/** At most four files of 10 MB; what is worse than a warning also goes to the console, whose end is shown when it dies. */
function loggingProperties(folder: string): string {
  return [
    "appender.file.type=RollingFile",
    "appender.file.name=file",
    `appender.file.fileName=${join(folder, "logs", "server.log")}`,
    `appender.file.filePattern=${join(folder, "logs", "server.log.%i")}`,
    "appender.file.layout.type=PatternLayout",
    "appender.file.layout.pattern=%d{ISO8601} %p %m (%c)%n",
    "appender.file.policies.type=Policies",
    "appender.file.policies.size.type=SizeBasedTriggeringPolicy",
    "appender.file.policies.size.size=10MB",
    "appender.file.strategy.type=DefaultRolloverStrategy",
    "appender.file.strategy.max=3",
    "appender.console.type=Console",
    "appender.console.name=console",
    "appender.console.layout.type=PatternLayout",
    "appender.console.layout.pattern=%p %m%n%throwable{short.message}",
    "appender.console.filter.threshold.type=ThresholdFilter",
    "appender.console.filter.threshold.level=error",
    "rootLogger.level=info",
    "rootLogger.appenderRef.file.ref=file",
    "rootLogger.appenderRef.console.ref=console",
    "",
  ].join("\n");
}
