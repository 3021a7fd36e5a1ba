import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { BarReader, Close } from "#lib/contracts/stores.ts";
import { DAY, HOUR, MINUTE, type Micros } from "#lib/domain/interval.ts";
import { ExponentialHistogram } from "#lib/domain/sketches/exponential-histogram.ts";
import { ReturnSketches } from "#lib/services/distribution/return-sketches.ts";
import { TODAY } from "./fixtures.ts";

/** Minutes of one symbol, each with the time of its last write. */
class Minutes {
  readonly #minutes = new Map<Micros, { close: number; written: number }>();
  #written = 0;
  /** Minutes that were read. */
  read = 0;

  put(minute: number, close: number): void {
    this.#minutes.set(TODAY + minute * MINUTE, { close, written: ++this.#written });
  }

  reader(): Pick<BarReader, "course" | "stretches"> {
    const within = (from = 0, to = Infinity) =>
      [...this.#minutes].filter(([start]) => start >= from && start < to).toSorted(([a], [b]) => a - b);
    const course = ({ from, to }: { from?: number; to?: number }): Close[] => {
      const found = within(from, to).map(([start, { close }]) => ({ start, close }));
      this.read += found.length;
      return found;
    };
    return {
      course: async function* (query) {
        const found = course(query);
        for (let at = 0; at < found.length; at += 100) yield found.slice(at, at + 100);
      },
      stretches: ({ from, to }, every) => {
        const groups = Map.groupBy(within(from, to), ([start]) => Math.floor(start / every) * every);
        return Promise.resolve(
          [...groups].map(([start, rows]) => {
            return { start, documents: rows.length, written: Math.max(...rows.map(([, { written }]) => written)) };
          }),
        );
      },
    };
  }

  /** What the sketch must be: from the minutes themselves. */
  exact(from: Micros, to: Micros): Uint8Array {
    const histogram = new ExponentialHistogram();
    for (const [start, { close }] of this.#minutes) {
      const before = this.#minutes.get(start - MINUTE);
      if (before && start >= from && start < to) histogram.add(Math.abs(close / before.close - 1));
    }
    return histogram.encode();
  }
}

async function sketched(sketches: ReturnSketches, from: Micros, to: Micros): Promise<Uint8Array> {
  const histogram = new ExponentialHistogram();
  await sketches.addTo(histogram, "SIM:A", from, to);
  return histogram.encode();
}

test("returns of any range are what its minutes say now, whatever was corrected or came later", async () => {
  const minute = fc.oneof(fc.integer({ min: -5, max: 4 * 1440 }), fc.constantFrom(-1, 0, 1439, 1440, 2879, 2880));
  const write = fc.record({ minute, close: fc.integer({ min: 90, max: 110 }), length: fc.integer({ min: 1, max: 5 }) });
  const question = fc.record({
    from: fc.integer({ min: -3, max: 2 * 1440 }),
    length: fc.integer({ min: 1, max: 4320 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(write, question), { maxLength: 30 }), async (steps) => {
      const minutes = new Minutes();
      const sketches = new ReturnSketches(minutes.reader(), 3);
      for (const [{ minute: first, close, length }, { from, length: asked }] of steps) {
        for (let step = 0; step < length; step++) minutes.put(first + step, close + step * 0.5);
        const [begin, end] = [TODAY + from * MINUTE, TODAY + (from + asked) * MINUTE];
        expect(await sketched(sketches, begin, end)).toEqual(minutes.exact(begin, end));
      }
      expect(sketches.size).toBeLessThanOrEqual(3);
    }),
    { numRuns: 60 },
  );
});

test("days whose bars are as they were are not read again", async () => {
  const minutes = new Minutes();
  for (let minute = 0; minute < 20 * 1440; minute++) minutes.put(minute, 100 + (minute % 7));
  const sketches = new ReturnSketches(minutes.reader());
  const [from, to] = [TODAY + HOUR, TODAY + 19 * DAY + HOUR];
  const first = await sketched(sketches, from, to);
  expect(first).toEqual(minutes.exact(from, to));
  minutes.read = 0;
  expect(await sketched(sketches, from, to)).toEqual(first);
  // The hours at both ends alone, and the minute before each.
  expect(minutes.read).toBe(24 * 60 + 2);
  minutes.put(5 * 1440 - 1, 50);
  minutes.read = 0;
  expect(await sketched(sketches, from, to)).toEqual(minutes.exact(from, to));
  // The day of the correction and the one behind it, whose first return changes with it.
  expect(minutes.read).toBe(24 * 60 + 2 + 2 * 1440 + 1);
});
