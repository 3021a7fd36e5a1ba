import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MOST_WHOLE } from "#lib/domain/sketches/fixed-point.ts";
import { pointOfControl, profileRows, type ProfileRow, valueArea } from "#lib/domain/sketches/profile-rows.ts";
import { VolumeProfile } from "#lib/domain/sketches/volume-profile.ts";

const price = fc.oneof(fc.double({ min: 90, max: 110, noNaN: true }), fc.double({ min: 0.001, max: 1e4, noNaN: true }));
const size = fc.oneof(
  fc.integer({ min: 0, max: 10_000 }),
  fc.integer({ min: 0, max: 2e9 }).map((units) => units / 1e8),
  fc.double({ min: 0, max: 1e300, noNaN: true }),
);
const trades = fc.array(fc.tuple(price, size), { maxLength: 40 });
const SEEDED = { seed: 11, numRuns: 100 };

function profileOf(all: readonly (readonly [number, number])[]): VolumeProfile {
  const profile = new VolumeProfile();
  for (const [at, traded] of all) profile.add(at, traded);
  return profile;
}

test("a profile merges in any grouping and order, to the bit", () => {
  fc.assert(
    fc.property(trades, trades, trades, (left, middle, right) => {
      const [a, b, c] = [profileOf(left), profileOf(middle), profileOf(right)];
      const whole = profileOf([...right, ...left, ...middle]).encode();
      expect(a.clone().merge(b.clone().merge(c)).encode()).toEqual(whole);
      expect(a.clone().merge(b).merge(c).encode()).toEqual(whole);
      expect(c.clone().merge(a).merge(b).encode()).toEqual(whole);
      expect(a.clone().merge(new VolumeProfile()).encode()).toEqual(a.encode());
      expect(new VolumeProfile().merge(a).encode()).toEqual(a.encode());
    }),
    SEEDED,
  );
});

test("a profile goes on from its encoding as if nothing had happened", () => {
  fc.assert(
    fc.property(trades, trades, (before, after) => {
      const decoded = VolumeProfile.decode(profileOf(before).encode());
      for (const [at, traded] of after) decoded.add(at, traded);
      expect(decoded.encode()).toEqual(profileOf([...before, ...after]).encode());
    }),
    SEEDED,
  );
});

test("a profile knows volumes of up to eight decimals exactly, and each price within 0.0085 %", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.double({ min: 99, max: 101, noNaN: true }), fc.integer({ min: 1, max: 2e9 })), {
        minLength: 1,
      }),
      (units) => {
        const buckets = profileOf(units.map(([at, count]) => [at, count / 1e8])).buckets();
        const sum = buckets.reduce((volume, bucket) => volume + Math.round(bucket.volume * 1e8), 0);
        expect(sum).toBe(units.reduce((volume, [, count]) => volume + count, 0));
        for (const [at, count] of units) {
          const bucket = buckets.find(({ lower, upper }) => lower < at && at <= upper);
          expect(bucket?.volume).toBeGreaterThanOrEqual(count / 1e8);
        }
        for (const { lower, upper } of buckets) expect(upper / lower - 1).toBeLessThan(0.0000847);
      },
    ),
    SEEDED,
  );
});

test("a volume beyond what can be counted stays there, whatever comes to it in whatever order", () => {
  const profile = profileOf([
    [10, 0.5],
    [10, 1e300],
    [10, 0.75],
    [10, 3],
  ]);
  expect(profile.buckets()[0]?.volume).toBe(MOST_WHOLE);
  expect(VolumeProfile.decode(profile.encode()).merge(profile).buckets()[0]?.volume).toBe(MOST_WHOLE);
});

test("a profile merged with itself holds everything twice", () => {
  const profile = profileOf([
    [10, 0.6],
    [11, 2],
  ]);
  expect(
    profile
      .merge(profile)
      .buckets()
      .map(({ volume }) => volume),
  ).toEqual([1.2, 4]);
});

test.each([
  [0, 1],
  [-1, 1],
  [Infinity, 1],
  [Number.NaN, 1],
  [1, -1],
  [1, Infinity],
  [1, Number.NaN],
])("a profile refuses a price of %d with a size of %d", (at, traded) => {
  expect(() => new VolumeProfile().add(at, traded)).toThrow(RangeError);
});

test("a profile refuses to decode what it did not write", () => {
  expect(() => VolumeProfile.decode(Uint8Array.of(1, 5, 0))).toThrow(RangeError);
  expect(() => VolumeProfile.decode(Uint8Array.of(2, 5))).toThrow(RangeError);
  expect(() => VolumeProfile.decode(Uint8Array.of(2, 13, 4))).toThrow(RangeError);
});

const rowsOf = (...volumes: number[]): ProfileRow[] =>
  volumes.map((volume, row) => ({ lower: 10 + row, upper: 11 + row, volume }));

describe("rows", () => {
  test("follow each other, hold all volume, and hold each price where it was traded", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(price, fc.integer({ min: 1, max: 1000 })), { minLength: 1 }), (all) => {
        const rows = profileRows(profileOf(all), 48);
        expect(rows.length).toBeLessThanOrEqual(48);
        for (const [index, row] of rows.entries()) {
          expect(row.lower).toBe(rows[index - 1]?.upper ?? row.lower);
          const traded = all.filter(([at]) => row.lower < at && at <= row.upper);
          expect(row.volume).toBe(traded.reduce((sum, [, volume]) => sum + volume, 0));
        }
        expect(rows.reduce((sum, { volume }) => sum + volume, 0)).toBe(
          all.reduce((sum, [, volume]) => sum + volume, 0),
        );
      }),
      SEEDED,
    );
  });

  test("are none without a trade", () => {
    expect(profileRows(new VolumeProfile(), 48)).toEqual([]);
    expect(pointOfControl([])).toBe(-1);
    expect(valueArea([])).toBeNull();
    expect(valueArea(rowsOf(0, 0))).toBeNull();
  });

  test("have their point of control where most was traded, the lowest of equals", () => {
    expect(pointOfControl(rowsOf(1, 5, 2, 5))).toBe(1);
  });

  test("have a value area that takes the larger pair of neighbours until it holds 70 %", () => {
    // 30 of 100; above 10 + 9 = 19 before below 12 + 4 = 16, then below: 65, then above again.
    expect(valueArea(rowsOf(7, 4, 12, 30, 10, 9, 8, 20))).toEqual({ first: 3, last: 7 });
    expect(valueArea(rowsOf(20, 8, 9, 10, 30, 12, 4, 7))).toEqual({ first: 0, last: 4 });
    expect(valueArea(rowsOf(1, 1, 98))).toEqual({ first: 2, last: 2 });
    expect(valueArea(rowsOf(34, 33, 33))).toEqual({ first: 0, last: 2 });
  });
});
