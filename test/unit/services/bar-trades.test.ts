import { expect, test } from "vitest";
import { barTrades } from "#lib/services/bars/bar-trades.ts";
import type { Services } from "#lib/services/services.ts";
import { TickerDirectory } from "#lib/services/instruments/ticker-directory.ts";
import { fakeTickers } from "./fake-stores.ts";
import { ticker, TODAY } from "./fixtures.ts";
import { firstWindow, memory } from "./remembered.ts";

const SYMBOL = "SIM:AAPL";
const frames = [5, 7, 100, 9].map((size, id) => {
  const time = TODAY + id;
  const trade = { type: "trade", symbol: SYMBOL, time, receivedTime: time, price: 10, size, id, channel: "c" };
  return { offset: 10 + id, timestamp: TODAY / 1_000, value: Buffer.from(JSON.stringify(trade)) };
});

/** A bar whose lineage ends before the last frame. */
async function get() {
  const { document, index } = await firstWindow();
  return { document: { ...document, lineage: { ...document.lineage, lastOffset: 12 } }, index };
}

function servicesWith(bar: Services["bars"]["get"]) {
  return {
    directory: new TickerDirectory(fakeTickers(ticker()), () => 0),
    bars: { get: bar } as unknown as Services["bars"],
    memory,
    config: { TAPEDECK_NAMESPACE: "", TAPEDECK_PARTITIONS: 1 },
    ticks: {
      topicEnds: () => Promise.resolve([{ partition: 0, start: 10, end: 14 }]),
      readRange: async function* (_: string, __: number, from: number, to: number) {
        yield frames.filter(({ offset }) => offset >= from && offset < to);
      },
    },
  };
}

async function last(bar: Services["bars"]["get"]) {
  const told = barTrades(
    servicesWith(bar),
    { symbol: SYMBOL, interval: "1m", start: TODAY },
    new AbortController().signal,
  );
  let newest = null;
  for await (const one of told) newest = one;
  return newest;
}

test("a bar's trades are those of the part of the log that its lineage names", async () => {
  const told = await last(get);
  expect(told?.state === "done" && told.trades.map(({ size }) => size)).toEqual([5, 7, 100]);
});

test("a bar that was not built from trades has none to show", async () => {
  await expect(last(() => Promise.resolve(null))).rejects.toMatchObject({ code: "NOT_FOUND" });
});
