import { afterAll, beforeAll, expect, test } from "vitest";
import type { CheckpointDocument, SlotDocument, WindowDocument, WriteItem } from "#lib/contracts/engine-store.ts";
import { storedVersion } from "#lib/contracts/engine-store.ts";
import type { StoredBar } from "#lib/contracts/stores.ts";
import { DAY, MINUTE } from "#lib/domain/interval.ts";
import { createElasticsearch } from "#lib/elasticsearch/elasticsearch.ts";
import { elasticsearchUrl } from "#lib/config/config.ts";
import { engineConfig } from "#test/support/engines.ts";
import { givenItem, windowDocument, windowItem } from "#test/support/stored-bars.ts";

const config = engineConfig({ TAPEDECK_LOG_LEVEL: "error" });
const store = createElasticsearch(config);
const { engineStore, bars } = store;
const START = Date.UTC(2026, 10, 30, 23, 50) * 1000;
const refresh = () => fetch(`${elasticsearchUrl(config)}/${config.TAPEDECK_NAMESPACE}-*/_refresh`, { method: "POST" });

beforeAll(async () => {
  await store.createIndices();
});
afterAll(() => store.close());

const NOW = Date.now() * 1000;

function checkpoint(partition: number, epoch: number, position: number): CheckpointDocument {
  return {
    kind: "checkpoint",
    topic: "ticks",
    partition,
    partitions: 4,
    epoch,
    position,
    begin: 0,
    from: 0,
    topology: "t",
    logic: 1,
    fingerprint: { offset: position - 1, crc: 7, timestamp: 8 },
    state: '{"watermarks":{}}',
    written: NOW,
  };
}
const checkpointItem = (document: CheckpointDocument): WriteItem => ({
  target: { kind: "checkpoint" },
  id: `ticks|${document.partition}`,
  version: storedVersion(document.epoch, document.position),
  body: JSON.stringify(document),
});
function slotItem(symbol: string, partition: number, position: number, state = "{}"): WriteItem {
  const slot: SlotDocument = { kind: "slot", symbol, partition, epoch: 1, position, topology: "t", state };
  return {
    target: { kind: "slot" },
    id: `slot|${symbol}`,
    version: storedVersion(1, position),
    body: JSON.stringify(slot),
  };
}

test("the server is ready, and creating the indices again changes nothing", async () => {
  await expect(store.ready()).resolves.toBe(true);
  await expect(store.createIndices()).resolves.toBeUndefined();
});

test("what is stored is read back at once by id; an older version is done without effect, an equal one rewrites", async () => {
  const symbol = "SIM:REAL";
  const newer = windowDocument(symbol, START, { position: 9, close: 99 });
  await engineStore.write([windowItem(newer)]);
  await engineStore.write([
    windowItem(windowDocument(symbol, START, { position: 8, close: 88 })),
    windowItem(windowDocument(symbol, START + MINUTE, { close: 77 })),
  ]);
  const keys = [START + MINUTE, START, START + 2 * MINUTE].map((start) => ({ symbol, interval: "1m" as const, start }));
  const read = await engineStore.readWindows([...keys, { symbol, interval: "1s", start: 0 }]);
  expect(read.map((window) => window?.close ?? null)).toEqual([77, 99, null, null]);
  expect(read[1]).toEqual(newer);
  await engineStore.write([windowItem({ ...newer, revision: 3 })]);
  await expect(bars.get(symbol, "1m", START)).resolves.toEqual({
    document: { ...newer, revision: 3 },
    index: `${config.TAPEDECK_NAMESPACE}-bars-1m-2026.11`,
  });
  await expect(bars.get(symbol, "1m", START + 5 * MINUTE)).resolves.toBeNull();
});

test("a document that the mapping does not know is refused, naming it; its neighbours are stored", async () => {
  const good = windowItem(windowDocument("SIM:GOOD", START));
  const bad = { ...windowItem(windowDocument("SIM:BAD", START)), body: '{"symbol":"SIM:BAD","surprise":1}' };
  await expect(engineStore.write([good, bad])).rejects.toMatchObject({
    code: "REJECTED",
    message: expect.stringMatching(/SIM:BAD\|1m.*surprise/) as string,
  });
  const [stored] = await engineStore.readWindows([{ symbol: "SIM:GOOD", interval: "1m", start: START }]);
  expect(stored).not.toBeNull();
});

test("checkpoints are read in real time, and the newest epoch of a topic is known", async () => {
  await expect(engineStore.readCheckpoint("ticks", 0)).resolves.toBeNull();
  await expect(engineStore.newestEpoch("ticks")).resolves.toBe(0);
  await engineStore.write([checkpointItem(checkpoint(0, 1, 500)), checkpointItem(checkpoint(1, 3, 7))]);
  await expect(engineStore.readCheckpoint("ticks", 0)).resolves.toEqual(checkpoint(0, 1, 500));
  await expect(engineStore.newestEpoch("ticks")).resolves.toBe(3);
  await expect(engineStore.newestEpoch("other")).resolves.toBe(0);
});

function partItem(id: string, position: number, data: string): WriteItem {
  const part = { kind: "savepoint", topic: "ticks", partition: 0, epoch: 1, position, savepoint: { data } };
  return { target: { kind: "savepoint" }, id, version: storedVersion(1, position), body: JSON.stringify(part) };
}

test("the parts of a savepoint are read in real time, of any length, unless one of them was forgotten", async () => {
  const long = "x".repeat(1_500_000);
  await engineStore.write([partItem("savepoint|a", 5, long), partItem("savepoint|b", 5, "short")]);
  await expect(engineStore.readSavepoint(["savepoint|b", "savepoint|a"])).resolves.toEqual(["short", long]);
  await engineStore.write([partItem("savepoint|a", 6, "")]);
  await expect(engineStore.readSavepoint(["savepoint|b", "savepoint|a"])).resolves.toBeNull();
  await expect(engineStore.readSavepoint(["savepoint|c"])).resolves.toBeNull();
});

test("every slot of a partition is read, newest version, of any length, in pages", async () => {
  const long = JSON.stringify({ seen: "x".repeat(100_000) });
  const items = Array.from({ length: 450 }, (_, index) => slotItem(`SIM:S${index}`, index % 2, 10));
  await engineStore.write([...items, slotItem("SIM:S0", 0, 11, long), slotItem("SIM:S2", 0, 9, "older")]);
  const slots: SlotDocument[] = [];
  for await (const page of engineStore.readSlots(0)) slots.push(...page);
  expect(new Set(slots.map(({ symbol }) => symbol)).size).toBe(225);
  expect(slots).toHaveLength(225);
  expect(slots.find(({ symbol }) => symbol === "SIM:S0")).toMatchObject({ position: 11, state: long });
  expect(slots.find(({ symbol }) => symbol === "SIM:S2")).toMatchObject({ position: 10 });
});

test("bars are read across months, built and given beside each other, newest or oldest first", async () => {
  const symbol = "SIM:READ";
  const starts = Array.from({ length: 20 }, (_, index) => START + index * MINUTE);
  await engineStore.write([
    ...starts.map((start) => windowItem(windowDocument(symbol, start))),
    givenItem(symbol, START + MINUTE),
    windowItem(windowDocument("SIM:OTHER", START)),
  ]);
  await refresh();
  const newest = await bars.read({ symbol, interval: "1m", limit: 3, order: "descending" });
  expect(newest.map(({ start }) => start)).toEqual(starts.toReversed().slice(0, 3));
  const range = { symbol, interval: "1m" as const, from: START, to: START + 3 * MINUTE };
  const oldest = await bars.read({ ...range, limit: 10, order: "ascending" });
  expect(oldest.map(({ start }) => (start - START) / MINUTE)).toEqual([0, 1, 1, 2]);
  expect(oldest.slice(1, 3).filter(({ given }) => given)).toHaveLength(1);
  const {
    written: _written,
    topology: _topology,
    raw: _raw,
    sketch: _sketch,
    profile: _profile,
    ...bar
  } = windowDocument(symbol, START);
  expect(oldest[0]).toEqual(bar);
  const drawn = await bars.readChart({ ...range, limit: 10, order: "ascending" });
  expect(drawn.map(({ start, given, close, epoch, position }) => ({ start, given, close, epoch, position }))).toEqual(
    oldest.map(({ start, given, close, epoch, position }) => ({ start, given, close, epoch, position })),
  );
  const scanned: StoredBar[] = [];
  for await (const page of bars.scan({ symbol, interval: "1m" })) scanned.push(...page);
  expect(scanned.map(({ start }) => start)).toEqual([START, START + MINUTE, ...starts.slice(1)]);
  await expect(bars.read({ symbol, interval: "1h", limit: 3, order: "descending" })).resolves.toEqual([]);
});

test("bars of one session come without the others, given bars and those of older versions with the regular ones", async () => {
  const symbol = "SIM:SESSIONS";
  const { session: _, ...old } = windowDocument(symbol, START);
  const sessions = ["regular", "pre", "post", "closed"] as const;
  await engineStore.write([
    windowItem(old as WindowDocument),
    ...sessions.map((session, index) => windowItem(windowDocument(symbol, START + (index + 1) * MINUTE, { session }))),
    givenItem(symbol, START + 5 * MINUTE),
  ]);
  await refresh();
  const read = async (session?: (typeof sessions)[number]): Promise<number[]> => {
    const query = { symbol, interval: "1m", limit: 9, order: "ascending", ...(session ? { session } : {}) } as const;
    return (await bars.readChart(query)).map(({ start }) => (start - START) / MINUTE);
  };
  expect(await read()).toEqual([0, 1, 2, 3, 4, 5]);
  expect(await read("regular")).toEqual([0, 1, 5]);
  expect([await read("pre"), await read("post"), await read("closed")]).toEqual([[2], [3], [4]]);
});

test("sketches of a range and the closes of many symbols come without the rest", async () => {
  const starts = [START, START + MINUTE, START + 2 * MINUTE];
  await engineStore.write([
    ...starts.map((start) => windowItem(windowDocument("SIM:SKETCH", start))),
    windowItem(windowDocument("SIM:SKETCH", START + 3 * MINUTE, { sketch: null })),
    givenItem("SIM:SKETCH", START),
    givenItem("SIM:CLOSES", START + MINUTE, { close: 5 }),
    windowItem(windowDocument("SIM:CLOSES", START + MINUTE, { close: 6, complete: false })),
  ]);
  await refresh();
  const sketches = [];
  const range = { symbol: "SIM:SKETCH", interval: "1m" as const, from: START + MINUTE, to: START + DAY };
  for await (const page of bars.sketches({ ...range, part: "sketch" })) sketches.push(...page);
  expect(sketches.map(({ start, encoded }) => [start, encoded])).toEqual(
    starts.slice(1).map((start) => [start, "c2tldGNo"]),
  );
  expect(sketches[0]?.lastOffset).toBeGreaterThanOrEqual(sketches[0]?.firstOffset ?? Infinity);
  const closes = await bars.closes(["SIM:SKETCH", "SIM:CLOSES", "SIM:NONE"], "1m", START + MINUTE);
  expect([...closes].map(([symbol, list]) => [symbol, list.length])).toEqual([
    ["SIM:CLOSES", 1],
    ["SIM:SKETCH", 3],
  ]);
  expect(closes.get("SIM:CLOSES")).toEqual([{ start: START + MINUTE, close: 5 }]);
});

test("the newest quotes are overwritten by newer ones only", async () => {
  const line = { symbol: "SIM:Q", channel: "sim-0", time: 5, receivedTime: 6, price: 10, epoch: 1, offset: 7, line: 0 };
  const item = (version: number, price: number): WriteItem => ({
    target: { kind: "latest" },
    id: "SIM:Q",
    version,
    body: JSON.stringify({ ...line, price }),
  });
  await engineStore.write([item(5, 10)]);
  await engineStore.write([item(4, 9)]);
  await expect(store.latest.latest(["SIM:Q", "SIM:NONE"])).resolves.toEqual([line]);
});

function second(start: number, position: number, written: number): WriteItem {
  return windowItem(windowDocument("SIM:OLD", start, { interval: "1s", position, written }));
}

test("an index is dropped when its newest write is older than the retention, whatever times its bars have", async () => {
  const [today, longAgo] = [Date.UTC(2026, 5, 1) * 1000, Date.UTC(2024, 0, 5) * 1000];
  await engineStore.write([second(today, 1, NOW), second(longAgo, 1, NOW), second(longAgo + 1_000_000, 1, NOW)]);
  await engineStore.write([second(today, 2, NOW - 2 * DAY), second(longAgo, 2, NOW - 2 * DAY)]);
  const prefix = `${config.TAPEDECK_NAMESPACE}-bars-1s-`;
  await expect(store.dropExpired(NOW)).resolves.toEqual([`${prefix}2026.06.01`]);
  const key = { symbol: "SIM:OLD", interval: "1s" as const };
  const read = await engineStore.readWindows([
    { ...key, start: today },
    { ...key, start: longAgo },
  ]);
  expect(read.map((window) => window !== null)).toEqual([false, true]);
  // What was written before the drop does not bring the index back; what is written now does.
  await engineStore.write([second(today, 3, NOW - 2 * DAY)]);
  await expect(bars.get("SIM:OLD", "1s", today)).resolves.toBeNull();
  await engineStore.write([second(today, 3, NOW)]);
  await expect(bars.get("SIM:OLD", "1s", today)).resolves.not.toBeNull();
});
