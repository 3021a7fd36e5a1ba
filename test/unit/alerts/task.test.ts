import * as fc from "fast-check";
import { expect, test } from "vitest";
import { AlertCounters } from "#lib/alerts/alert-counters.ts";
import { AlertTask } from "#lib/alerts/alert-task.ts";
import { followedBars } from "#lib/alerts/bar-lines.ts";
import { RuleBook } from "#lib/alerts/rule-book.ts";
import type { AlertTrigger } from "#lib/contracts/alerts.ts";
import type { LogRecord } from "#lib/contracts/log.ts";
import { SECOND } from "#lib/domain/interval.ts";
import { errorCode } from "#lib/errors.ts";
import { FakeAlertStore, recordsOf } from "./fakes.ts";
import { alertRule, barsOf, BEGIN, lineOf, SYMBOL } from "./lines.ts";

interface Worker {
  task: AlertTask;
  delivered: AlertTrigger[];
  book: RuleBook;
  clock: { elapsed: number };
}

function worker(store: FakeAlertStore): Worker {
  const delivered: AlertTrigger[] = [];
  const clock = { elapsed: 0 };
  const book = new RuleBook(store, () => undefined);
  const task = new AlertTask({
    topic: "bars",
    partition: 0,
    store,
    book,
    counters: new AlertCounters(),
    deliver: (triggers) => delivered.push(...triggers),
    clock: { wall: () => BEGIN + 500 * SECOND, elapsed: () => clock.elapsed },
    checkpointEvery: 15_000,
  });
  return { task, delivered, book, clock };
}

const wave = Array.from({ length: 200 }, (_, second) => 100 + Math.round(3 * Math.sin(second / 7)));
const RECORDS = recordsOf(barsOf(wave));
const END = { start: 0, end: 0 };

/** Opens a worker at its stored position and gives it the records from there on. */
async function runTo(
  store: FakeAlertStore,
  records: readonly LogRecord[],
  { to, end = records.length }: { to: number; end?: number },
): Promise<AlertTask> {
  const { task } = worker(store);
  const from = await task.open({ start: 0, end });
  await task.process(records.slice(from, to), records.length);
  return task;
}

test("a price over the level is in the log once, with the place of its tick", async () => {
  const store = new FakeAlertStore();
  store.rulesHeld = [alertRule(1, { frequency: { kind: "once" } })];
  const { task, delivered } = worker(store);
  expect(await task.open(END)).toBe(0);
  await task.process(recordsOf(barsOf([99, 101, 99, 101])), 4);
  expect(delivered).toEqual([...store.log.values()]);
  expect(delivered).toMatchObject([
    { symbol: SYMBOL, price: 101, partition: 0, epoch: 1, offset: 1, line: 0, ticks: 1, time: BEGIN + SECOND },
  ]);
});

test("wherever it is killed, the next finds the same, and nothing twice", async () => {
  const reference = new FakeAlertStore();
  const rules = [
    alertRule(1),
    alertRule(2, { condition: { kind: "below", level: 98 }, frequency: { kind: "close" } }),
    alertRule(3, { condition: { kind: "volume", amount: 30 }, frequency: { kind: "once" } }),
  ];
  reference.rulesHeld = rules;
  await runTo(reference, RECORDS, { to: RECORDS.length, end: 0 });
  expect(reference.log.size).toBeGreaterThan(5);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: RECORDS.length }),
      fc.integer({ min: 0, max: RECORDS.length }),
      async (one, other) => {
        const [checkpoint, death] = [Math.min(one, other), Math.max(one, other)];
        const store = new FakeAlertStore();
        store.rulesHeld = rules;
        const first = await runTo(store, RECORDS, { to: checkpoint, end: 0 });
        await first.close();
        // The one that dies writes what it finds, but not how far it has come.
        await runTo(store, RECORDS, { to: death });
        await runTo(store, RECORDS, { to: RECORDS.length });
        const expected = [...reference.log.keys()].toSorted();
        expect([...store.log.keys()].toSorted()).toEqual(expected);
      },
    ),
    { numRuns: 60 },
  );
});

test("killed before its first checkpoint, the next finds what it found, once, and what came meanwhile", async () => {
  const store = new FakeAlertStore();
  const over = { condition: { kind: "above", level: 100 } } as const;
  store.rulesHeld = [alertRule(1, { ...over, frequency: { kind: "once" } }), alertRule(2, over)];
  const records = recordsOf(barsOf([101, 101, 101]));
  const { task } = worker(store);
  await task.open(END);
  await task.process(records.slice(0, 1), 1);
  await runTo(store, records, { to: records.length });
  expect([...store.log.values()].map(({ rule, offset }) => [rule.at(-1), offset])).toEqual([
    ["1", 0],
    ["2", 0],
  ]);
  const late = new FakeAlertStore();
  late.rulesHeld = [alertRule(1, over)];
  await worker(late).task.open(END);
  await runTo(late, records, { to: records.length });
  expect(late.log.size).toBe(1);
});

test("a rule that comes later is followed from where it was noticed, also by the next worker", async () => {
  const store = new FakeAlertStore();
  const { task, book } = worker(store);
  await task.open(END);
  const records = recordsOf(barsOf([99, 101, 99, 101]));
  await task.process(records.slice(0, 3), 4);
  // Made before the cross that nobody looked for.
  store.rulesHeld = [alertRule(1, { frequency: { kind: "once" }, condition: { kind: "above", level: 100 } })];
  await book.refresh();
  await task.process(records.slice(3), 4);
  await runTo(store, records, { to: records.length });
  expect([...store.log.values()].map(({ offset }) => offset)).toEqual([3]);
});

test("what was told before a rule was made is nothing to it", async () => {
  const store = new FakeAlertStore();
  const rule = alertRule(1, { condition: { kind: "above", level: 100 } });
  store.rulesHeld = [{ ...rule, updated: BEGIN + 3 * SECOND }];
  const { task, delivered } = worker(store);
  await task.open(END);
  await task.process(recordsOf(barsOf([101, 101, 101, 101])), 4);
  expect(delivered.map(({ time }) => (time - BEGIN) / SECOND)).toEqual([3]);
});

test("the firing of a rule that fires once is kept for as long as the rule watches", async () => {
  const store = new FakeAlertStore();
  const once = { frequency: { kind: "once" } } as const;
  store.rulesHeld = [alertRule(1, once), alertRule(2), alertRule(3, { ...once, enabled: false })];
  const { book } = worker(store);
  await book.ready();
  expect(book.once).toEqual([`${alertRule(1).id}|1`]);
});

test("a new revision of a rule begins anew", async () => {
  const store = new FakeAlertStore();
  const rule = alertRule(1, { condition: { kind: "above", level: 100 }, frequency: { kind: "once" } });
  store.rulesHeld = [rule];
  const { task, delivered, book } = worker(store);
  await task.open(END);
  const records = recordsOf(barsOf([101, 101, 101]));
  await task.process(records.slice(0, 2), 3);
  store.rulesHeld = [{ ...rule, revision: 2 }];
  await book.refresh();
  await task.process(records.slice(2), 3);
  expect(delivered.map(({ revision }) => revision)).toEqual([1, 2]);
});

test("one that was paused watches nothing", async () => {
  const store = new FakeAlertStore();
  store.rulesHeld = [{ ...alertRule(1), enabled: false }];
  await runTo(store, RECORDS, { to: RECORDS.length, end: 0 });
  expect(store.log.size).toBe(0);
});

test("a log that cannot be written stops the partition before its position is stored", async () => {
  const store = new FakeAlertStore();
  store.rulesHeld = [alertRule(1)];
  const { task } = worker(store);
  await task.open(END);
  store.failures = 1;
  await expect(task.process(RECORDS, RECORDS.length)).rejects.toThrow("no answer");
  expect(store.stored?.states.position).toBe(0);
});

test("who is behind another on its partition is told to read again", async () => {
  const store = new FakeAlertStore();
  store.rulesHeld = [alertRule(1)];
  const [first, second] = [worker(store).task, worker(store).task];
  for (const task of [first, second]) {
    await task.open(END);
    await task.process(RECORDS.slice(0, 5), 5);
  }
  await first.close();
  const failure: unknown = await second.close().catch((error: unknown) => error);
  expect(errorCode(failure)).toBe("UNAVAILABLE");
});

test("without rules the position is stored at the begin, and then seldom", async () => {
  const store = new FakeAlertStore();
  const { task, clock } = worker(store);
  expect(await task.open({ start: 0, end: 7 })).toBe(7);
  const stored = (): unknown => store.stored?.states;
  expect(stored()).toEqual({ topic: "bars", partition: 0, position: 7, states: {} });
  clock.elapsed = 19_999;
  await task.process(RECORDS.slice(7, 9), 9);
  expect(stored()).toMatchObject({ position: 7 });
  clock.elapsed = 20_000;
  await task.process(RECORDS.slice(9, 10), 10);
  expect(stored()).toMatchObject({ position: 10 });
});

test("of a frame only the lines of watched symbols are read", () => {
  const bars = barsOf([1, 2]).map((bar, index) => JSON.stringify(lineOf(bar, `SIM:S${index}`)));
  const frame = Buffer.from([bars[0], '{"symbol":"SIM:S1"', "", "rubbish", bars[1], ""].join("\n"));
  const asked: string[] = [];
  const found = [...followedBars(frame, (symbol) => asked.push(symbol) > 0 && symbol === "SIM:S1")];
  expect(asked).toEqual(["SIM:S0", "SIM:S1", "SIM:S1"]);
  expect(found).toMatchObject([{ symbol: "SIM:S1", close: 2 }]);
});
