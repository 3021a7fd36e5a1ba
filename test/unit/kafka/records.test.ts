import * as fc from "fast-check";
import { expect, test } from "vitest";
import { judgeBatch, lostPosition } from "#lib/kafka/cursor.ts";
import { RecordQueue } from "#lib/kafka/record-queue.ts";

test("a batch is taken only where it continues what was taken", () => {
  expect(judgeBatch(5, 5, null)).toBe("take");
  expect(judgeBatch(5, 5, 6)).toBe("take");
  expect(judgeBatch(5, 4, null)).toBe("seek");
});

test("a batch behind the position may answer a question from before a seek: only the same one twice is a gap of the log", () => {
  expect(judgeBatch(5, 9, null)).toBe("seek");
  expect(judgeBatch(5, 9, 8)).toBe("seek");
  expect(judgeBatch(5, 9, 9)).toBe("ask");
});

test("a position outside what the log holds is lost, its ends are not", () => {
  const range = { partition: 3, start: 10, end: 20 };
  expect(lostPosition(9, range)).toMatch(/Partition 3.*deleted/);
  expect(lostPosition(10, range)).toBeNull();
  expect(lostPosition(20, range)).toBeNull();
  expect(lostPosition(21, range)).toMatch(/truncated or replaced/);
});

test("records leave the queue in order, in slices within the limit or of one record", () => {
  const fetches = fc.array(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 8 }), { maxLength: 8 });
  fc.assert(
    fc.property(fetches, fc.integer({ min: 1, max: 500 }), (sizes, limit) => {
      const queue = new RecordQueue();
      let offset = 0;
      for (const fetch of sizes) {
        queue.add(fetch.map((size) => ({ offset: offset++, timestamp: 0, value: Buffer.alloc(size) })));
      }
      const taken: number[] = [];
      for (let slice = queue.take(limit); slice.length > 0; slice = queue.take(limit)) {
        const bytes = slice.reduce((sum, { value }) => sum + value.length, 0);
        expect(slice.filter(({ value }) => value.length > 0).length <= 1 || bytes <= limit).toBe(true);
        taken.push(...slice.map((record) => record.offset));
      }
      expect(taken).toEqual(Array.from({ length: offset }, (_, index) => index));
      expect(queue.bytes).toBe(0);
    }),
  );
});
