import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig, type Config } from "#lib/config/config.ts";
import type { ChannelDocument } from "#lib/contracts/sources.ts";
import { tickLineSchema, type TickLine } from "#lib/contracts/ticks.ts";
import type { Source, Ticker } from "#lib/contracts/tickers.ts";
import { names } from "#lib/contracts/topics.ts";
import { createElasticsearch, type ElasticsearchConnection } from "#lib/elasticsearch/elasticsearch.ts";
import { createKafka, type KafkaConnection } from "#lib/kafka/kafka.ts";
import type { Running } from "#infra/engines/engine.ts";
import { engineEnvironment } from "#test/support/engines.ts";
import { eventually, workerFolder, type WorkerFolder } from "#test/support/workers.ts";
import { ticker as tickerOf } from "#test/support/ticker.ts";

/** Nothing listens there. */
const NOWHERE = "ws://127.0.0.1:9";
const ENVIRONMENT = {
  SIMULATOR_RATE: "20",
  SIMULATOR_HALTS: "none",
  COINBASE_WEBSOCKET: NOWHERE,
  COINBASE_REST: "http://127.0.0.1:9",
  BINANCE_WEBSOCKET: NOWHERE,
  BINANCE_REST: "http://127.0.0.1:9",
};

let config: Config;
let kafka: KafkaConnection;
let elasticsearch: ElasticsearchConnection;
let workers: WorkerFolder;

const ticker = (symbol: string, source: Source, sourceSymbol: string): Ticker => {
  const now = Date.now() * 1_000;
  return tickerOf(symbol, { source, sourceSymbol, addedAt: now, updatedAt: now });
};

beforeAll(async () => {
  const environment = { ...engineEnvironment(), ...ENVIRONMENT };
  config = readConfig(environment);
  elasticsearch = createElasticsearch(config);
  kafka = createKafka(config);
  await Promise.all([kafka.createTopics(names(config.TAPEDECK_NAMESPACE), config), elasticsearch.createIndices()]);
  await elasticsearch.tickers.seed([
    ticker("SIM:AAPL", "simulator", "AAPL"),
    ticker("SIM:MSFT", "simulator", "MSFT"),
    ticker("COINBASE:BTC-USD", "coinbase", "BTC-USD"),
    ticker("BINANCE:BTCUSDT", "binance", "btcusdt"),
  ]);
  workers = workerFolder(environment);
  workers.start("aggregate"); // its watermarks say from where a gap has to be filled
});
afterAll(async () => {
  await workers.close();
  await kafka.close();
  await elasticsearch.close();
});

const channel = async (name: string): Promise<ChannelDocument | null> =>
  (await elasticsearch.sources.getChannel(name))?.document ?? null;

/** Everything in the log of ticks, each partition in its order. */
async function logged(): Promise<TickLine[]> {
  const topic = names(config.TAPEDECK_NAMESPACE).ticks;
  const lines: TickLine[] = [];
  for (const { partition, start, end } of await kafka.topicEnds(topic)) {
    for await (const records of kafka.readRange(topic, partition, start, end)) {
      for (const { value } of records) {
        for (const line of value.toString().split("\n")) lines.push(tickLineSchema.parse(JSON.parse(line)));
      }
    }
  }
  return lines;
}

const idsOf = (lines: readonly TickLine[], symbol: string): number[] =>
  [
    ...new Set(lines.flatMap((line) => (line.type === "trade" && line.symbol === symbol ? [line.id ?? -1] : []))),
  ].toSorted((a, b) => a - b);

describe("two ingest processes", () => {
  const running = new Map<string, Running>();

  test("share the channels of all sources; a source that cannot be reached says so and harms nothing", async () => {
    for (const name of ["one", "two"]) running.set(name, workers.start("ingest"));
    const channels = await eventually("three held channels, held by two", 30_000, async () => {
      const all = (await elasticsearch.sources.channels()).filter(({ holder }) => holder !== null);
      return all.length === 3 && new Set(all.map(({ holder }) => holder)).size === 2 ? all : null;
    });
    expect(channels.map(({ channel: name }) => name).toSorted()).toEqual(["binance-0", "coinbase-0", "simulator-0"]);
    await eventually("the simulator live, the others failed", 15_000, async () => {
      const states = await Promise.all(["simulator-0", "coinbase-0", "binance-0"].map(channel));
      return states[0]?.state === "live" && states.slice(1).every((each) => each?.state === "failed") ? true : null;
    });
    expect((await channel("coinbase-0"))?.reason).toMatch(/\S/);
  });

  test("follow a new ticker without a restart", async () => {
    await elasticsearch.tickers.create(ticker("SIM:NVDA", "simulator", "NVDA"));
    await eventually("the new ticker in the channel", 10_000, async () =>
      (await channel("simulator-0"))?.symbols === 3 ? true : null,
    );
    const ids = await eventually("its trades in the log", 20_000, async () => {
      const found = idsOf(await logged(), "SIM:NVDA");
      return found.length > 0 ? found : null;
    });
    expect(ids.at(-1)).toBe((ids[0] ?? 0) + ids.length - 1);
  });

  test("take over from each other when one is killed: no trade is missing", async () => {
    const before = await channel("simulator-0");
    const holder = [...running.values()].find(({ pid }) => before?.holder?.endsWith(`-${pid}`));
    await holder?.kill();
    const after = await eventually("the other one live", 20_000, async () => {
      const now = await channel("simulator-0");
      return now?.holder !== before?.holder && now?.state === "live" ? now : null;
    });
    expect(after.config).toBeGreaterThan(before?.config ?? Infinity);
    const known = idsOf(await logged(), "SIM:AAPL").length;
    // What fills the gap is sent before the channel is live, and may be on its way behind what comes live.
    await eventually("more trades, and none missing between them", 20_000, async () => {
      const ids = idsOf(await logged(), "SIM:AAPL");
      return ids.length > known && ids.at(-1) === (ids[0] ?? 0) + ids.length - 1 ? ids : null;
    });
  });

  test("give their channels back at the end", async () => {
    await Promise.all([...running.values()].map((each) => each.stop()));
    const holders = await Promise.all(["simulator-0", "coinbase-0", "binance-0"].map(channel));
    expect(holders.map((each) => each?.holder)).toEqual([null, null, null]);
  });
});
