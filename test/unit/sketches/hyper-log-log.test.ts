import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { couponOfText } from "#lib/domain/sketches/coupon.ts";
import { HyperLogLog, MOST_COUPONS } from "#lib/domain/sketches/hyper-log-log.ts";
import { murmur3 } from "#lib/domain/sketches/murmur3.ts";
import { addItems, type Kind } from "#test/support/datasketches.ts";
import written from "./datasketches-vectors.json" with { type: "json" };

const SEEDED = { seed: 16, numRuns: 60 };
/** Numbers of items around the changes of mode, few and many. */
const count = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 370, max: 400 }), fc.constant(3000));
const start = fc.integer({ min: 0, max: 1000 });

const sketchOf = (from: number, to: number, kind: Kind = "integer"): HyperLogLog =>
  addItems(new HyperLogLog(), kind, from, to);

test("sketches merge in any grouping and order, and any number of times, to the bit", () => {
  fc.assert(
    fc.property(start, count, start, count, count, (from, one, other, two, three) => {
      const [a, b, c] = [sketchOf(from, from + one), sketchOf(other, other + two), sketchOf(500, 500 + three)];
      const left = a.clone().merge(b).merge(c).encode();
      expect(a.clone().merge(b.clone().merge(c)).encode()).toEqual(left);
      expect(c.clone().merge(b).merge(a).merge(b).encode()).toEqual(left);
      expect(a.clone().merge(new HyperLogLog()).encode()).toEqual(a.encode());
      expect(new HyperLogLog().merge(a).encode()).toEqual(a.encode());
    }),
    SEEDED,
  );
});

test("a sketch goes on from its encoding as if nothing had happened", () => {
  fc.assert(
    fc.property(count, count, (before, after) => {
      const decoded = addItems(HyperLogLog.decode(sketchOf(0, before).encode()), "integer", before, before + after);
      expect(decoded.encode()).toEqual(sketchOf(0, before + after).encode());
    }),
    SEEDED,
  );
});

test("few items are counted exactly", () => {
  for (const items of [0, 1, 7, 8, 256, MOST_COUPONS]) {
    expect(sketchOf(0, items, "text").estimate()).toMatchObject({ value: items, lower: items, upper: items });
  }
});

test("many items are counted with the standard error that is stated, and lie within the bounds nearly always", () => {
  for (const items of [MOST_COUPONS + 1, 3000, 20_000]) {
    const errors: number[] = [];
    let within = 0;
    const streams = items > 10_000 ? 30 : 100;
    for (let stream = 0; stream < streams; stream++) {
      const estimate = sketchOf(stream * items, (stream + 1) * items).estimate();
      errors.push(estimate.value / items - 1);
      if (estimate.lower <= items && items <= estimate.upper) within += 1;
    }
    const deviation = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / streams);
    expect(deviation).toBeLessThan(0.01625 * 1.4);
    expect(within / streams).toBeGreaterThan(0.86);
  }
});

function hex(...words: number[]): string {
  return words.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

test("the hash is MurmurHash3 x64 128", () => {
  const hash = { firstHigh: 0, firstLow: 0, secondHigh: 0, secondLow: 0 };
  const of = (text: string, seed: number): string => {
    murmur3(hash, new TextEncoder().encode(text), seed);
    return hex(hash.firstHigh, hash.firstLow, hash.secondHigh, hash.secondLow);
  };
  expect(of("", 0)).toBe("0".repeat(32));
  expect(of("The quick brown fox jumps over the lazy dog", 0)).toBe("e34bbc7bbc071b6c7a433ca9c49a9347");
  expect(of("The quick brown fox jumps over the lazy cog", 0)).toBe("658ca970ff85269a43fee3eaa68e5c3e");
});

test("a coupon is never 0 and has at most 32 bits", () => {
  for (let item = 0; item < 10_000; item++) {
    const coupon = couponOfText(`${item}`);
    expect(coupon).toBeGreaterThanOrEqual(2 ** 26);
    expect(coupon).toBeLessThan(2 ** 32);
  }
});

test.each([
  ["nothing", Uint8Array.of()],
  ["another family", Uint8Array.of(2, 1, 8, 12, 3, 12, 0, 8)],
  ["another lgK", Uint8Array.of(2, 1, 7, 11, 3, 12, 0, 8)],
  ["HLL_4", Uint8Array.of(2, 1, 7, 12, 3, 12, 0, 0)],
  ["fewer coupons than it says", Uint8Array.of(2, 1, 7, 12, 3, 8, 2, 8, 1, 0, 0, 4)],
  ["fewer registers than there are", Uint8Array.of(10, 1, 7, 12, 0, 24, 0, 10)],
])("a sketch refuses to decode %s", (_, bytes) => {
  expect(() => HyperLogLog.decode(bytes)).toThrow(RangeError);
});

describe("Apache DataSketches", () => {
  test.each(written.few)("wrote $count of $kind as we do", ({ kind, count: items, base64 }) => {
    const theirs = new Uint8Array(Buffer.from(base64, "base64"));
    const ours = sketchOf(0, items, kind as Kind).encode();
    expect(HyperLogLog.decode(theirs).encode()).toEqual(ours);
    expect(theirs).toHaveLength(ours.length);
  });

  test.each(written.many)("wrote $count of $kind as we do", ({ kind, count: items, registers, estimate }) => {
    const ours = sketchOf(0, items, kind as Kind);
    expect(digest(ours.encode().subarray(40))).toBe(registers);
    expect(Math.abs(ours.estimate().value / estimate - 1)).toBeLessThan(0.01);
  });
});

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
