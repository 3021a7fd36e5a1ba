import { createRequire } from "node:module";
import * as fc from "fast-check";
import { beforeAll, expect, test, vi } from "vitest";
import { coordinatorIsGone } from "#lib/kafka/guards/coordinator.ts";
import { crc32c } from "#lib/kafka/guards/crc32c.ts";
import { loadKafkajs } from "#lib/kafka/guards/load-kafkajs.ts";

const load = createRequire(import.meta.url);

interface Queue {
  pending: unknown[];
  throttleCheckTimeoutId: unknown;
  checkPendingRequests(): void;
}
type QueueClass = new (options: object) => Queue;
interface Owner {
  coordinator: unknown;
  commitOffsets(offsets?: unknown): Promise<void>;
  heartbeat(options: unknown): Promise<void>;
}

const logger = { debug: () => {}, namespace: () => logger };
const cluster = () => ({
  refreshMetadata: () => Promise.resolve(),
  findGroupCoordinator: vi.fn<() => Promise<unknown>>(),
});

beforeAll(() => {
  loadKafkajs();
  loadKafkajs(); // a second client in the same process
});

test("what is sent is summed by our checksum, which gives what kafkajs's own gives", () => {
  const own = load("kafkajs/src/protocol/recordBatch/crc32C/crc32C") as (bytes: Uint8Array) => number;
  expect(load("kafkajs/src/protocol/recordBatch/crc32C")).toBe(crc32c);
  expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283); // the check value of CRC-32C
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(9), (bytes, from) => {
      expect(crc32c(bytes.subarray(from))).toBe(own(bytes.subarray(from)) >>> 0);
    }),
  );
});

test("a batch of records carries our checksum", async () => {
  const { RecordBatch } = load("kafkajs/src/protocol/recordBatch/v0") as {
    RecordBatch: (batch: object) => Promise<{ buffer: Buffer }>;
  };
  const { buffer } = await RecordBatch({ records: [] });
  const CHECKSUM_AT = 17; // after base offset, length, leader epoch and magic
  expect(buffer.readUInt32BE(CHECKSUM_AT)).toBe(crc32c(buffer.subarray(CHECKSUM_AT + 4)));
});

test("a buffer of a request grows without being filled with zeros first", () => {
  const Encoder = load("kafkajs/src/protocol/encoder") as new () => {
    buffer: Buffer;
    writeBufferInternal(bytes: Buffer): void;
  };
  const bytes = Buffer.from(Uint8Array.from({ length: 100_000 }, (_, index) => index));
  const filled = vi.spyOn(Buffer, "alloc");
  const encoder = new Encoder();
  filled.mockClear();
  for (let at = 0; at < bytes.length; at += 777) encoder.writeBufferInternal(bytes.subarray(at, at + 777));
  expect(filled).not.toHaveBeenCalled();
  filled.mockRestore();
  expect(encoder.buffer.equals(bytes)).toBe(true);
});

test("a request queue with nothing pending arms no timer after a response", () => {
  const RequestQueue = load("kafkajs/src/network/requestQueue") as QueueClass;
  const queue = new RequestQueue({ logger });
  queue.checkPendingRequests();
  expect(queue.throttleCheckTimeoutId).toBeNull();
});

test("a request queue that is throttled with requests pending still wakes up", () => {
  const RequestQueue = load("kafkajs/src/network/requestQueue") as QueueClass;
  const queue = new RequestQueue({ logger, maxInFlightRequests: 0 });
  queue.pending.push({});
  queue.checkPendingRequests();
  expect(queue.throttleCheckTimeoutId).not.toBeNull();
  clearTimeout(queue.throttleCheckTimeoutId as NodeJS.Timeout);
});

test("a commit whose coordinator is gone finds it again and is made once more", async () => {
  const OffsetManager = load("kafkajs/src/consumer/offsetManager") as new (options: object) => Owner;
  const gone = Object.assign(new Error("moved"), { type: "NOT_COORDINATOR_FOR_GROUP" });
  const committed = vi.fn<() => Promise<void>>().mockResolvedValue();
  const manager = new OffsetManager({
    cluster: {
      refreshMetadata: () => Promise.resolve(),
      findGroupCoordinator: () => Promise.resolve({ isConnected: () => true, offsetCommit: committed }),
      committedOffsets: () => ({}),
    },
    coordinator: { isConnected: () => true, offsetCommit: () => Promise.reject(gone) },
    memberAssignment: { t: [0] },
    groupId: "g",
    instrumentationEmitter: { emit: () => {} },
  });
  await manager.commitOffsets({ topics: [{ topic: "t", partitions: [{ partition: 0, offset: "1" }] }] });
  expect(committed).toHaveBeenCalledTimes(1);
});

test("a heartbeat whose coordinator's connection broke finds it again", async () => {
  const ConsumerGroup = load("kafkajs/src/consumer/consumerGroup") as new (options: object) => Owner;
  const closed = Object.assign(new Error("closed"), { name: "KafkaJSConnectionClosedError" });
  const found = { heartbeat: vi.fn<() => Promise<void>>().mockResolvedValue() };
  const group = new ConsumerGroup({
    logger,
    cluster: { ...cluster(), findGroupCoordinator: () => Promise.resolve(found) },
    groupId: "g",
    retry: {},
    instrumentationEmitter: { emit: () => {} },
  });
  Object.assign(group, { memberId: "m", coordinator: { heartbeat: () => Promise.reject(closed) }, lastRequest: 0 });
  await group.heartbeat({ interval: 0 });
  expect(found.heartbeat).toHaveBeenCalledTimes(1);
});

test("any other fault of a heartbeat passes unchanged: rebalances are told by it", async () => {
  const ConsumerGroup = load("kafkajs/src/consumer/consumerGroup") as new (options: object) => Owner;
  const rebalancing = Object.assign(new Error("rebalance"), { type: "REBALANCE_IN_PROGRESS" });
  const lookups = cluster();
  const group = new ConsumerGroup({ logger, cluster: lookups, groupId: "g", retry: {} });
  Object.assign(group, {
    memberId: "m",
    coordinator: { heartbeat: () => Promise.reject(rebalancing) },
    lastRequest: 0,
  });
  await expect(group.heartbeat({ interval: 0 })).rejects.toBe(rebalancing);
  expect(lookups.findGroupCoordinator).not.toHaveBeenCalled();
});

test("a coordinator that is gone is recognised through the causes of an error", () => {
  const inner = Object.assign(new Error("x"), { name: "KafkaJSConnectionError" });
  expect(coordinatorIsGone(new Error("retries", { cause: inner }))).toBe(true);
  expect(coordinatorIsGone(new Error("retries"))).toBe(false);
});
