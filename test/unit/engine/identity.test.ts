import { expect, test } from "vitest";
import type { CheckpointDocument } from "#lib/contracts/engine-store.ts";
import { storedVersion } from "#lib/contracts/engine-store.ts";
import { errorCode, errorMessage } from "#lib/errors.ts";
import { beginEpoch } from "#lib/engine/begin-epoch.ts";
import { Bench, FakeLog, type FakeStore } from "./fakes.ts";
import { at, config, ready, records, trade } from "./lines.ts";

const LOG = records([config(), ready(-3600)], [trade(0.5, 1)], [trade(0.6, 2)], [trade(0.7, 3)]);

/** A store with a checkpoint at offset 3, changed as asked for. */
async function stored(change: Partial<CheckpointDocument> = {}): Promise<FakeStore> {
  const bench = new Bench(LOG);
  await bench.open();
  await bench.read(0, 3);
  await bench.idle(2000);
  const item = bench.store.documents.get("ticks|0");
  if (!item) throw new Error("no checkpoint");
  const document = { ...(JSON.parse(item.body) as CheckpointDocument), ...change };
  bench.store.documents.set(item.id, { ...item, body: JSON.stringify(document) });
  return bench.store;
}

async function refusal(bench: Bench): Promise<string> {
  const error: unknown = await bench.open().then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(errorCode(error)).toBe("REFUSED");
  expect(errorMessage(error)).toContain("npm run epoch");
  return errorMessage(error);
}

test("the very first start begins epoch 1 in every partition, at the beginning of the log", async () => {
  const bench = new Bench(LOG);
  bench.log.partitions = 3;
  bench.log.start = 1;
  expect(await bench.open()).toBe(1);
  for (const partition of [0, 1, 2]) {
    expect(bench.store.document(`ticks|${partition}`)).toMatchObject({ epoch: 1, position: 1, begin: 1, from: 0 });
  }
});

test("a first start that died half way is finished before anything is read", async () => {
  const bench = new Bench(LOG);
  bench.log.partitions = 2;
  await bench.open();
  bench.store.documents.delete("ticks|1");
  const again = new Bench(LOG, {}, bench.store);
  again.log.partitions = 2;
  expect(await again.open()).toBe(0);
  expect(again.store.document("ticks|1")).toMatchObject({ epoch: 1, position: 0 });
});

test("it goes on from its checkpoint", async () => {
  expect(await new Bench(LOG, {}, await stored()).open()).toBe(3);
});

test("it refuses a checkpoint beyond the end of the log", async () => {
  expect(await refusal(new Bench(LOG.slice(0, 2), {}, await stored()))).toContain("emptied or made anew");
});

test("it refuses a checkpoint before the beginning of the log", async () => {
  const bench = new Bench(LOG, {}, await stored({ position: 1 }));
  bench.log.start = 2;
  expect(await refusal(bench)).toContain("deleted before they were read");
});

test("it refuses another log with the same offsets", async () => {
  const other = LOG.map((record) => ({ ...record, timestamp: record.timestamp + 1 }));
  expect(await refusal(new Bench(other, {}, await stored()))).toContain("is not the one");
});

test("it takes a log for the same when the record before the checkpoint has been deleted", async () => {
  const bench = new Bench(LOG, {}, await stored());
  bench.log.start = 3;
  expect(await bench.open()).toBe(3);
});

test.each([
  [{ partitions: 8 }, "8 partitions"],
  [{ topology: "ticks/1/1s" }, "written for ticks/1/1s"],
  [{ logic: 0 }, "rules number 0"],
] as const)("it refuses a checkpoint with %j", async (change, words) => {
  expect(await refusal(new Bench(LOG, {}, await stored(change)))).toContain(words);
});

test("it refuses to begin alone when other partitions have gone on", async () => {
  const store = await stored();
  const bench = new Bench(LOG, { partition: 1 }, store);
  bench.log.partitions = 2;
  expect(await refusal(bench)).toContain("it has none");
});

test("it refuses to go on in an epoch that is over", async () => {
  const store = await stored();
  const other = store.documents.get("ticks|0");
  if (!other) throw new Error("no checkpoint");
  const body = JSON.stringify({ ...(JSON.parse(other.body) as CheckpointDocument), partition: 1, epoch: 2 });
  store.documents.set("ticks|1", { ...other, id: "ticks|1", body });
  const bench = new Bench(LOG, {}, store);
  expect(await refusal(bench)).toContain("epoch 2 has begun");
});

test("a running task ends when it sees a newer epoch", async () => {
  const bench = new Bench(LOG);
  await bench.open();
  await bench.read(0, 2);
  const log = new FakeLog(LOG);
  await beginEpoch({ topic: "ticks", store: bench.store, log, at: { kind: "end" }, from: at(0), now: 1 });
  await bench.idle(40_000);
  await expect(bench.engine.idle?.()).rejects.toThrow("epoch 2 has begun");
});

test("missing offsets are the broker's own unless the log has been cut", async () => {
  const gap = LOG.map((record) => (record.offset === 3 ? { ...record, offset: 4 } : record));
  const whole = new Bench(gap);
  await whole.open();
  await whole.read(0, 4);
  expect(whole.engine.report()?.position).toBe(5);

  const cut = new Bench(gap);
  await cut.open();
  await cut.read(0, 3);
  cut.log.start = 4;
  await expect(cut.read(3, 4)).rejects.toThrow("were deleted before they were read");
});

test("records below the position are ignored, and the documents of another epoch do not exist", async () => {
  const store = await stored();
  const log = new FakeLog(LOG);
  const { epoch, positions } = await beginEpoch({
    topic: "ticks",
    store,
    log,
    at: { kind: "offsets", of: () => 3 },
    from: 0,
    now: 1,
  });
  expect([epoch, positions]).toEqual([2, [{ partition: 0, position: 3 }]]);
  const bench = new Bench(LOG, {}, store);
  expect(await bench.open()).toBe(3);
  expect(bench.engine.report()).toMatchObject({ symbols: 0, openWindows: 0, position: 3 });
  await bench.read(0, 4);
  expect(bench.counters).toMatchObject({ read: 1 });
  expect(bench.counters.dead["unknown-channel"]).toBe(1);
});

test("a new epoch begins at the start, the end, or with the first record since a time", async () => {
  const begin = async (at_: Parameters<typeof beginEpoch>[0]["at"]): Promise<number | undefined> => {
    const store = await stored();
    const log = new FakeLog(LOG);
    const begun = await beginEpoch({ topic: "ticks", store, log, at: at_, from: 7, now: 1 });
    const item = store.documents.get("ticks|0");
    expect(item?.version).toBe(storedVersion(2, begun.positions[0]?.position ?? -1));
    expect(JSON.parse(item?.body ?? "null")).toMatchObject({ epoch: 2, from: 7, fingerprint: null, state: "[]" });
    return begun.positions[0]?.position;
  };
  expect(await begin({ kind: "start" })).toBe(0);
  expect(await begin({ kind: "end" })).toBe(4);
  const first = LOG[0]?.timestamp ?? 0;
  for (const offset of [0, 1, 2, 3, 4]) {
    expect(await begin({ kind: "time", milliseconds: first + offset })).toBe(offset);
  }
});
