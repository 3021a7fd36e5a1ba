import { expect, test } from "vitest";
import { OrderedProducer, PRODUCER_CAPACITY_BYTES } from "#lib/kafka/producer.ts";
import type { Batch } from "#lib/kafka/lanes.ts";
import type { ProduceClient } from "#lib/kafka/produce-client.ts";
import { MAX_FRAME_BYTES } from "#lib/contracts/ticks.ts";

const silent = { warn: () => {} };

class ProtocolError extends Error {
  readonly type: string;

  constructor(type: string) {
    super(type);
    this.type = type;
  }
}

/** A broker that keeps what it gets and fails as it is told to, before or after it has written. */
class FakeBroker implements ProduceClient {
  readonly written: string[] = [];
  readonly requests: string[][] = [];
  failures: Error[] = [];
  renewals = 0;
  #open = new Set<number>();

  async send(batches: readonly Batch[]): Promise<void> {
    const values = batches.flatMap(({ partition, frames }) =>
      frames.map(({ value }) => `${partition}:${value.toString()}`),
    );
    this.requests.push(values);
    for (const { partition } of batches) {
      if (this.#open.has(partition)) throw new ProtocolError("INVALID_RECORD"); // two requests of one partition at a time
      this.#open.add(partition);
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
    for (const { partition } of batches) this.#open.delete(partition);
    const failure = this.failures.shift();
    if (failure) throw failure;
    this.written.push(...values);
  }

  renew(): Promise<void> {
    this.renewals += 1;
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const frame = (partition: number, text: string): { partition: number; value: Buffer } => ({
  partition,
  value: Buffer.from(text),
});

test("calls of one turn share a request; what comes meanwhile shares the next, in order", async () => {
  const broker = new FakeBroker();
  const producer = new OrderedProducer(broker, silent);
  const first = [producer.send("t", [frame(0, "a")]), producer.send("t", [frame(1, "b"), frame(0, "c")])];
  await new Promise((resolve) => setImmediate(resolve));
  const later = [producer.send("t", [frame(0, "d")]), producer.send("t", [frame(0, "e")])];
  await Promise.all([...first, ...later]);
  expect(broker.requests).toEqual([
    ["0:a", "0:c", "1:b"],
    ["0:d", "0:e"],
  ]);
  expect(producer.pendingBytes).toBe(0);
});

test("a passing fault sends the very same batch again before anything later of the partition", async () => {
  const broker = new FakeBroker();
  broker.failures = [new Error("connection closed"), new ProtocolError("NOT_LEADER_FOR_PARTITION")];
  const producer = new OrderedProducer(broker, silent);
  const sends = [producer.send("t", [frame(0, "a"), frame(0, "b")])];
  await new Promise((resolve) => setImmediate(resolve));
  sends.push(producer.send("t", [frame(0, "c")]));
  await Promise.all(sends);
  expect(broker.requests).toEqual([["0:a", "0:b"], ["0:a", "0:b"], ["0:a", "0:b"], ["0:c"]]);
  expect(broker.written).toEqual(["0:a", "0:b", "0:c"]);
});

test("a broker that has forgotten the producer gets a new one, and the batch again", async () => {
  const broker = new FakeBroker();
  broker.failures = [new ProtocolError("OUT_OF_ORDER_SEQUENCE_NUMBER")];
  await new OrderedProducer(broker, silent).send("t", [frame(0, "a")]);
  expect(broker.renewals).toBe(1);
  expect(broker.written).toEqual(["0:a"]);
});

test("a frame that is refused for good ends the producer: nothing may overtake it", async () => {
  const broker = new FakeBroker();
  broker.failures = [new ProtocolError("MESSAGE_TOO_LARGE")];
  const producer = new OrderedProducer(broker, silent);
  const sends = [producer.send("t", [frame(0, "a")]), producer.send("t", [frame(0, "b")])];
  await expect(Promise.allSettled(sends)).resolves.toMatchObject([
    { status: "rejected", reason: { code: "REJECTED" } },
    { status: "rejected", reason: { code: "REJECTED" } },
  ]);
  await expect(producer.send("t", [frame(1, "c")])).rejects.toMatchObject({ code: "REJECTED" });
  expect(broker.written).toEqual([]);
});

test("a frame longer than readers take is refused before it is sent", async () => {
  const producer = new OrderedProducer(new FakeBroker(), silent);
  const large = { partition: 0, value: Buffer.alloc(MAX_FRAME_BYTES + 1) };
  await expect(producer.send("t", [large])).rejects.toMatchObject({ code: "REJECTED" });
});

test("close waits for what is out and fails what comes after", async () => {
  const broker = new FakeBroker();
  const producer = new OrderedProducer(broker, silent);
  const sent = producer.send("t", [frame(0, "a")]);
  await producer.close();
  await expect(sent).resolves.toBeUndefined();
  await expect(producer.send("t", [frame(0, "b")])).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("calls beyond the capacity wait their turn and are sent in order", async () => {
  const broker = new FakeBroker();
  const producer = new OrderedProducer(broker, silent);
  const value = Buffer.alloc(MAX_FRAME_BYTES);
  const count = Math.ceil(PRODUCER_CAPACITY_BYTES / MAX_FRAME_BYTES) + 20;
  const order: number[] = [];
  const sends = Array.from({ length: count }, async (_, index) => {
    await producer.send("t", [{ partition: index % 3, value }]);
    order.push(index);
  });
  expect(producer.pendingBytes).toBeGreaterThan(PRODUCER_CAPACITY_BYTES);
  await Promise.all(sends);
  expect(broker.written).toHaveLength(count);
  for (const partition of [0, 1, 2]) {
    const own = order.filter((index) => index % 3 === partition);
    expect(own).toEqual(own.toSorted((a, b) => a - b));
  }
});
