import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { BarLine } from "#lib/contracts/bars.ts";
import type { WindowDocument } from "#lib/contracts/engine-store.ts";
import type { EngineOptions } from "#lib/engine/run-engine.ts";
import { generateLog } from "#test/simulation/generate-log.ts";
import { type Random, seeded } from "#test/simulation/random.ts";
import { Bench } from "./fakes.ts";

interface Result {
  /** Stored bars, but for when they were written. */
  bars: Map<string, unknown>;
  /** Lines of `bars` of closed windows, oldest first. */
  closed: BarLine[];
  early: number;
}

/** Reads a log in batches with pauses between, as they come. */
async function run(seed: number, cadence: EngineOptions["cadence"], chance: Random): Promise<Result> {
  const log = generateLog(seeded(seed));
  const bench = new Bench(log, { cadence, checkpointEvery: 700 });
  await bench.open();
  for (let from = 0; from < log.length;) {
    const to = Math.min(log.length, from + 1 + chance.below(4));
    await bench.read(from, to, chance.pick([0, 3, 40, 900]));
    if (chance.chance(0.5)) await bench.idle(chance.below(1_200));
    from = to;
  }
  await bench.idle(2_000);
  await bench.idle(2_000);
  await bench.engine.close(true);
  const lines = bench.producer.lines<BarLine>("bars");
  const windows = [...bench.store.documents.values()].filter(({ target }) => target.kind === "window");
  return {
    bars: new Map(windows.map(({ id }) => [id, withoutTimes(bench.store.document(id) as WindowDocument)])),
    closed: lines.filter(({ firing }) => firing !== "early"),
    early: lines.length,
  };
}

function withoutTimes({ position: _position, written: _written, ...bar }: WindowDocument): unknown {
  return bar;
}

test("bars and their closes are the same whether told of line by line, each 10 ms or each second", async () => {
  const told = { record: 0, 10: 0, 1000: 0 };
  const property = fc.asyncProperty(fc.nat(), fc.nat(), async (seed, pauses) => {
    const chance = seeded(pauses);
    const each = await run(seed, "record", chance);
    for (const cadence of [10, 1000] as const) {
      const batch = await run(seed, cadence, chance);
      expect(batch.bars).toEqual(each.bars);
      expect(batch.closed).toEqual(each.closed);
      told[cadence] += batch.early;
    }
    told.record += each.early;
    expect(each.bars.size).toBeGreaterThan(0);
  });
  await fc.assert(property, { numRuns: 20 });
  expect(told.record).toBeGreaterThan(told[10]);
  expect(told[10]).toBeGreaterThan(told[1000]);
}, 30_000);
