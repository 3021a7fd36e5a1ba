import { expect, test } from "vitest";
import type { LogRecord } from "#lib/contracts/log.ts";
import type { Decision, TickLine, Trade } from "#lib/contracts/ticks.ts";
import type { Verification } from "#lib/contracts/distribution-views.ts";
import { DAY } from "#lib/domain/interval.ts";
import { TickerDirectory } from "#lib/services/instruments/ticker-directory.ts";
import { verifyRange } from "#lib/services/distribution/verify.ts";
import type { Services } from "#lib/services/services.ts";
import { config, ready, records } from "#test/unit/engine/lines.ts";
import { OneTask } from "#test/unit/engine/one-task.ts";
import { fakeTickers } from "./fake-stores.ts";
import { ticker, TODAY } from "./fixtures.ts";

const now = () => TODAY + 30 * DAY;

const NAMELESS = '"numbered in the order of the log"';
const traded = (id: number, size: number, more: Partial<Trade> = {}): Trade => {
  const time = TODAY + id;
  return { type: "trade", symbol: "SIM:AAPL", time, receivedTime: time, price: 10, size, id, channel: "c", ...more };
};
const said = (verdict: Decision["verdict"], { id = 0, time }: Trade, idSpace?: string): Decision => {
  const more = idSpace === undefined ? {} : { idSpace };
  return { type: "decision", symbol: "SIM:AAPL", id, verdict, by: "operator", tradeTime: time, time, ...more };
};
const begin: TickLine[] = [
  config(1, { channel: "c", symbols: ["SIM:AAPL"], guard: { band: 0.5, prints: 3 } }),
  ready(0, { channel: "c", symbol: "SIM:AAPL" }),
];
const trades = [5, 7, 100, 7, 0].map((size, index) => traded(index, size, { price: 10 + index }));
const other = { ...traded(0, 1), symbol: "SIM:B" };
const plain: TickLine[][] = [begin, trades.slice(0, 3), [...trades.slice(1, 4), other], [], trades.slice(4)];

/** What an engine has made of a log, and what its verification says. */
async function verified(
  measure: "size" | "notional" | "price",
  log: readonly LogRecord[],
  { from = 0 } = {},
): Promise<Verification[]> {
  const one = new OneTask("batch", from).read(log);
  const whole = one.bars().get(`SIM:AAPL|1d|${TODAY}`);
  const part = measure === "price" ? "profile" : "sketch";
  const stored = whole && { start: TODAY, encoded: whole[part] ?? "", ...whole.lineage };
  const services = {
    directory: new TickerDirectory(fakeTickers(ticker()), now),
    now,
    returns: { addTo: () => Promise.reject(new Error("no returns here")) } as unknown as Services["returns"],
    config: { TAPEDECK_NAMESPACE: "", TAPEDECK_PARTITIONS: 1 },
    memory: { memory: () => Promise.resolve(one.memory("SIM:AAPL")) },
    ticks: {
      topicEnds: () => Promise.resolve([{ partition: 0, start: 0, end: log.length }]),
      readRange: async function* (_: string, __: number, first: number, to: number) {
        for (const record of log) if (record.offset >= first && record.offset < to) yield [record];
      },
    },
  };
  const get = () => Promise.resolve(whole ? { document: whole, index: "bars" } : null);
  const sketches = async function* () {
    yield stored ? [stored] : [];
  };
  const bars = { sketches, get } as unknown as Services["bars"];
  const input = { symbol: "SIM:AAPL", from: TODAY, to: TODAY + DAY, measure };
  const told: Verification[] = [];
  const verifying = verifyRange({ ...services, bars }, input, new AbortController().signal);
  for await (const each of verifying) told.push(each);
  return told;
}

test.each([
  ["held", [[traded(9, 4, { price: 90 })], [traded(10, 8)]], 6],
  ["accepted later", [[traded(9, 4, { price: 90 })], [traded(10, 8)], [said("accept", traded(9, 4))]], 7],
  ["rejected while held", [[traded(9, 4, { price: 90 })], [said("reject", traded(9, 4))], [traded(10, 8)]], 6],
  ["rejected when it counted", [[traded(9, 4)], [said("reject", traded(9, 4))], [traded(10, 8)]], 6],
  ["rejected before it came", [[said("reject", traded(9, 4))], [traded(9, 4)], [traded(10, 8)]], 6],
] as const)("a verification knows of a print that was %s", async (_, frames, count) => {
  const log = records(...plain, ...frames.map((lines) => [...lines]));
  for (const measure of ["size", "price"] as const) {
    expect((await verified(measure, log)).at(-1)).toMatchObject({ state: "done", same: true });
  }
  expect((await verified("size", log)).at(-1)).toMatchObject({ exact: count });
});

test("a verification knows a print without an id by its number", async () => {
  const nameless = [1, 2, 3].map((size) => {
    const { id: _, ...rest } = traded(20 + size, size);
    return rest;
  });
  const early: Trade = { ...nameless[0], time: TODAY - DAY, size: 9 } as Trade;
  const rejected = said("reject", { ...traded(2, 1), time: TODAY + 21 }, NAMELESS);
  const log = records(begin, [early], nameless, [rejected]);
  expect((await verified("size", log)).at(-1)).toMatchObject({ same: true, exact: 2 });
});

test("a verification counts nothing from before the beginning of its epoch", async () => {
  const told = await verified("size", records(...plain), { from: TODAY + 1 });
  expect(told.at(-1)).toMatchObject({ state: "done", stored: 0, exact: 0 });
});
