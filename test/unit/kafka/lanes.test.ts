import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Batch, frameBytes, Lanes, MAX_BATCH_BYTES, MAX_REQUEST_BYTES, type Ticket } from "#lib/kafka/lanes.ts";
import type { Frame } from "#lib/contracts/log.ts";

const frame = (partition: number, text: string): Frame => ({ partition, value: Buffer.from(text) });

function ticketFor(frames: readonly Frame[], done: () => void = () => {}): Ticket {
  const bytes = frames.reduce((sum, each) => sum + frameBytes(each), 0);
  return { remaining: frames.length, bytes, done, failed: () => {} };
}

test("a partition that has a batch out gives none until it is settled; others go on", () => {
  const lanes = new Lanes();
  lanes.add("t", [frame(0, "a"), frame(1, "b")], ticketFor([frame(0, "a"), frame(1, "b")]));
  const first = lanes.take();
  expect(first.map(({ partition }) => partition)).toEqual([0, 1]);
  lanes.add("t", [frame(0, "c"), frame(2, "d")], ticketFor([frame(0, "c"), frame(2, "d")]));
  expect(lanes.take().map(({ partition }) => partition)).toEqual([2]);
  for (const batch of first) lanes.settle(batch);
  expect(lanes.take().map(({ frames }) => frames[0]?.value.toString())).toEqual(["c"]);
});

test("a call is done when the last of its frames is settled", () => {
  const lanes = new Lanes();
  let done = 0;
  const frames = [frame(0, "a"), frame(1, "b")];
  lanes.add(
    "t",
    frames,
    ticketFor(frames, () => (done += 1)),
  );
  const [first, second] = lanes.take();
  if (first) lanes.settle(first);
  expect(done).toBe(0);
  if (second) lanes.settle(second);
  expect(done).toBe(1);
  expect(lanes.pendingBytes).toBe(0);
});

test("failing everything fails every call once and forgets its frames", () => {
  const lanes = new Lanes();
  let failed = 0;
  const frames = [frame(0, "a"), frame(0, "b"), frame(1, "c")];
  const ticket = { ...ticketFor(frames), failed: () => (failed += 1) };
  lanes.add("t", frames, ticket);
  const out = lanes.take();
  lanes.failAll(new Error("over"), out);
  expect(failed).toBe(1);
  expect(lanes.take()).toEqual([]);
  expect(lanes.pendingBytes).toBe(0);
});

test("batches and requests keep their limits, and each partition its order, whatever comes and whenever it is settled", () => {
  const size = fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 100_000, max: 262_144 }));
  const step = fc.oneof(
    fc.record({ add: fc.array(fc.record({ partition: fc.integer({ min: 0, max: 5 }), size }), { maxLength: 12 }) }),
    fc.record({ settle: fc.nat(8) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const lanes = new Lanes();
      const sent = new Map<number, number[]>();
      const taken = new Map<number, number[]>();
      const out: Batch[] = [];
      let counter = 0;
      const take = (): void => {
        const batches = lanes.take();
        expect(batches.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(MAX_REQUEST_BYTES + MAX_BATCH_BYTES);
        for (const batch of batches) {
          expect(out.some(({ partition }) => partition === batch.partition)).toBe(false);
          expect(batch.frames.length === 1 || batch.bytes <= MAX_BATCH_BYTES).toBe(true);
          const numbers = batch.frames.map(({ key }) => Number(key));
          taken.set(batch.partition, [...(taken.get(batch.partition) ?? []), ...numbers]);
          out.push(batch);
        }
      };
      for (const each of steps) {
        if ("add" in each) {
          const frames = each.add.map(({ partition, size: length }) => {
            counter += 1;
            sent.set(partition, [...(sent.get(partition) ?? []), counter]);
            return { partition, value: Buffer.alloc(length), key: String(counter) };
          });
          lanes.add("t", frames, ticketFor(frames));
        } else {
          for (const batch of out.splice(0, each.settle)) lanes.settle(batch);
        }
        take();
      }
      while (out.length > 0) {
        for (const batch of out.splice(0)) lanes.settle(batch);
        take();
      }
      expect(taken).toEqual(sent);
      expect(lanes.pendingBytes).toBe(0);
    }),
    { numRuns: 60 },
  );
});
