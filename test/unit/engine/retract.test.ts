import { expect, test } from "vitest";
import { isPriced } from "#lib/contracts/bars.ts";
import type { WindowDocument } from "#lib/contracts/engine-store.ts";
import { type LatestLine, latestLineSchema } from "#lib/contracts/latest.ts";
import { lateLineSchema } from "#lib/contracts/late.ts";
import type { Decision, TickLine, Trade } from "#lib/contracts/ticks.ts";
import { drainLatestDocuments } from "#lib/engine/latest.ts";
import { MAX_RETRACTIONS } from "#lib/engine/retraction.ts";
import { Bench } from "./fakes.ts";
import { at, config, heartbeat, quote, ready, records, SYMBOL, trade } from "./lines.ts";
import { OneTask } from "./one-task.ts";

const CONFIG = config();
const SEEN: TickLine[] = [
  trade(0.1, 1, { price: 100, size: 2, side: "buy", venue: "A" }),
  trade(0.2, 2, { price: 90, size: 0.3, venue: "B" }),
  quote(0.25, 99, 101),
  trade(0.3, 3, { price: 110, size: 0.7, side: "sell", venue: "A" }),
];

function decision(verdict: Decision["verdict"], print: Trade, rest: Partial<Decision> = {}): Decision {
  const { symbol, id = 0, time } = print;
  return { type: "decision", symbol, id, verdict, by: "operator", tradeTime: time, time: at(100), ...rest };
}

const rejection = (id: number, seconds: number, rest: Partial<Decision> = {}): Decision =>
  decision("reject", trade(seconds, id), rest);

/** A task that has read these frames behind a configuration. */
function after(...frames: TickLine[][]): OneTask {
  return new OneTask().read(records([CONFIG, ready(-3600)], ...frames));
}

/** What a window says, but for where it says it from and how often it was corrected. */
function content(task: OneTask): Map<string, unknown> {
  return new Map(
    Array.from(task.bars(), ([id, { raw: _r, position: _p, revision: _v, complete: _c, lineage, ...bar }]) => [
      id,
      { ...bar, firstTime: lineage.firstTime, lastTime: lineage.lastTime, lines: lineage.firstOffset },
    ]),
  );
}

const second = (task: OneTask): WindowDocument | undefined => task.bars().get(`${SYMBOL}|1s|${at(0)}`);
const latest = (task: OneTask): LatestLine | undefined =>
  drainLatestDocuments(task.task.state).map(({ body }) => latestLineSchema.parse(JSON.parse(body)))[0];
const why = (task: OneTask): string | undefined => {
  const letter = task.task.deadLetters.at(-1);
  return letter && (JSON.parse(letter.value.toString()) as { detail: string }).detail;
};

const nameless = (seconds: number, price: number): Trade => {
  const { id: _, ...rest } = trade(seconds, 0, { price });
  return rest;
};
const unchanged = (task: OneTask): void => {
  expect(task.counters.dead.undecidable).toBe(1);
  expect(content(task)).toEqual(content(after(SEEN)));
};

test.each([1, 2, 3])(
  "a print that counts and is rejected leaves its bars as if it had never come: number %i of three",
  (id) => {
    const seconds = id / 10;
    const without = SEEN.filter((line) => line.type !== "trade" || line.id !== id);
    const task = after(SEEN, [rejection(id, seconds)]);
    expect(content(task)).toEqual(content(after(without)));
    expect(task.counters).toMatchObject({ deadTotal: 0, corrected: 0 });
  },
);

test("a rejected print leaves closed bars as corrections, reported with the print", () => {
  const task = after(SEEN, [heartbeat(2)], [rejection(3, 0.3)]);
  expect(second(task)).toMatchObject({ high: 100, close: 90, trades: 2, revision: 1, final: true, complete: true });
  expect(task.counters.corrected).toBe(1);
  const letter = lateLineSchema.parse(JSON.parse(task.task.lateLetters[0]?.value.toString() ?? ""));
  expect(letter).toMatchObject({ offset: 3, retracted: true, tick: SEEN[3] });
  expect(letter.bars).toEqual([{ interval: "1s", start: at(0), revision: 1 }]);
  expect(task.told.at(-1)).toMatchObject({ interval: "1s", firing: "late", offset: 3, trades: 2 });
});

test("a rejected print leaves sealed bars, read back from the store, and reads the log from where they begin", async () => {
  const frames = [[CONFIG, ready(-3600)], [trade(-9, 0)], SEEN, [heartbeat(60)], [rejection(1, 0.1)], []];
  const bench = new Bench(records(...frames));
  await bench.open();
  await bench.read(0, 4);
  await bench.idle(2000);
  await bench.idle(2000);
  bench.store.asked.length = 0;
  await bench.read(4, 6);
  expect(bench.store.asked).toEqual([`${SYMBOL}|1s|${at(0)}`]);
  expect(bench.counters).toMatchObject({ corrected: 1, recordsReadAgain: 3 });
  await bench.idle(2000);
  expect(bench.store.document(`${SYMBOL}|1s|${at(0)}`)).toMatchObject({ trades: 2, open: 90, revision: 1 });
  expect(bench.store.document(`${SYMBOL}|1d|${at(-43_200)}`)).toMatchObject({ trades: 3, open: 100, revision: 0 });
});

test("a rejected print takes the newest price and the figures of the day along", () => {
  const task = after(SEEN, [rejection(3, 0.3)]);
  expect(latest(task)).toMatchObject({
    price: 90,
    size: 0.3,
    side: null,
    tradeTime: at(0.2),
    dayTrades: 2,
    dayHigh: 100,
  });
  const other = after(SEEN, [rejection(1, 0.1)]);
  expect(latest(other)).toMatchObject({ price: 110, tradeTime: at(0.3), dayOpen: 90, dayVolume: 1 });
});

test("a rejected print that was its bar's only one leaves a bar without a price, and the next trade makes a bar of it again", () => {
  const task = after([quote(0.1, 99, 101), trade(0.2, 1)], [rejection(1, 0.2)]);
  const empty = second(task);
  expect(empty).toMatchObject({ open: null, close: null, volume: 0, vwap: null, trades: 0, bid: 99 });
  expect(empty && isPriced(empty)).toBe(false);
  expect(latest(task)).toMatchObject({ price: null, tradeTime: null, dayTrades: 0, dayHigh: null });
  const revived = task.revived();
  for (const each of [task, revived]) {
    each.read(records([], [], [], [], [trade(0.4, 2, { price: 7 })]).slice(4));
    expect(second(each)).toMatchObject({ open: 7, close: 7, low: 7, volume: 1, trades: 1, complete: true });
    expect(second(each)?.lineage).toMatchObject({ firstOffset: 4, lastOffset: 4 });
  }
  expect(revived.snapshot()).toEqual(task.snapshot());
});

test("a rejected print is known: it does not come in again, and a word on it is not taken back", () => {
  const task = after(
    SEEN,
    [rejection(3, 0.3)],
    [SEEN[3] ?? CONFIG],
    [rejection(3, 0.3)],
    [decision("accept", trade(0.3, 3))],
  );
  expect(second(task)?.trades).toBe(2);
  expect(task.counters).toMatchObject({ duplicate: 2, deadTotal: 1 });
  expect(why(task)).toBe("it was rejected before, and what is rejected is not kept");
});

test("a rejected print may be one of several, in one frame as in several, and in the frame of the print itself", () => {
  const frame = [rejection(1, 0.1), trade(0.35, 4, { price: 95 }), rejection(3, 0.3), rejection(4, 0.35)];
  const left = [SEEN[1] ?? CONFIG, SEEN[2] ?? CONFIG];
  for (const task of [after(SEEN, frame), after(SEEN, ...frame.map((line) => [line]))]) {
    expect(content(task)).toEqual(content(after(left)));
    expect(task.counters.deadTotal).toBe(0);
  }
});

test("a rejected print may carry no id: it is called by the number that its symbol gave it", () => {
  const lines = [nameless(0.1, 100), nameless(0.2, 101), nameless(0.1, 100), nameless(0.3, 102)];
  const idSpace = '"numbered in the order of the log"';
  const task = after([nameless(-50, 9)], lines, [{ ...rejection(3, 0.2), idSpace }]);
  expect(task.counters.deadTotal).toBe(0);
  expect(second(task)).toMatchObject({ high: 102, trades: 2, open: 100, volume: 2 });
});

test("a rejected print may have been held, and accepted, at whatever place", () => {
  const guarded = config(1, { guard: { band: 0.1, prints: 3 } });
  const outlier = trade(0.05, 4, { price: 150 });
  const market = [1, 2, 3].map((id) => trade(-5 + 0.1 * id, id, { price: 99 + id }));
  const begin = [[guarded, ready(-3600)], market, [outlier], [trade(0.5, 5, { price: 101 })]];
  const accepted = [decision("accept", outlier)];
  const whole = new OneTask().read(records(...begin, accepted, [trade(0.6, 6)]));
  expect(second(whole)).toMatchObject({ high: 150, trades: 3 });
  const other = new OneTask().read(records(...begin, accepted, [trade(0.6, 6)], [rejection(5, 0.5)]));
  expect(other.counters.deadTotal).toBe(0);
  expect(second(other)).toMatchObject({ high: 150, trades: 2, volume: 2 });
  const back = new OneTask().read(
    records(...begin, accepted, [decision("reject", outlier)], [decision("accept", outlier)]),
  );
  expect(second(back)).toMatchObject({ high: 101, trades: 1 });
  expect(why(back)).toBe("it was rejected before, and what is rejected is not kept");
});

test("a rejected print takes out of a bar what its conditions let it do there, and nothing where they let it do nothing", () => {
  const us = config(1, { profile: "us-equities" });
  const odd = trade(0.2, 2, { price: 500, conditions: ["I"] });
  const nothing = trade(0.3, 3, { price: 500, conditions: ["M"] });
  const begin = [
    [us, ready(-3600)],
    [trade(0.1, 1), odd, nothing],
  ];
  const task = new OneTask().read(records(...begin, [rejection(2, 0.2)]));
  expect(second(task)).toMatchObject({ trades: 1, volume: 1, high: 100 });
  const same = new OneTask().read(records(...begin, [rejection(3, 0.3)]));
  expect(second(same)).toMatchObject({ trades: 2, revision: 0 });
});

test("a rejection changes nothing, and says why, because of the time", () => {
  const task = after(SEEN, [rejection(3, 0.2)]);
  unchanged(task);
  expect(why(task)).toBe("the print of this id has another time");
  const late = after(SEEN, [heartbeat(3700)], [rejection(3, 0.3)]);
  expect(why(late)).toBe("its bars lie behind the correction horizon");
  expect(second(late)?.trades).toBe(3);
});

test("a rejection changes nothing, and says why, because the log begins later", () => {
  const task = after(SEEN);
  task.log.splice(0);
  task.read(records([], [], [], [rejection(3, 0.3)]).slice(3));
  unchanged(task);
  expect(why(task)).toBe("the log does not hold offset 1 any more, with which its bars begin");
});

test("a rejection changes nothing, and says why, because trades were judged otherwise when they came", () => {
  const odd = trade(0.2, 2, { conditions: ["I"], price: 500 });
  const us = config(2, { profile: "us-equities" });
  const task = after([trade(0.1, 1), odd], [us, ready(-3600, { n: 2 })], [rejection(1, 0.1)]);
  expect(why(task)).toMatch(/^its bar of 1s cannot be counted again: the log gives \w+/);
  expect(second(task)?.trades).toBe(2);
});

test("a rejection changes nothing, and says why, because too many were taken out of the bar already", () => {
  const trades = Array.from({ length: MAX_RETRACTIONS + 2 }, (_, id) => trade(0.1, id));
  const task = after(
    trades,
    trades.map((print) => decision("reject", print)),
  );
  expect(why(task)).toBe(`${MAX_RETRACTIONS} trades were taken out of one of its bars already`);
  expect(second(task)?.trades).toBe(2);
  expect(task.revived().snapshot()).toEqual(task.snapshot());
});
