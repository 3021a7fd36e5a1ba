import { afterAll, beforeAll, expect, test } from "vitest";
import { names } from "#lib/contracts/topics.ts";
import { partitionOf } from "#lib/domain/partition.ts";
import { engineEnvironment } from "#test/support/engines.ts";
import { startTestEngines, type TestEngines } from "#test/support/test-engines.ts";
import { latestLine } from "../unit/live/lines.ts";
import { listen, take } from "./api-client.ts";
import { startApi, type ApiHarness } from "./api-harness.ts";

let broker: TestEngines;
let api: ApiHarness;

beforeAll(async () => {
  broker = await startTestEngines(["Kafka"]);
  api = await startApi({ ...engineEnvironment(), KAFKA_BROKERS: broker.environment.KAFKA_BROKERS });
});

afterAll(async () => {
  await api.close();
  await broker.close();
});

test("while the broker is dead a page is told so over its open stream, and then goes on by itself", async () => {
  const leaving = new AbortController();
  const stream = listen(api.address, { quotes: "all", bars: [], prints: [] }, { signal: leaving.signal });
  await take(stream, ({ frame }) => frame.connected);
  const health = () => fetch(`${api.address}/api/health`).then((response) => response.json());
  await broker.kill("Kafka");
  await take(stream, ({ frame }) => !frame.connected);
  expect(await health()).toMatchObject({ status: "down", live: false, elasticsearch: true });

  await broker.start("Kafka");
  const producer = await api.kafka.producer();
  const partition = partitionOf("SIM:AAPL", api.config.TAPEDECK_PARTITIONS);
  const value = Buffer.from(JSON.stringify(latestLine(1)));
  await producer.send(names(api.config.TAPEDECK_NAMESPACE).latest, [{ partition, value }]);
  const { frame } = await take(stream, (received) => received.frame.quotes.length > 0);
  expect(frame).toMatchObject({ connected: true, quotes: [{ symbol: "SIM:AAPL", last: 101 }] });
  expect(await health()).toMatchObject({ live: true });
  leaving.abort();
});
