import * as fc from "fast-check";
import { expect, test } from "vitest";
import { APPENDED, FORGOTTEN, IntervalSet, KNOWN, MAX_RANGES, RESHAPED } from "#lib/engine/interval-set.ts";

const ids = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 80 });

function holes(seen: ReadonlySet<number>): string {
  return [...seen]
    .toSorted((a, b) => a - b)
    .filter((id, at, sorted) => at > 0 && id !== (sorted[at - 1] ?? 0) + 1)
    .join();
}

test("an interval set knows what a plain set knows", () => {
  fc.assert(
    fc.property(ids, (added) => {
      const set = new IntervalSet();
      const plain = new Set<number>();
      for (const id of added) {
        expect(set.add(id) === KNOWN).toBe(plain.has(id));
        plain.add(id);
      }
      for (let id = 0; id <= 61; id++) expect(set.has(id)).toBe(plain.has(id));
    }),
  );
});

test("an interval set says when the holes have changed", () => {
  fc.assert(
    fc.property(ids, (added) => {
      const set = new IntervalSet();
      const plain = new Set<number>();
      for (const id of added) {
        const before = holes(plain);
        const isKnown = plain.has(id);
        plain.add(id);
        const result = set.add(id);
        const isSilent = !isKnown && result === APPENDED;
        expect(isSilent ? holes(plain) : before).toBe(before);
      }
    }),
  );
});

test("an interval set goes on from its state as if nothing had happened", () => {
  fc.assert(
    fc.property(ids, ids, fc.boolean(), (before, after, explained) => {
      const set = new IntervalSet();
      for (const id of before) set.add(id);
      if (explained) set.explainGap();
      const restored = IntervalSet.restore(structuredClone(set.state()));
      for (const id of after) expect(restored.add(id)).toBe(set.add(id));
      expect(restored.state()).toEqual(set.state());
    }),
  );
});

test("an interval set keeps contiguous ids in one range", () => {
  const set = new IntervalSet();
  for (let id = 1_000_000; id < 1_010_000; id++) set.add(id);
  expect(set.size).toBe(1);
  expect(set.state().ranges).toEqual([1_000_000, 9999]);
});

test("an interval set finds a hole among some ids, and right beside them", () => {
  const set = new IntervalSet();
  for (const id of [1, 2, 3, 5, 6, 9]) set.add(id);
  expect(set.hasHoleAround(1, 2)).toBe(false);
  expect(set.hasHoleAround(2, 3)).toBe(true); // 4 follows
  expect(set.hasHoleAround(2, 5)).toBe(true);
  expect(set.hasHoleAround(5, 5)).toBe(true); // 4 precedes
  expect(set.hasHoleAround(9, 9)).toBe(true);
  expect(set.add(4)).toBe(RESHAPED);
  expect(set.hasHoleAround(2, 5)).toBe(false);
});

test("an interval set takes a gap for none when somebody answers for it, before or after it is seen", () => {
  const before = new IntervalSet();
  before.add(10);
  before.explainGap();
  before.add(20);
  before.add(21);
  expect(before.hasHoleAround(20, 21)).toBe(false);
  before.add(30);
  expect(before.hasHoleAround(30, 30)).toBe(true);

  const after = new IntervalSet();
  for (const id of [10, 20, 21]) after.add(id);
  after.explainGap();
  expect(after.hasHoleAround(20, 21)).toBe(false);
  expect(after.hasHoleAround(10, 10)).toBe(true);
});

test("an interval set forgets the older half beyond its capacity, and counts nothing below again", () => {
  const set = new IntervalSet();
  for (let range = 0; range <= MAX_RANGES; range++) set.add(range * 2);
  expect(set.size).toBeLessThanOrEqual(MAX_RANGES);
  expect(set.add(0)).toBe(FORGOTTEN);
  expect(set.add(1)).toBe(FORGOTTEN);
  expect(set.add(MAX_RANGES * 2)).toBe(KNOWN);
  expect(set.add(MAX_RANGES * 2 + 1)).toBe(APPENDED);
});
