import { expect, test } from "vitest";
import { HyperLogLog } from "#lib/domain/sketches/hyper-log-log.ts";
import { addItems, type Kind, KINDS, officialIsMissing, runOfficial } from "#test/support/datasketches.ts";
import { removeFolder, scratchFolder } from "#test/support/scratch.ts";

const ourBytes = (kind: Kind, items: number): Uint8Array => addItems(new HyperLogLog(), kind, 0, items).encode();

const missing = officialIsMissing();
test.skipIf(missing !== null)(
  `Apache DataSketches reads our bytes, goes on with them, and writes what we read${missing === null ? "" : ` (skipped: ${missing})`}`,
  () => {
    const folder = scratchFolder();
    try {
      const counts = [0, 1, 7, 8, 25, 200, 384, 385, 5000, 100_000];
      const official = runOfficial(folder, counts);
      expect(official.estimates).toHaveLength(KINDS.length * counts.length);
      for (const { kind, count: items, theirs, ours, union } of official.estimates) {
        expect(ours).toBe(theirs);
        expect(union).toBe(theirs);
        const bytes = ourBytes(kind, items);
        expect(HyperLogLog.decode(official.read("theirs", kind, items)).encode()).toEqual(bytes);
        expect(HyperLogLog.decode(official.read("updatable", kind, items)).encode()).toEqual(bytes);
        const further = ourBytes(kind, 2 * items);
        expect(HyperLogLog.decode(official.read("continued", kind, items)).encode()).toEqual(further);
      }
    } finally {
      removeFolder(folder);
    }
  },
  120_000,
);
