import { expect, test } from "vitest";
import type { LogRecord } from "#lib/contracts/log.ts";
import { SECOND } from "#lib/domain/interval.ts";
import { TickerDirectory } from "#lib/services/instruments/ticker-directory.ts";
import { countedPrints } from "#lib/services/held/counted.ts";
import { refusalOf } from "#lib/services/held/refusal.ts";
import type { Services } from "#lib/services/services.ts";
import { ticker } from "#test/support/ticker.ts";
import { at, config, ready, records, SYMBOL, trade } from "#test/unit/engine/lines.ts";
import { OneTask } from "#test/unit/engine/one-task.ts";
import { fakeTickers } from "./fake-stores.ts";

const rejected = { type: "decision", symbol: SYMBOL, verdict: "reject", by: "operator", time: at(9) } as const;
const log = records(
  [config(), ready(-3600)],
  [trade(0.1, 1), trade(0.2, 2, { conditions: ["F"] }), trade(1.5, 3)],
  [trade(0.3, 4), trade(0.1, 1), { ...rejected, id: 4, tradeTime: at(0.3) }],
  [{ ...rejected, id: 2, tradeTime: at(0.9) }],
);

const limited = (all: readonly LogRecord[], start = 0) => ({
  topicEnds: () => Promise.resolve([{ partition: 0, start, end: all.length }]),
  readRange: async function* (_: string, __: number, from: number, to: number) {
    yield all.filter(({ offset }) => offset >= from && offset < to);
  },
});

function servicesOf(start = 0) {
  const one = new OneTask().read(log);
  const get = (symbol: string, interval: string, from: number) => {
    const document = one.bars().get(`${symbol}|${interval}|${from}`);
    return Promise.resolve(document ? { document, index: "bars" } : null);
  };
  return {
    bars: { get } as unknown as Services["bars"],
    config: { TAPEDECK_NAMESPACE: "", TAPEDECK_PARTITIONS: 1 },
    directory: new TickerDirectory(fakeTickers(ticker(SYMBOL)), () => 0),
    memory: { memory: () => Promise.resolve(one.memory(SYMBOL)) },
    ticks: limited(log, start),
  };
}

test("the prints of a second that count are those of the log, each once and without what was rejected", async () => {
  const found = await countedPrints(servicesOf(), { symbol: SYMBOL, time: at(0.7) });
  expect(found).toEqual([
    { id: 1, time: at(0.1), price: 100, size: 1, conditions: [] },
    { id: 2, time: at(0.2), price: 100, size: 1, conditions: ["F"] },
  ]);
  expect(await countedPrints(servicesOf(), { symbol: SYMBOL, time: at(0) + 5 * SECOND })).toEqual([]);
});

test("a second whose trades the log holds no more has none to take out", async () => {
  const asking = countedPrints(servicesOf(2), { symbol: SYMBOL, time: at(0) });
  await expect(asking).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("a decision that could not be carried out is found with its reason, and no other", async () => {
  const one = new OneTask().read(log);
  const dead = one.task.deadLetters.map(({ value }, offset) => ({ offset, timestamp: 0, value }));
  const services = { config: { TAPEDECK_NAMESPACE: "", TAPEDECK_PARTITIONS: 1 }, ticks: limited(dead) };
  const asked = { symbol: SYMBOL, id: 2, time: at(9) };
  expect(await refusalOf(services, asked)).toBe("the print of this id has another time");
  expect(await refusalOf(services, { ...asked, id: 4 })).toBe(null);
  expect(await refusalOf(services, { ...asked, time: at(8) })).toBe(null);
});
