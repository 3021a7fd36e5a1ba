import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig, type Config } from "#lib/config/config.ts";
import { names } from "#lib/contracts/topics.ts";
import type { StoredBar } from "#lib/contracts/stores.ts";
import { INTERVALS } from "#lib/domain/interval.ts";
import { createElasticsearch, type ElasticsearchConnection } from "#lib/elasticsearch/elasticsearch.ts";
import { createKafka } from "#lib/kafka/kafka.ts";
import { batchBars, type BatchBar } from "#test/support/batch-bars.ts";
import { engineEnvironment } from "#test/support/engines.ts";
import { lineBalance } from "#test/support/line-balance.ts";
import { binanceRecording, type Recording } from "#test/support/recordings.ts";
import { removeFolder, scratchFolder } from "#test/support/scratch.ts";
import { eventually, finished, workerFolder, type WorkerFolder } from "#test/support/workers.ts";

const folder = scratchFolder();
const recording: Recording = binanceRecording(folder);
const expected = batchBars(recording.trades);
const source = recording.real ? "the Binance recordings" : "a generated recording (the real ones are absent)";

afterAll(() => removeFolder(folder));

describe(`${source}, played through the broker and the store`, () => {
  let config: Config;
  let elasticsearch: ElasticsearchConnection;
  let workers: WorkerFolder;

  beforeAll(async () => {
    const environment = engineEnvironment();
    config = readConfig(environment);
    elasticsearch = createElasticsearch(config);
    const kafka = createKafka(config);
    await Promise.all([kafka.createTopics(names(config.TAPEDECK_NAMESPACE), config), elasticsearch.createIndices()]);
    await kafka.close();
    workers = workerFolder(environment);
  });
  afterAll(async () => {
    await workers.close();
    await elasticsearch.close();
  });

  const play = (speed: string, wait: boolean) =>
    workers.start("replay", ["--format", "binance", "--speed", speed, ...(wait ? ["--wait"] : []), ...recording.files]);

  test("give exactly the bars of a batch computation, with the aggregate worker killed in the middle", async () => {
    const first = workers.start("aggregate");
    const replay = play("max", true);
    await eventually("the first bars in the store", 60_000, async () =>
      (await stored(elasticsearch)).size > expected.size / 20 ? true : null,
    );
    await first.kill();
    workers.start("aggregate");
    await finished(replay, "replay");
    expectSame(await stored(elasticsearch), expected);
  });

  test("give the same bars when they are played again: nothing counts twice", async () => {
    await finished(play("max", true), "replay");
    expectSame(await stored(elasticsearch), expected);
  });

  test("leave every line that was read counted once: applied, duplicate, corrected, held or dead", async () => {
    const balances = await eventually("the report of a worker that has read lines", 20_000, async () => {
      const reports = (await elasticsearch.sources.workers()).filter(({ role }) => role === "aggregate");
      const known = reports.map(lineBalance).filter(({ read }) => read > 0);
      return known.length > 0 ? known : null;
    });
    expect(balances.map(({ unaccounted }) => unaccounted)).toEqual(balances.map(() => 0));
  });
});

/** All built bars of the recording's symbols, by `symbol|interval|start`. */
async function stored(elasticsearch: ElasticsearchConnection): Promise<Map<string, StoredBar>> {
  const bars = new Map<string, StoredBar>();
  for (const symbol of new Set(recording.trades.map((trade) => trade.symbol))) {
    for (const interval of INTERVALS) {
      for await (const page of elasticsearch.bars.scan({ symbol, interval })) {
        for (const bar of page) if (!bar.given) bars.set(`${symbol}|${interval}|${bar.start}`, bar);
      }
    }
  }
  return bars;
}

const TOLERANCE = 1e-9;

function expectSame(actual: ReadonlyMap<string, StoredBar>, wanted: ReadonlyMap<string, BatchBar>): void {
  expect([...actual.keys()].toSorted()).toEqual([...wanted.keys()].toSorted());
  for (const [key, bar] of wanted) {
    const found = actual.get(key);
    if (!found || found.given) throw new Error(`${key} is not stored`);
    expect({
      key,
      open: found.open,
      high: found.high,
      low: found.low,
      close: found.close,
      trades: found.trades,
      final: found.final,
    }).toEqual({
      key,
      open: bar.open,
      high: bar.high,
      low: bar.low,
      close: bar.close,
      trades: bar.trades,
      final: true,
    });
    expect(near(found.volume, bar.volume), `${key} volume ${found.volume} for ${bar.volume}`).toBe(true);
    expect(near(found.vwap, bar.vwap), `${key} vwap ${found.vwap} for ${bar.vwap}`).toBe(true);
    expect(near(found.buyVolume, bar.buyVolume), `${key} buy volume`).toBe(true);
  }
}

const near = (a: number | null, b: number | null): boolean =>
  a === b || (a !== null && b !== null && Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(b)));
