import { expect, test } from "vitest";
import { kafkaAnswers } from "#infra/engines/kafka-probe.ts";
import { engineConfig } from "#test/support/engines.ts";
import { startTestEngines } from "#test/support/test-engines.ts";
import { elasticsearchUrl, kafkaBrokers } from "#lib/config/config.ts";

const soon = (): AbortSignal => AbortSignal.timeout(60_000);

test("the broker answers and knows itself", async () => {
  const [broker = ""] = kafkaBrokers(engineConfig());
  const [host = "", port = ""] = broker.split(":");
  await expect(kafkaAnswers(host, Number(port), soon())).resolves.toBe(true);
});

test("Elasticsearch is the pinned version and keeps a document", async () => {
  const config = engineConfig();
  const index = `${elasticsearchUrl(config)}/${config.TAPEDECK_NAMESPACE}-probe`;
  const put = await fetch(`${index}/_doc/1?refresh=true`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ word: "tape" }),
    signal: soon(),
  });
  expect(put.status).toBe(201);
  const found = await fetch(`${index}/_source/1`);
  await expect(found.json()).resolves.toEqual({ word: "tape" });
});

test("a killed broker comes back on its old port with its data", async () => {
  const engines = await startTestEngines(["Kafka"]);
  const [host = "", port = ""] = engines.environment.KAFKA_BROKERS.split(":");
  try {
    await engines.kill("Kafka");
    await expect(kafkaAnswers(host, Number(port), soon())).rejects.toThrow("ECONNREFUSED");
    await engines.start("Kafka");
    await expect(kafkaAnswers(host, Number(port), soon())).resolves.toBe(true);
  } finally {
    await engines.close();
  }
});
