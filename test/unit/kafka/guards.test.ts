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

interface Encoder {
  buffer: Buffer;
  size(): number;
  writeInt32(value: number): Encoder;
  writeVarIntBytes(bytes: Buffer): Encoder;
  writeEncoder(value: Encoder): Encoder;
  writeEncoderArray(values: Encoder[]): Encoder;
}

/** A number below 256 as 32 bits. */
const number = (value: number): Buffer => Buffer.from([0, 0, 0, value]);

test("encoders hand long parts on without copying them, and give the same bytes", () => {
  const Encoder = load("kafkajs/src/protocol/encoder") as new () => Encoder;
  const long = Buffer.from(Uint8Array.from({ length: 50_000 }, (_, index) => index));
  const filled = vi.spyOn(Buffer, "alloc");
  const copied = vi.spyOn(Buffer.prototype, "copy");
  const record = new Encoder().writeInt32(1).writeVarIntBytes(long).writeInt32(2);
  const batch = new Encoder()
    .writeInt32(3)
    .writeEncoderArray([record, new Encoder().writeInt32(4)])
    .writeInt32(5);
  const request = new Encoder().writeInt32(batch.size()).writeEncoder(batch);
  expect(filled.mock.calls.filter(([size]) => size > 512)).toEqual([]);
  expect(copied.mock.contexts.filter((bytes) => (bytes as Buffer).length >= long.length)).toEqual([]);
  filled.mockRestore();
  copied.mockRestore();
  const zigzag = Buffer.from([0xa0, 0x8d, 0x06]); // 100000 in groups of seven bits
  const content = Buffer.concat([number(3), number(1), zigzag, long, number(2), number(4), number(5)]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length);
  expect(request.size()).toBe(content.length + 4);
  expect(request.buffer.equals(Buffer.concat([length, content]))).toBe(true);
  expect(request.writeInt32(6).buffer.subarray(-4)).toEqual(number(6));
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
