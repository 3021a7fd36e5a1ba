import { createServer, Socket, type AddressInfo } from "node:net";
import type { Admin } from "kafkajs";
import { expect, test, vi } from "vitest";
import { readConfig } from "#lib/config/config.ts";
import { names } from "#lib/contracts/topics.ts";
import { createClient, type KafkaClient } from "#lib/kafka/client.ts";
import { createTopics } from "#lib/kafka/topics.ts";
import { createLog } from "#lib/log.ts";
import { until } from "#test/support/until.ts";

test("connections to brokers send small frames at once", async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const noDelay = vi.spyOn(Socket.prototype, "setNoDelay");
  const config = readConfig({ KAFKA_BROKERS: `127.0.0.1:${port}` });
  const client = createClient(config, createLog("test", "error"));
  const asking = client.admin("Asking", (admin) => admin.describeCluster()).catch(() => undefined);
  await until(() => noDelay.mock.calls.length > 0);
  expect(noDelay.mock.calls.every(([isOn]) => isOn === true)).toBe(true);
  noDelay.mockRestore();
  await asking;
  await client.close();
  server.close();
});

test("kafkajs is not asked to wait for leaders of new topics: it says that it does not know them", async () => {
  const config = readConfig({ TAPEDECK_PARTITIONS: "2" });
  const topics = names("");
  const made: { topic: string; numPartitions?: number }[] = [];
  const createTopicsOfKafkajs = vi.fn<Admin["createTopics"]>((options) => {
    if (options.waitForLeaders !== false) return Promise.reject(new Error("UNKNOWN_TOPIC_OR_PARTITION"));
    made.push(...options.topics);
    return Promise.resolve(true);
  });
  const admin = {
    createTopics: createTopicsOfKafkajs,
    fetchTopicMetadata: () =>
      Promise.resolve({
        topics: made.map(({ topic, numPartitions = 0 }) => ({
          name: topic,
          partitions: Array.from({ length: numPartitions }, () => ({ leader: 1 })),
        })),
      }),
    fetchTopicOffsets: () => Promise.resolve([]),
  } as unknown as Admin;
  const client = { admin: (_, call) => call(admin) } as KafkaClient;
  await createTopics(client, topics, config);
  expect(made.map(({ topic }) => topic)).toContain(topics.ticks);
});
