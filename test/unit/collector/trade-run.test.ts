import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TradeRun } from "#lib/collector/trade-run.ts";

const at = (id: number, idSpace?: string): { id: number; time: number; idSpace?: string | undefined } => ({
  id,
  time: id * 10,
  idSpace,
});

describe("a run of trades", () => {
  test("knows the next, a gap, what fills it, and what was there already", () => {
    const run = new TradeRun();
    expect([5, 6, 9, 6, 7, 3, 10].map((id) => run.arrive(at(id)))).toEqual([
      "new",
      "new",
      "gap",
      "duplicate",
      "earlier",
      "earlier",
      "new",
    ]);
    expect(run.gaps).toEqual([{ after: 6, before: 9, from: 60, to: 90 }]);
    run.fill(at(7), at(8));
    expect(run.gaps).toEqual([]);
    expect(run.arrive(at(7))).toBe("duplicate");
  });

  test("keeps what history does not cover as a gap, before and within it", () => {
    const run = new TradeRun();
    run.arrive(at(100));
    run.fill(at(50), at(60));
    expect(run.gaps).toEqual([{ after: 60, before: 100, from: 600, to: 1000 }]);
    run.fill(at(61), at(80));
    expect(run.gaps).toEqual([{ after: 80, before: 100, from: 800, to: 1000 }]);
    run.fill(at(81), at(120));
    expect({ gaps: run.gaps, last: run.last }).toEqual({ gaps: [], last: { id: 120, time: 1200, idSpace: undefined } });
  });

  test("begins anew in another id space", () => {
    const run = new TradeRun();
    run.arrive(at(100));
    expect(run.arrive(at(3, "b"))).toBe("new");
    expect({ gaps: run.gaps, old: run.has(at(100)), now: run.has(at(3, "b")) }).toEqual({
      gaps: [],
      old: false,
      now: true,
    });
  });
});

describe("whatever comes in whatever order", () => {
  test("a run says that it has a trade only if that came, and misses none while no gap is open", () => {
    const events = fc.array(
      fc.record({
        id: fc.integer({ min: 0, max: 60 }),
        length: fc.integer({ min: 0, max: 8 }),
        isHistory: fc.boolean(),
      }),
      { maxLength: 40 },
    );
    const property = fc.property(events, (all) => {
      const run = new TradeRun();
      const seen = new Set<number>();
      for (const { id, length, isHistory } of all) {
        if (isHistory) run.fill(at(id), at(id + length));
        else run.arrive(at(id));
        for (let each = id; each <= (isHistory ? id + length : id); each += 1) seen.add(each);
      }
      const claimed = Array.from({ length: 70 }, (_, id) => id).filter((id) => run.has(at(id)));
      const isWhole = run.gaps.length > 0 || seen.size === 0 || run.last?.id === Math.max(...seen);
      return isWhole && claimed.every((id) => seen.has(id));
    });
    expect(() => fc.assert(property, { numRuns: 1000 })).not.toThrow();
  });
});

describe("open gaps", () => {
  test("become one, the oldest first, when they are too many", () => {
    const run = new TradeRun();
    for (let id = 0; id <= 80; id += 2) run.arrive(at(id));
    expect(run.gaps.length).toBeLessThanOrEqual(16);
    expect(run.gaps[0]).toMatchObject({ after: 0 });
    run.fill(at(1), at(79));
    expect(run.gaps).toEqual([]);
  });
});
