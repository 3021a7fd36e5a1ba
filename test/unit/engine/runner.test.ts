import { expect, test } from "vitest";
import { type BarLine, barLineSchema } from "#lib/contracts/bars.ts";
import { type LatestLine, latestLineSchema } from "#lib/contracts/latest.ts";
import { deadLineSchema } from "#lib/contracts/dead.ts";
import { lateLineSchema } from "#lib/contracts/late.ts";
import type { GivenBarDocument, WindowDocument } from "#lib/contracts/engine-store.ts";
import { storedVersion } from "#lib/contracts/engine-store.ts";
import { TapedeckError } from "#lib/errors.ts";
import { Bench, settled } from "./fakes.ts";
import { at, config, givenBar, heartbeat, quote, ready, records, SYMBOL, trade } from "./lines.ts";

const BEGIN = [config(), ready(-3600)];

/** A frame for each trade, a tenth of a second apart. */
function ticking(count: number) {
  return records(
    BEGIN,
    ...Array.from({ length: count }, (_, index) => [trade(index / 10, index + 1, { price: 100 + index })]),
  );
}

test("a checkpoint writes windows, then slots, then itself, each when the one before is acknowledged", async () => {
  const bench = new Bench(records(BEGIN, [trade(0.5, 1)]));
  await bench.open();
  bench.store.rounds.length = 0;
  bench.store.held = [];
  await bench.read(0, 2);
  await bench.idle(2000);
  expect(bench.store.rounds.map((round) => round.map((each) => each.replace(/\|\d+$/, "")))).toEqual([
    [`latest ${SYMBOL}`],
    ["1s", "1m", "5m", "1h", "1d"].map((interval) => `window ${SYMBOL}|${interval}`),
  ]);
  const pass = async (): Promise<void> => {
    for (const resolve of bench.store.held?.splice(0) ?? []) resolve();
    await settled();
  };
  await pass();
  expect(bench.store.rounds.slice(2)).toEqual([[`slot slot|${SYMBOL}`]]);
  expect(bench.engine.checkpoint).toBe(0);
  await pass();
  expect(bench.store.rounds.slice(3)).toEqual([["checkpoint ticks|0"]]);
  await pass();
  expect(bench.engine.checkpoint).toBe(2);
  expect(bench.store.documents.get("ticks|0")?.version).toBe(storedVersion(1, 2));
});

test("slots wait for the publication of the windows, too", async () => {
  const bench = new Bench(records(BEGIN, [trade(0.5, 1)]));
  await bench.open();
  bench.store.rounds.length = 0;
  bench.producer.held = [];
  await bench.read(0, 2);
  await bench.idle(2000);
  expect(bench.store.rounds.flat().filter((each) => each.startsWith("slot"))).toEqual([]);
  bench.producer.release();
  await settled();
  expect(bench.store.rounds.flat().filter((each) => each.startsWith("slot"))).toEqual([`slot slot|${SYMBOL}`]);
});

test("one checkpoint at a time: the task goes on meanwhile, and the bytes are those of its beginning", async () => {
  const bench = new Bench(ticking(8));
  await bench.open();
  bench.store.held = [];
  await bench.read(0, 3);
  await bench.idle(2000);
  await bench.read(3, 9, 5000);
  await settled();
  expect(bench.store.rounds.filter((round) => round[0]?.startsWith("window"))).toHaveLength(1);
  bench.store.release();
  await settled();
  const id = `${SYMBOL}|1m|${at(0)}`;
  expect(bench.store.document(id)).toMatchObject({ trades: 2, position: 3 });
  await bench.idle(2000);
  expect(bench.store.document(id)).toMatchObject({ trades: 8, position: 9 });
});

test("a window that is stored while a frame waits for another one is still there for the frame", async () => {
  const late = [trade(0.6, 3), trade(2.5, 4)];
  const bench = new Bench(records(BEGIN, [trade(0.5, 1), trade(1.5, 2)], [heartbeat(100)], late));
  await bench.open();
  await bench.read(0, 3);
  bench.store.held = [];
  await bench.idle(2000);
  const readWindows = bench.store.readWindows.bind(bench.store);
  bench.store.readWindows = async (keys) => {
    bench.store.release();
    await settled();
    return readWindows(keys);
  };
  await bench.read(3, 4);
  await bench.idle(2000);
  expect(bench.store.document(`${SYMBOL}|1s|${at(0)}`)).toMatchObject({ trades: 2, revision: 1 });
});

test("nothing is written while nothing is read", async () => {
  const bench = new Bench(ticking(3));
  await bench.open();
  await bench.read(0, 4);
  await bench.idle(2000);
  const before = bench.store.rounds.length;
  for (let turn = 0; turn < 5; turn++) await bench.idle(2000);
  expect(bench.store.rounds.length).toBe(before);
});

test("updates of an open bar are gathered for the cadence; its close is not", async () => {
  const bench = new Bench(records(BEGIN, [trade(0.1, 1)], [trade(0.2, 2), trade(0.3, 3)], [heartbeat(1)]));
  await bench.open();
  await bench.read(0, 1, 1000);
  await bench.read(1, 2, 50);
  await bench.read(2, 3, 10);
  expect(bench.producer.lines("bars")).toEqual([]);
  await bench.idle(40);
  const seconds = (): unknown[] =>
    bench.producer
      .lines<BarLine>("bars")
      .filter(({ interval }) => interval === "1s")
      .map(({ firing, trades, offset, line }) => ({ firing, trades, offset, line }));
  expect(seconds()).toEqual([{ firing: "early", trades: 3, offset: 2, line: 1 }]);
  await bench.read(3, 4, 100);
  expect(seconds()).toEqual([expect.anything(), { firing: "final", trades: 3, offset: 3, line: 0 }]);
});

test("telling of every record, each line that changes a bar is told of with its own version", async () => {
  const log = records(BEGIN, [trade(0.1, 1), trade(0.2, 2), heartbeat(0.1), trade(0.3, 3)]);
  const bench = new Bench(log, { cadence: "record" });
  await bench.open();
  await bench.read(0, 2);
  const seconds = bench.producer.lines<BarLine>("bars").filter(({ interval }) => interval === "1s");
  expect(seconds.map(({ trades, line }) => [trades, line])).toEqual([
    [1, 0],
    [2, 1],
    [3, 3],
  ]);
});

test("what is published keeps its schemas", async () => {
  const lines = [quote(0.05, 9, 10), trade(0.1, 1, { side: "buy", conditions: ["@", "I"] }), "broken", trade(0.2, 2)];
  const bench = new Bench(records(BEGIN, lines, [heartbeat(1), trade(0.3, 3)]));
  await bench.open();
  await bench.read(0, 3);
  await bench.idle(100);
  for (const line of bench.producer.lines("bars")) expect(barLineSchema.safeParse(line).error).toBeUndefined();
  for (const line of bench.producer.lines("latest")) expect(latestLineSchema.safeParse(line).error).toBeUndefined();
  const dead = bench.producer.sent.filter(({ topic }) => topic === "ticks.dead");
  expect(dead.map(({ key, partition }) => [key, partition])).toEqual([["0|1|2", 0]]);
  for (const line of bench.producer.lines("ticks.dead")) expect(deadLineSchema.safeParse(line).error).toBeUndefined();
  expect(bench.producer.lines("ticks.dead")).toHaveLength(1);
});

test("a tick that corrects closed bars is reported, and the report is acknowledged before the bars are stored", async () => {
  const late = trade(0.2, 2, { price: 99, conditions: ["Z"] });
  const bench = new Bench(records(BEGIN, [trade(0.1, 1)], [heartbeat(1.5)], [late, trade(2, 3)]));
  await bench.open();
  await bench.read(0, 3);
  bench.store.rounds.length = 0;
  bench.producer.held = [];
  await bench.read(3, 4);
  await bench.idle(2000);
  expect(bench.store.rounds.flat().filter((each) => each.startsWith("window"))).toEqual([]);
  const sent = bench.producer.sent.find(({ topic }) => topic === "ticks.late");
  expect(sent).toMatchObject({ key: "0|3|0", partition: 0 });
  const report = { partition: 0, offset: 3, line: 0, late: 1_300_000, tick: late };
  const bars = [{ interval: "1s", start: at(0), revision: 1 }];
  expect(bench.producer.lines("ticks.late")).toEqual([{ ...report, bars }]);
  expect(lateLineSchema.safeParse(bench.producer.lines("ticks.late")[0]).error).toBeUndefined();
  expect(bench.counters.corrected).toBe(1);
  bench.producer.release();
  await settled();
  expect(bench.store.rounds.flat().some((each) => each.startsWith("window"))).toBe(true);
});

test("a symbol is told of at most fifty times a second, with its newest prints and how many were left out", async () => {
  const bench = new Bench(ticking(40));
  await bench.open();
  await bench.read(0, 2);
  await bench.idle(1000);
  await bench.read(2, 32, 10);
  await bench.idle(9);
  expect(bench.producer.lines("latest")).toHaveLength(1);
  await bench.idle(1);
  const [first, second] = bench.producer.lines<LatestLine>("latest");
  expect(first).toMatchObject({ price: 100, skipped: 0, dayTrades: 1 });
  expect(second?.prints?.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => index + 12));
  expect(second).toMatchObject({ price: 130, skipped: 10, dayOpen: 100, dayHigh: 130, dayTrades: 31, offset: 31 });
  await bench.idle(1000);
  expect(bench.producer.lines("latest")).toHaveLength(2);
});

test("the newest of a symbol is stored at most once a second, without prints", async () => {
  const bench = new Bench(ticking(20));
  await bench.open();
  const stored = (): number => bench.store.rounds.filter((round) => round[0]?.startsWith("latest")).length;
  await bench.read(0, 3);
  await bench.idle(1000);
  const before = stored();
  for (let tenth = 0; tenth < 9; tenth++) await bench.read(3 + tenth, 4 + tenth, 100);
  expect(stored()).toBe(before);
  await bench.idle(100);
  expect(stored()).toBe(before + 1);
  const document = bench.store.document(SYMBOL) as LatestLine;
  expect(latestLineSchema.safeParse(document).error).toBeUndefined();
  expect([document.price, document.prints]).toEqual([110, undefined]);
});

test("the last trade and quote of a symbol are known again after a restart", async () => {
  const log = records(BEGIN, [trade(0.1, 1, { price: 50 }), quote(0.2, 49, 51)], [quote(0.3, 48, 52)]);
  const first = new Bench(log);
  await first.open();
  await first.read(0, 2);
  await first.idle(2000);
  const second = new Bench(log, {}, first.store);
  expect(await second.open()).toBe(2);
  await second.read(2, 3, 1000);
  expect(second.producer.lines<LatestLine>("latest").at(-1)).toMatchObject({ price: 50, bid: 48, dayTrades: 1 });
});

test("given bars are documents of their own, written before the checkpoint that covers them", async () => {
  const bench = new Bench(records([givenBar(0, 5)], [givenBar(0, 6)]));
  await bench.open();
  await bench.read(0, 2);
  await bench.idle(2000);
  expect(bench.store.document(`${SYMBOL}|1d|0|given`)).toMatchObject({
    given: true,
    close: 6,
    offset: 1,
    line: 0,
    position: 2,
  } satisfies Partial<GivenBarDocument>);
  expect(bench.engine.checkpoint).toBe(2);
});

test("a sealed bar leaves memory when it is stored and published, and a correction reads it back", async () => {
  const log = records(BEGIN, [trade(0.5, 1)], [heartbeat(60)], [trade(0.6, 2)], [heartbeat(61)]);
  const bench = new Bench(log);
  await bench.open();
  await bench.read(0, 3);
  expect(bench.engine.report()?.openWindows).toBe(5);
  await bench.idle(2000);
  await bench.idle(5);
  // 1s is sealed; 1m closed, and its lateness goes on.
  expect(bench.engine.report()?.openWindows).toBe(4);
  await bench.read(3, 4);
  expect(bench.store.asked).toEqual([`${SYMBOL}|1s|${at(0)}`]);
  await bench.idle(2000);
  expect(bench.store.document(`${SYMBOL}|1s|${at(0)}`)).toMatchObject({ trades: 2, revision: 1, final: true });
});

test("a window read back that is ahead of the task is published again and not changed again", async () => {
  const log = records(BEGIN, [trade(0.5, 1)], [heartbeat(60)], [trade(0.6, 2)], [trade(70, 3)]);
  const first = new Bench(log);
  await first.open();
  await first.read(0, 3);
  await first.idle(2000);
  await first.read(3, 5);
  first.store.held = [];
  await first.idle(2000);
  for (const resolve of first.store.held.splice(0)) resolve();
  await settled();
  // Its windows are stored, and it dies before its slots are.
  first.store.held = null;
  const id = `${SYMBOL}|1s|${at(0)}`;
  expect(first.store.document(id)).toMatchObject({ trades: 2, position: 5 } satisfies Partial<WindowDocument>);

  const second = new Bench(log, {}, first.store);
  expect(await second.open()).toBe(3);
  await second.read(3, 5);
  await second.idle(2000);
  const told = second.producer
    .lines<BarLine>("bars")
    .filter(({ start, interval }) => start === at(0) && interval === "1s");
  expect(told).toMatchObject([{ firing: "late", revision: 1, trades: 2, offset: 3, line: 0 }]);
  expect(second.store.document(id)).toMatchObject({ trades: 2, revision: 1 });
  expect(second.store.document(`${SYMBOL}|1m|${at(0)}`)).toMatchObject({ trades: 2, position: 5 });
});

test("a refused write stops the partition, and so does a refused frame", async () => {
  const store = new Bench(ticking(3));
  await store.open();
  store.store.failure = new TapedeckError("REJECTED", "no such field");
  await store.read(0, 4);
  await store.idle(2000);
  await expect(store.engine.idle?.()).rejects.toThrow("no such field");

  const producer = new Bench(ticking(3));
  await producer.open();
  producer.producer.failure = new TapedeckError("REJECTED", "too large");
  await producer.read(0, 4);
  await producer.idle(2000);
  await expect(producer.engine.idle?.()).rejects.toThrow("too large");
});

test("an orderly end writes a last checkpoint; losing the partition does not", async () => {
  const ended = new Bench(ticking(5));
  await ended.open();
  await ended.read(0, 6);
  await ended.engine.close(true);
  expect(ended.engine.checkpoint).toBe(6);
  expect(ended.engine.report()).toBeNull();

  const lost = new Bench(ticking(5));
  await lost.open();
  await lost.read(0, 6);
  await lost.engine.close(false);
  expect(lost.engine.checkpoint).toBe(0);
});

test("when nothing is stored, reading stops until something is", async () => {
  const spread = records(
    BEGIN,
    ...Array.from({ length: 80 }, (_, frame) =>
      Array.from({ length: 500 }, (_second, line) => trade(frame * 500 + line, frame * 500 + line + 1)),
    ),
  );
  const bench = new Bench(spread);
  await bench.open();
  bench.store.held = [];
  let isDone = false;
  const reading = bench.read(0, 81).then(() => (isDone = true));
  await settled();
  await new Promise((resolve) => setImmediate(resolve));
  expect(isDone).toBe(false);
  expect(bench.engine.report()?.openWindows).toBeLessThan(40_000);
  bench.store.release();
  await reading;
  expect(bench.counters.trades).toBe(40_000);
});
