import { expect, test } from "vitest";
import type { WindowDocument } from "#lib/contracts/engine-store.ts";
import type { TickLine } from "#lib/contracts/ticks.ts";
import { SECOND } from "#lib/domain/interval.ts";
import { SYMBOL, at, config, givenBar, heartbeat, quote, ready, records, trade } from "./lines.ts";
import { OneTask } from "./one-task.ts";

/** A task that has read these frames behind the usual beginning. */
function after(...frames: (TickLine | string)[][]): OneTask {
  return new OneTask().read(records([config(), ready(-3600)], ...frames));
}

function bar(task: OneTask, interval: string, seconds: number): WindowDocument | undefined {
  return task.bars().get(`${SYMBOL}|${interval}|${at(seconds)}`);
}

const firings = (task: OneTask, interval = "1s"): string[] =>
  task.told.filter((line) => line.interval === interval).map((line) => `${line.firing} ${line.revision}`);

test("no tick closes a bar, however late it is: only a heartbeat does", () => {
  const task = after([trade(0.5, 1), trade(600, 2)]);
  expect(bar(task, "1s", 0)?.final).toBe(false);
  task.read(records([], [], [heartbeat(1)]).slice(2));
  expect(bar(task, "1s", 0)?.final).toBe(true);
  expect(bar(task, "1m", 0)?.final).toBe(false);
});

test("a bar closes when the watermark reaches its end, not before", () => {
  expect(bar(after([trade(0.5, 1), heartbeat(0.999999)]), "1s", 0)?.final).toBe(false);
  expect(bar(after([trade(0.5, 1), heartbeat(1)]), "1s", 0)?.final).toBe(true);
});

test("a heartbeat of an older configuration proves nothing, one of an unknown configuration is dead", () => {
  const task = after([trade(0.5, 1), config(3), ready(undefined, { n: 3 }), heartbeat(10, 2)]);
  expect(bar(task, "1s", 0)?.final).toBe(false);
  expect(task.counters.duplicate).toBe(1);
  task.read(records([], [], [heartbeat(10, 4)]).slice(2));
  expect(task.counters.dead["unknown-channel"]).toBe(1);
  task.read(records([], [], [], [heartbeat(10, 3)]).slice(3));
  expect(bar(task, "1s", 0)?.final).toBe(true);
});

test("a symbol is frozen from its config to its ready, and then catches up", () => {
  const task = after([trade(0.5, 1)], [config(2)], [heartbeat(10, 2)]);
  expect(bar(task, "1s", 0)?.final).toBe(false);
  // What fills the gap is not late.
  task.read(records([], [], [], [], [trade(0.7, 2)], [ready(undefined, { n: 2 })]).slice(4));
  expect(bar(task, "1s", 0)).toMatchObject({ final: true, revision: 0, trades: 2, complete: true });
});

test("a symbol that its channel names no more stays frozen until a channel names it", () => {
  const task = after([trade(0.5, 1)], [config(2, { symbols: [] })], [heartbeat(10, 2)]);
  expect(bar(task, "1s", 0)?.final).toBe(false);
});

test("a symbol that changes its channel keeps its watermark", () => {
  const other = { channel: "sim-1" };
  const task = after(
    [heartbeat(60)],
    [config(1, { ...other }), ready(undefined, other)],
    [trade(30.5, 1, other), trade(61, 2, other), heartbeat(20, 1, "sim-1")],
  );
  expect(bar(task, "1s", 30)).toMatchObject({ final: true });
  expect(bar(task, "1s", 61)?.final).toBe(false);
  // The channel it left moves it no more.
  task.read(records([], [], [], [], [heartbeat(100)]).slice(4));
  expect(bar(task, "1s", 61)?.final).toBe(false);
});

test("a stalled channel holds back its own symbols only", () => {
  const other = { channel: "sim-1", symbol: "SIM:B" };
  const task = after(
    [config(1, { channel: "sim-1", symbols: ["SIM:B"] }), ready(-3600, other)],
    [trade(0.5, 1), trade(0.5, 1, other), heartbeat(10)],
  );
  expect(bar(task, "1s", 0)?.final).toBe(true);
  expect(task.bars().get(`SIM:B|1s|${at(0)}`)?.final).toBe(false);
});

test("a trade after the close rewrites the bar as the next revision, told of as late", () => {
  const task = after([trade(0.5, 1)], [heartbeat(2)], [trade(0.6, 2, { price: 90 })], [trade(0.7, 3)]);
  expect(firings(task)).toEqual(["final 0", "late 1", "late 2"]);
  expect(bar(task, "1s", 0)).toMatchObject({ trades: 3, low: 90, revision: 2, final: true });
  expect(task.counters).toMatchObject({ corrected: 2 });
  expect(bar(task, "1m", 0)).toMatchObject({ trades: 3, revision: 0, final: false });
});

test("the first trade of a window that has ended makes a closed bar without a correction", () => {
  const task = after([heartbeat(100)], [trade(0.5, 1)]);
  expect(bar(task, "1s", 0)).toMatchObject({ final: true, revision: 0, trades: 1 });
  expect(firings(task)).toEqual(["final 0"]);
});

test("a trade behind the correction horizon is dead, and its repetition of a counted one is not", () => {
  const task = after([trade(0.5, 1), heartbeat(4000)], [trade(0.5, 1), trade(0.6, 2)]);
  expect(task.counters).toMatchObject({ duplicate: 1, applied: 4 });
  expect(task.counters.dead["too-old"]).toBe(1);
  expect(bar(task, "1s", 0)?.trades).toBe(1);
});

test("a tick that is further ahead of its receipt than the tolerance is dead", () => {
  const task = after([
    trade(10, 1, { receivedTime: at(5) }),
    trade(10, 2, { receivedTime: at(4.9) }),
    quote(10, 1, 2, { receivedTime: at(4.9) }),
  ]);
  expect(task.counters.dead["from-the-future"]).toBe(2);
  expect(bar(task, "1s", 10)?.trades).toBe(1);
});

test("lines of unknown channels, of other partitions and without sense are dead and change nothing", () => {
  const task = new OneTask();
  const topology = { ...task.task.state.identity, partitions: 64, partition: 63 };
  Object.assign(task.task.state.identity, topology);
  task.read(records([config(), trade(1, 1), trade(1, 2, { channel: "other" }), "{", '{"type":"odd"}']));
  expect(task.counters.dead).toMatchObject({ "wrong-partition": 1, "unknown-channel": 1, malformed: 2 });
  expect(task.task.deadLetters.map(({ key }) => key)).toEqual(["63|0|1", "63|0|2", "63|0|3", "63|0|4"]);
  const letter = JSON.parse(task.task.deadLetters[2]?.value.toString() ?? "") as { reason: string; bytes: string };
  expect([letter.reason, Buffer.from(letter.bytes, "base64").toString()]).toEqual(["malformed", "{"]);
  expect(task.bars().size).toBe(0);
});

test("open and close go by event time, then by id, whatever arrives first", () => {
  const task = after([
    trade(0.5, 7, { price: 5 }),
    trade(0.5, 3, { price: 3 }),
    trade(0.2, 9, { price: 9 }),
    trade(0.8, 1, { price: 1 }),
    trade(0.8, 2, { price: 2 }),
  ]);
  expect(bar(task, "1s", 0)).toMatchObject({ open: 9, close: 2, high: 9, low: 1, trades: 5 });
});

test("size zero trades and counts, and a bar without any size has no vwap", () => {
  const nothing = bar(after([trade(0.5, 1, { size: 0 })]), "1m", 0);
  expect(nothing).toMatchObject({ volume: 0, vwap: null, trades: 1 });
  const some = bar(after([trade(0.5, 1, { size: 0 }), trade(1.5, 2, { price: 50, size: 2, side: "buy" })]), "1m", 0);
  expect(some).toMatchObject({ volume: 2, vwap: 50, trades: 2, buyVolume: 2 });
});

test("ids count once in their own space, and bars of several spaces are not complete", () => {
  const task = after([trade(0.5, 1), trade(0.5, 1), trade(0.6, 1, { idSpace: "auction" })]);
  expect(bar(task, "1s", 0)).toMatchObject({ trades: 2, complete: false });
  expect(task.counters.duplicate).toBe(1);
});

test("quotes show in the bars of their windows: the newest, and the smallest and largest spread", () => {
  const task = after([
    quote(0.1, 99, 101),
    trade(0.2, 1),
    quote(0.4, 100, 100.5),
    quote(0.3, 90, 91),
    quote(0.4, 100, 100.5),
    quote(1.2, 98, 99),
  ]);
  expect(bar(task, "1s", 0)).toMatchObject({ bid: 100, ask: 100.5, spreadMin: 0.5, spreadMax: 2 });
  expect(bar(task, "1m", 0)).toMatchObject({ bid: 98, ask: 99, trades: 1 });
});

test("quotes alone are no bar; those before the first trade of a window are in it", () => {
  const task = after([quote(0.1, 99, 101)]);
  expect(task.bars().size).toBe(0);
  expect(task.drain().told).toEqual([]);
  task.read(records([], [], [trade(0.9, 1)]).slice(2));
  expect(bar(task, "1s", 0)).toMatchObject({ bid: 99, ask: 101, trades: 1 });
});

test("quotes without a trade end with the lateness of their window", () => {
  const task = after([quote(0.1, 99, 101)], [heartbeat(6)], [trade(0.9, 1)]);
  expect(bar(task, "1s", 0)).toMatchObject({ bid: null, spreadMin: null, trades: 1, final: true });
  expect(bar(task, "1m", 0)).toMatchObject({ bid: 99, trades: 1 });
  task.read(records([], [], [], [], [quote(0.2, 1, 2)]).slice(4));
  expect(bar(task, "1s", 0)).toMatchObject({ bid: null, revision: 0 });
});

test("a quote that changes a closed bar is a correction, its repetition is none", () => {
  const task = after([trade(0.5, 1), quote(0.5, 9, 10), heartbeat(1)], [quote(0.6, 9, 11)], [quote(0.6, 9, 11)]);
  expect(bar(task, "1s", 0)).toMatchObject({ revision: 1, ask: 11 });
  expect(firings(task)).toEqual(["final 0", "late 1"]);
});

test("a greater lateness does not bring sealed windows back", () => {
  const patient = config(2, { lateness: { ...config().lateness, "1s": 600 * SECOND } });
  const task = after([trade(0.5, 1), heartbeat(60)], [patient, ready(undefined, { n: 2 })]);
  task.task.parse(records([], [], [], [trade(0.6, 2)])[3] ?? { offset: 3, timestamp: 0, value: Buffer.alloc(0) });
  // In memory still, for it was never stored: otherwise it would have to be read.
  expect(task.task.state.slots[0]?.sealedUntil(0, at(60))).toBe(at(55));
  task.read(records([], [], [], [trade(0.6, 2)]).slice(3));
  expect(bar(task, "1s", 0)).toMatchObject({ trades: 2, revision: 1 });
});

test("given bars are kept as they came, the last line wins, and cost no slot", () => {
  const task = new OneTask().read(records([givenBar(0, 5), givenBar(0, 6), givenBar(86_400_000_000, 7)]));
  const { givenBars, slots } = task.task.state;
  expect([...givenBars].map(([id, { bar: given, line }]) => [id, given.close, line])).toEqual([
    [`${SYMBOL}|1d|0|given`, 6, 1],
    [`${SYMBOL}|1d|86400000000|given`, 7, 2],
  ]);
  expect(slots).toEqual([]);
});

test("an epoch leaves windows alone that start before its beginning, and counts trades that lie wholly before it", () => {
  const task = new OneTask("batch", at(30.5));
  task.read(records([config(), ready(0)], [trade(20, 1), trade(30.7, 2), trade(40, 3)]));
  expect([...task.bars().keys()]).toEqual([`${SYMBOL}|1s|${at(40)}`]);
  expect(task.counters.dead["too-old"]).toBe(2);
});

test("lineage names the lines that made a bar and the version the line that changed it last", () => {
  const task = after([quote(0.1, 1, 2), trade(0.5, 1)], ["", trade(0.7, 2), quote(0.8, 1, 3)], [heartbeat(1)]);
  expect(bar(task, "1s", 0)?.lineage).toEqual({
    channel: "sim-0",
    partition: 0,
    firstOffset: 1,
    firstLine: 1,
    lastOffset: 2,
    lastLine: 1,
    firstTime: at(0.5),
    lastTime: at(0.7),
  });
  expect(task.told.find(({ interval }) => interval === "1s")).toMatchObject({ offset: 3, line: 0, epoch: 1 });
});
