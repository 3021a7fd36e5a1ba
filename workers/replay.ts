import { hostname } from "node:os";
import { kafkaBrokers, readConfig, elasticsearchUrl, type Config } from "#lib/config/config.ts";
import { systemClock as clock } from "#lib/collector/clock.ts";
import { parseReplayArguments, REPLAY_HELP, type ReplayArguments } from "#lib/collector/replay/arguments.ts";
import { runReplay, type ReplayOutcome } from "#lib/collector/replay/run-replay.ts";
import { createTerminal } from "#lib/collector/replay/terminal.ts";
import { names } from "#lib/contracts/topics.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { errorCode, errorMessage, TapedeckError } from "#lib/errors.ts";
import { readRecording } from "#lib/feeds/recording/read-recording.ts";
import { createKafka, type KafkaConnection } from "#lib/kafka/kafka.ts";
import { createLog } from "#lib/log.ts";
import { abortSignal, onShutdown, shutDown } from "#lib/shutdown.ts";

/** Plays recordings: `npm run replay -- --help`. */

const EXIT_CODES: Readonly<Record<ReplayOutcome, number>> = { played: 0, interrupted: 1, "not stored": 3 };
const terminal = createTerminal(process.stdout);

try {
  const wanted = parseReplayArguments(process.argv.slice(2));
  if (wanted === null) terminal.say(REPLAY_HELP);
  else await replay(wanted, readConfig(process.env));
} catch (error) {
  terminal.end();
  process.stderr.write(`${errorMessage(error)}\n`);
  await shutDown("the recording was not played", errorCode(error) === "BAD_INPUT" ? 2 : 1);
}

async function replay(wanted: ReplayArguments, config: Config): Promise<void> {
  const kafka = createKafka(config, createLog("replay", "error"));
  const elasticsearch = createElasticsearch(config);
  const topic = names(config.TAPEDECK_NAMESPACE).ticks;
  const ends = (): ReturnType<KafkaConnection["topicEnds"]> => kafka.topicEnds(topic);
  const signal = abortSignal();
  onShutdown("connections", async () => {
    await Promise.all([kafka.close(), elasticsearch.close()]);
  });
  const isReady = await Promise.all([ends().then(Boolean, () => false), elasticsearch.ready()]);
  const silent = [kafkaBrokers(config).join(","), elasticsearchUrl(config)].filter(
    (_, index) => isReady[index] !== true,
  );
  if (silent.length > 0) {
    throw new TapedeckError("UNAVAILABLE", `Nothing answers at ${silent.join(" and ")}: start with npm start first.`);
  }
  const { tickers, sources, latest, bars } = elasticsearch;
  const producer = await kafka.producer();
  const worker = `replay-${hostname().slice(0, 40)}-${process.pid}`;
  const read = (): ReturnType<typeof readRecording> => readRecording(wanted);
  const ports = { worker, read, producer, topic, ends, tickers, sources, latest, bars, clock, signal };
  const running = runReplay(wanted, { ...ports, progress: terminal.progress, say: terminal.say });
  onShutdown("playing", async () => {
    const outcome = await running.catch(() => null);
    if (outcome === "interrupted") throw new Error("the recording was not played to its end");
  });
  const outcome = await running;
  terminal.end();
  await shutDown("played", EXIT_CODES[outcome]);
}
