import * as fc from "fast-check";
import { expect, test } from "vitest";
import { barSchema } from "#lib/contracts/bars.ts";
import type { WindowDocument } from "#lib/contracts/engine-store.ts";
import { MOST_AMOUNT } from "#lib/contracts/ticks.ts";
import { ExponentialHistogram } from "#lib/domain/sketches/exponential-histogram.ts";
import { HyperLogLog } from "#lib/domain/sketches/hyper-log-log.ts";
import { DAY } from "#lib/domain/interval.ts";
import { VolumeProfile } from "#lib/domain/sketches/volume-profile.ts";
import { readPart, type SketchPart } from "#lib/domain/sketches/window-sketches.ts";
import { SketchSlab } from "#lib/engine/sketch-slab.ts";
import { config, heartbeat, NOON, quote, ready, records, trade } from "./lines.ts";
import { OneTask } from "./one-task.ts";

function part(document: WindowDocument | undefined, name: SketchPart): Uint8Array | null {
  const found = readPart(new Uint8Array(Buffer.from(document?.sketch ?? "", "base64")), name);
  return found && new Uint8Array(found);
}

const spreads = (document: WindowDocument | undefined): number => {
  const bytes = part(document, "spread");
  return bytes ? ExponentialHistogram.decode(bytes).count : 0;
};

const anyTrade = fc.record({
  second: fc.double({ min: 0, max: 200, noNaN: true }),
  price: fc.oneof(
    fc.integer({ min: 9900, max: 10_100 }).map((cents) => cents / 100),
    fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
  ),
  size: fc.oneof(
    fc.integer({ min: 0, max: 500 }),
    fc.integer({ min: 0, max: 2e9 }).map((units) => units / 1e8),
    fc.constant(1e17),
  ),
  venue: fc.option(fc.constantFrom("XNAS", "ARCX", "é"), { nil: undefined }),
});

test("a window carries what the sketches make of its trades, in whatever order these come", () => {
  fc.assert(
    fc.property(fc.array(anyTrade, { minLength: 1, maxLength: 60 }), (drawn) => {
      const trades = drawn.map(({ second, price, size, venue }, index) =>
        trade(second, index + 1, { price, size, ...(venue !== undefined && { venue }) }),
      );
      const bars = new OneTask().read(records([config(), ready(0)], trades)).bars();
      expect(bars.size).toBeGreaterThan(3);
      for (const { interval, start, end, sketch, profile } of bars.values()) {
        const own = trades.filter(({ time }) => start <= time && time < end);
        const [sizes, notionals, prices, venues] = [
          new ExponentialHistogram(),
          new ExponentialHistogram(),
          new VolumeProfile(),
          new HyperLogLog(),
        ];
        for (const { price, size, venue } of own) {
          sizes.add(size);
          notionals.add(price * size);
          prices.add(price, size);
          if (venue !== undefined) venues.addText(venue);
        }
        const document = { sketch } as WindowDocument;
        const isFull = interval !== "1s" && interval !== "5m";
        expect(part(document, "size")).toEqual(isFull ? sizes.encode() : null);
        expect(part(document, "notional")).toEqual(isFull ? notionals.encode() : null);
        expect(profile).toEqual(isFull ? Buffer.from(prices.encode()).toString("base64") : null);
        const counts = (interval === "1h" || interval === "1d") && venues.estimate().value > 0;
        expect(part(document, "venues")).toEqual(counts ? venues.encode() : null);
      }
    }),
    { seed: 21, numRuns: 60 },
  );
});

test("the largest prices and sizes give a bar that a document can hold, and larger ones are dead", () => {
  const largest = [1, 2, 3].map((id) => trade(1, id, { price: MOST_AMOUNT, size: MOST_AMOUNT }));
  const least = [4, 5].map((id) => trade(1, id, { price: 1e-9, size: 1e-300 }));
  const beyond = [trade(2, 6, { size: 1e300 }), trade(2, 7, { price: 1e300 })];
  const task = new OneTask().read(records([config(), ready(0)], largest, least, beyond));
  expect(task.counters.dead.malformed).toBe(2);
  const bars = [...task.bars().values()];
  expect(bars).toHaveLength(5);
  for (const bar of bars) expect(barSchema.parse(bar)).toMatchObject({ trades: 5, volume: 3e18, vwap: MOST_AMOUNT });
});

test("the spread is sampled by the first quote of each second, however often quotes come again", () => {
  const quotes = [
    quote(1.2, 10, 10.5),
    quote(1.3, 10, 10.25),
    quote(2, 10, 11),
    quote(2, 10, 11),
    quote(1.2, 10, 10.5),
  ];
  const task = new OneTask().read(records([config(), ready(0)], [trade(1, 1)], quotes, quotes, [quote(62, 10, 10)]));
  const minute = task.bars().get(`SIM:A|1m|${NOON}`);
  const expected = new ExponentialHistogram();
  expected.add(0.5);
  expected.add(1);
  expect(part(minute, "spread")).toEqual(expected.encode());
  expect(spreads(task.bars().get(`SIM:A|1h|${NOON}`))).toBe(3);
  expect(spreads(task.bars().get(`SIM:A|1d|${NOON - (NOON % DAY)}`))).toBe(3);
  expect(spreads(task.bars().get(`SIM:A|5m|${NOON}`))).toBe(0);
});

test("spreads that came before the first trade of a window are kept over a restart", () => {
  const quotes = [quote(1, 10, 10.5), quote(2, 10, 10.5)];
  const log = records([config(), ready(0)], quotes, [trade(3, 1), quote(2, 1, 2)], [quote(4, 10, 12)]);
  const task = new OneTask().read(log.slice(0, 2));
  const revived = task.revived().read(log.slice(2));
  expect(spreads(revived.bars().get(`SIM:A|1m|${NOON}`))).toBe(3);
  expect(revived.snapshot()).toEqual(task.read(log.slice(2)).snapshot());
});

test("a sealed window that never was a bar forgets its spreads", () => {
  const lines = [quote(1, 10, 10.5), heartbeat(100)];
  const task = new OneTask().read(records([config(), ready(0)], lines, [trade(2, 1)]));
  expect(spreads(task.bars().get(`SIM:A|1m|${NOON}`))).toBe(0);
});

test("many venues are counted with the bound of HyperLogLog", () => {
  const trades = Array.from({ length: 5000 }, (_, index) => trade(index / 1000, index + 1, { venue: `V${index}` }));
  const frames = [0, 1, 2, 3, 4].map((frame) => trades.slice(1000 * frame, 1000 * (frame + 1)));
  const bars = new OneTask().read(records([config(), ready(0)], ...frames)).bars();
  const expected = new HyperLogLog();
  for (const { venue } of trades) expected.addText(venue ?? "");
  expect(part(bars.get(`SIM:A|1h|${NOON}`), "venues")).toEqual(expected.encode());
});

test("a slab keeps what each window has, through growth and reuse", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.integer({ min: 0, max: 3 }),
          fc.integer({ min: 1, max: 400 }),
          fc.integer({ min: 0, max: 99_999_999 }),
        ),
        { maxLength: 600 },
      ),
      (adds) => {
        const slab = new SketchSlab();
        const words = new Int32Array(8);
        const exact = Array.from({ length: 4 }, () => new Map<number, number>());
        for (const [index, [window, key, fraction]] of adds.entries()) {
          if (index % 100 === 99) {
            slab.release(words, 2 * window);
            exact[window]?.clear();
          }
          slab.add(words, 2 * window, key, 1, fraction);
          exact[window]?.set(key, (exact[window].get(key) ?? 0) + 1e8 + fraction);
        }
        for (const [window, sums] of exact.entries()) {
          const found: [number, number][] = [];
          slab.forEach(words, 2 * window, (key, whole, fraction) => found.push([key, whole * 1e8 + fraction]));
          expect(found).toEqual([...sums].toSorted(([a], [b]) => a - b));
        }
      },
    ),
    { seed: 22, numRuns: 100 },
  );
});
