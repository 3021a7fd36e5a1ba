import { afterEach, describe, expect, test } from "vitest";
import type { WebSocket } from "ws";
import { TradeRun } from "#lib/collector/trade-run.ts";
import { COINBASE_PUBLISHING } from "#lib/feeds/coinbase/coinbase-proofs.ts";
import { coinbaseStream } from "#lib/feeds/coinbase/coinbase-stream.ts";
import type { AskStatuses } from "#lib/feeds/source/status-watch.ts";
import { errorMessage } from "#lib/errors.ts";
import { ticker } from "#test/support/ticker.ts";
import { eventsUntil, idsOf, localSource, ticksOf, untilEnd, type LocalSource } from "./local-source.ts";

const BTC = ticker("COINBASE:BTC-USD", { source: "coinbase", sourceSymbol: "BTC-USD" });
const ETH = ticker("COINBASE:ETH-USD", { source: "coinbase", sourceSymbol: "ETH-USD" });
const START = Date.UTC(2026, 0, 1);
const at = (seconds: number): string => new Date(START + seconds * 1_000).toISOString().replace("Z", "123Z");

let source: LocalSource;
afterEach(() => source.close());

const match = (id: number, type = "match", product = "BTC-USD"): object => {
  return {
    type,
    trade_id: id,
    side: "sell",
    size: "0.5",
    price: "61000",
    product_id: product,
    sequence: id * 10,
    time: at(id),
  };
};
const heartbeat = (seconds: number, last: number, product = "BTC-USD"): object => {
  return { type: "heartbeat", sequence: 1, last_trade_id: last, product_id: product, time: at(seconds) };
};

/** Subscribes to whatever is asked for, then sends these. */
async function coinbase(then: (nth: number) => object[], end = false): Promise<void> {
  source = await localSource({
    connected: (socket: WebSocket, nth) => {
      socket.once("message", (data: Buffer) => {
        const { product_ids } = JSON.parse(data.toString("utf8")) as { product_ids: string[] };
        socket.send(JSON.stringify({ type: "subscriptions", channels: [{ name: "matches", product_ids }] }));
        for (const message of then(nth)) socket.send(JSON.stringify(message));
        if (end) socket.close();
      });
    },
  });
}

function stream(symbols = [BTC], silence = 5_000_000, askStatuses: AskStatuses = () => Promise.resolve(new Map())) {
  const server = { name: "Coinbase", url: source.socketUrl, elsewhere: "", limits: new Map() };
  return coinbaseStream({
    symbols,
    signal: new AbortController().signal,
    server,
    silence,
    askStatuses,
    pingEvery: 20,
    askEvery: 50_000,
  });
}
const proofsOf = (events: Awaited<ReturnType<typeof eventsUntil>>): number[] =>
  events.flatMap((event) => (event.type === "proof" ? [event.time] : []));
const proofAt = (seconds: number): number => (START + seconds * 1_000) * 1_000 + 123 - COINBASE_PUBLISHING;

describe("a stream of Coinbase", () => {
  test("gives matches by the aggressor's side, and best bid and ask", async () => {
    const quote = {
      type: "ticker",
      product_id: "BTC-USD",
      best_bid: "60999.5",
      best_bid_size: "1",
      best_ask: "61000",
      best_ask_size: "2",
      side: "buy",
      time: at(2),
    };
    await coinbase(() => [match(1), quote, { type: "status" }], true);
    const { events } = await untilEnd(stream());
    expect(events.map(({ type }) => type).filter((type) => type !== "clock")).toEqual(
      expect.arrayContaining(["connected", "ticks"]),
    );
    expect(ticksOf(events)).toEqual([
      {
        type: "trade",
        symbol: "COINBASE:BTC-USD",
        time: proofAt(1) + COINBASE_PUBLISHING,
        price: 61000,
        size: 0.5,
        id: 1,
        sequence: 10,
        side: "buy",
      },
      {
        type: "quote",
        symbol: "COINBASE:BTC-USD",
        time: proofAt(2) + COINBASE_PUBLISHING,
        bid: 60999.5,
        bidSize: 1,
        ask: 61000,
        askSize: 2,
      },
    ]);
  });

  test("sends the last match again after a reconnection: its id shows that it was seen", async () => {
    await coinbase(
      (nth) => (nth === 1 ? [match(7, "last_match"), match(8)] : [match(8, "last_match"), match(9)]),
      true,
    );
    const events = [...(await untilEnd(stream())).events, ...(await untilEnd(stream())).events];
    expect(idsOf(events)).toEqual([7, 8, 8, 9]);
    const run = new TradeRun();
    const arrivals = ticksOf(events).map((tick) => (tick.type === "trade" ? run.arrive(tick) : "quote"));
    expect(arrivals).toEqual(["new", "new", "duplicate", "new"]);
  });
});

describe("what Coinbase counts", () => {
  test("proves by heartbeats, of all products, and not while one counts a trade that has not come", async () => {
    await coinbase(
      () => [
        match(1, "last_match"),
        heartbeat(10, 1),
        heartbeat(12, 0, "ETH-USD"),
        heartbeat(13, 0, "ETH-USD"),
        heartbeat(14, 2),
        heartbeat(15, 2),
        match(2),
        heartbeat(15.5, 0, "ETH-USD"),
        heartbeat(16, 2),
        heartbeat(17, 0, "ETH-USD"),
      ],
      true,
    );
    const { events } = await untilEnd(stream([BTC, ETH]));
    // At 15.5 s the trade has come that the heartbeat at 14 s counted.
    expect(proofsOf(events)).toEqual([10, 14, 15.5, 16].map(proofAt));
  });

  test("ends the stream when Coinbase counts a trade that it does not send", async () => {
    await coinbase(() => [match(1), heartbeat(10, 1), heartbeat(11, 3), heartbeat(14, 3), heartbeat(17, 3)]);
    const { error, events } = await untilEnd(stream());
    expect(proofsOf(events)).toEqual([proofAt(10)]);
    expect(error).toMatchObject({
      code: "UNAVAILABLE",
      message: "Coinbase counts trades of BTC-USD that it did not send.",
    });
  });
});

describe("a subscription to Coinbase", () => {
  test("ends the stream when only pings are answered: it beats every second, whatever is traded", async () => {
    await coinbase(() => [heartbeat(1, 0)]);
    const { error } = await untilEnd(stream([BTC], 100_000));
    expect(error).toMatchObject({ code: "TIMEOUT", message: "Coinbase has not beaten for 0.1 s." });
  });

  test("goes on without a product that Coinbase does not know", async () => {
    const asked: string[][] = [];
    source = await localSource({
      connected: (socket) => {
        socket.on("message", (data: Buffer) => {
          const { product_ids } = JSON.parse(data.toString("utf8")) as { product_ids: string[] };
          asked.push(product_ids);
          const reply = product_ids.includes("ETH-USD")
            ? { type: "error", message: "Failed to subscribe", reason: "ETH-USD is not a valid product" }
            : { type: "subscriptions", channels: [{ name: "matches", product_ids }] };
          socket.send(JSON.stringify(reply));
        });
      },
    });
    const events = await eventsUntil(stream([BTC, ETH]), ({ type }) => type === "connected");
    expect(asked).toEqual([["BTC-USD", "ETH-USD"], ["BTC-USD"]]);
    expect(events[0]).toMatchObject({ type: "rejected", reason: expect.stringContaining("ETH-USD") as string });
    const { error } = await untilEnd(stream([ETH]));
    expect(errorMessage(error)).toContain("ETH-USD is not a valid product");
  });
});

test("a stream of Coinbase tells which of its products are matched, and of each that changes", async () => {
  await coinbase(() => [heartbeat(1, 0), heartbeat(1, 0, "ETH-USD")]);
  let asked = 0;
  const askStatuses: AskStatuses = () => {
    asked += 1;
    const state = asked === 1 ? "halted" : "trading";
    const products = [BTC, ETH].map(({ sourceSymbol }) => sourceSymbol);
    return Promise.resolve(new Map([...products, "SOL-USD"].map((name) => [name, { state, reason: null }])));
  };
  const events = await eventsUntil(stream([BTC], 5_000_000, askStatuses), (event) => {
    return event.type === "status" && event.status.state === "trading";
  });
  const told = events.flatMap((event) => (event.type === "status" ? [event] : []));
  expect(told.map(({ status: { symbol, state } }) => [symbol, state])).toEqual([
    [BTC.symbol, "halted"],
    [BTC.symbol, "trading"],
  ]);
});
