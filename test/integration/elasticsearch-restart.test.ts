import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "#lib/config/config.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import { createElasticsearch, type ElasticsearchConnection } from "#lib/elasticsearch/elasticsearch.ts";
import { windowDocument, windowItem } from "#test/support/stored-bars.ts";
import { startTestEngines, type TestEngines } from "#test/support/test-engines.ts";
import { until } from "#test/support/until.ts";

const START = Date.UTC(2026, 10, 2) * 1000;
const symbolOf = (index: number): string => `SIM:S${index % 20}`;
const startOf = (index: number): number => START + Math.floor(index / 20) * MINUTE;
let engines: TestEngines;
let store: ElasticsearchConnection;

beforeAll(async () => {
  engines = await startTestEngines(["Elasticsearch"]);
  store = createElasticsearch(readConfig({ ...engines.environment, TAPEDECK_LOG_LEVEL: "error" }));
  await store.createIndices();
});
afterAll(async () => {
  await store.close();
  await engines.close();
});

test("over a kill -9 of the server every round ends, nothing is lost, nothing is doubled, and older never replaces newer", async () => {
  const { engineStore } = store;
  const PER_ROUND = 400;
  const ROUNDS = 30;
  // Each round rewrites half of the windows of the one before: conflicts and news are mixed when requests are repeated.
  const write = (round: number): Promise<void> => {
    const first = (round * PER_ROUND) / 2;
    const items = Array.from({ length: PER_ROUND }, (_, index) => {
      const document = windowDocument(symbolOf(first + index), startOf(first + index), {
        position: round + 1,
        trades: round,
      });
      return windowItem(document);
    });
    return engineStore.write(items);
  };
  let done = 0;
  const writing = (async () => {
    for (let round = 0; round < ROUNDS; round += 3) {
      // Several rounds at once, in no order that the server would have to keep.
      await Promise.all([round + 2, round, round + 1].map(write));
      done += 3;
      await sleep(30);
    }
  })();
  await until(() => done >= 6);
  await engines.kill("Elasticsearch");
  await expect(store.ready()).resolves.toBe(false);
  await expect(store.tickers.list()).rejects.toMatchObject({ code: "UNAVAILABLE" });
  const reading = engineStore.readWindows([{ symbol: symbolOf(0), interval: "1m", start: START }]);
  await engines.start("Elasticsearch");
  await writing;
  await expect(reading).resolves.toMatchObject([{ symbol: symbolOf(0) }]);

  const count = (ROUNDS * PER_ROUND) / 2 + PER_ROUND / 2;
  const keys = Array.from({ length: count }, (_, index) => ({
    symbol: symbolOf(index),
    interval: "1m" as const,
    start: startOf(index),
  }));
  const stored = await engineStore.readWindows(keys);
  const expected = keys.map((_, index) => Math.min(ROUNDS - 1, Math.floor(index / (PER_ROUND / 2))));
  expect(stored.map((window) => window?.trades)).toEqual(expected);
  let found = 0;
  await fetch(`${engines.environment.ELASTICSEARCH_URL}/bars-1m/_refresh`, { method: "POST" });
  for (let symbol = 0; symbol < 20; symbol += 1) {
    for await (const page of store.bars.scan({ symbol: symbolOf(symbol), interval: "1m" })) found += page.length;
  }
  expect(found).toBe(count);
});

test("an engine store that is closed gives up waiting for a server that is gone", async () => {
  const other = createElasticsearch(
    readConfig({ ELASTICSEARCH_URL: "http://127.0.0.1:9", TAPEDECK_LOG_LEVEL: "error" }),
  );
  const reading = other.engineStore.readCheckpoint("ticks", 0);
  const writing = other.engineStore.write([windowItem(windowDocument("SIM:A", START))]);
  const both = Promise.allSettled([reading, writing]);
  await sleep(50);
  await other.close();
  await expect(both).resolves.toMatchObject([{ reason: { code: "UNAVAILABLE" } }, { reason: { code: "UNAVAILABLE" } }]);
});
