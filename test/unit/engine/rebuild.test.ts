import { expect, test } from "vitest";
import { names } from "#lib/contracts/topics.ts";
import { planRebuild, rebuild, type RebuildOptions } from "#lib/engine/rebuild.ts";
import { Bench, FakeStore } from "./fakes.ts";
import { at, config, heartbeat, ready, records, trade } from "./lines.ts";

const LOG = records([config(), ready(-3600)], [trade(0.5, 1)], [trade(1.6, 2)], [heartbeat(3)], [trade(0.7, 3)]);
const clock = { wall: () => at(100), elapsed: () => performance.now() };

function optionsFor(store: FakeStore, start = 0): RebuildOptions {
  return {
    names: names(""),
    store,
    log: {
      topicEnds: () => Promise.resolve([{ partition: 0, start, end: LOG.length }]),
      readRange: async function* (_topic, _partition, from, to) {
        await Promise.resolve();
        yield LOG.filter(({ offset }) => offset >= Math.max(from, start) && offset < to);
      },
    },
    clear: () => {
      store.documents.clear();
      return Promise.resolve();
    },
    clock,
    report: { info: () => undefined, warn: () => undefined },
    progress: () => undefined,
  };
}

async function aggregated(): Promise<FakeStore> {
  const bench = new Bench(LOG);
  await bench.open();
  await bench.read(0, LOG.length);
  await bench.idle(2000);
  return bench.store;
}

test("a log that no longer reaches back is refused before anything is deleted, with what goes on", async () => {
  const store = await aggregated();
  const before = new Map(store.documents);
  await expect(planRebuild(optionsFor(store, 2))).rejects.toThrow(
    /begins at offset 2, taken at .* would be lost .* Nothing was deleted\. `npm run epoch -- --at start`/s,
  );
  expect(store.documents).toEqual(before);
});

test("what was never aggregated is not rebuilt", async () => {
  await expect(planRebuild(optionsFor(new FakeStore()))).rejects.toThrow("never aggregated");
});

test("one that was interrupted after the deletion goes on with what it had kept", async () => {
  const store = await aggregated();
  const { beginnings } = await planRebuild(optionsFor(store));
  const bars = [...store.documents.keys()].filter((id) => id.includes("|1s|"));
  store.documents.clear();
  const options = optionsFor(store);
  await rebuild(options, await planRebuild(options, beginnings));
  expect(bars.length).toBeGreaterThan(0);
  for (const id of bars) expect(store.documents.has(id)).toBe(true);
});
