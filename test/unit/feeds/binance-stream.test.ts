import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import type { WebSocket } from "ws";
import { binanceStream, BINANCE_PUBLISHING, type BinanceStreamOptions } from "#lib/feeds/binance/binance-stream.ts";
import { errorMessage, TapedeckError } from "#lib/errors.ts";
import { ticker } from "#test/support/ticker.ts";
import { eventsUntil, idsOf, localSource, ticksOf, untilEnd, type LocalSource } from "./local-source.ts";

/** By how much the local Binance's clock runs ahead of ours, milliseconds. */
const AHEAD = 60_000;
/** What a busy machine may take for what is sent at once, microseconds; far less than the clocks are apart. */
const SLOW_START = 5_000_000;
const BTC = ticker("BINANCE:BTCUSDT", { source: "binance", sourceSymbol: "btcusdt" });

let source: LocalSource;
afterEach(() => source.close());

const trade = (id: number, price = "61000.5"): string => {
  const now = Date.now() + AHEAD;
  const data = { e: "trade", E: now, s: "BTCUSDT", t: id, p: price, q: "0.5", T: now - 1, m: id % 2 === 0 };
  return JSON.stringify({ stream: "btcusdt@trade", data });
};
const BOOK = '{"stream":"btcusdt@bookTicker","data":{"u":5,"s":"BTCUSDT","b":"61000","B":"1","a":"61001","A":"2"}}';

const serverTime = (): Promise<number> => Promise.resolve((Date.now() + AHEAD) * 1_000);

/** Answers subscriptions, then does as the test wants. */
const serving = (then: (socket: WebSocket, nth: number) => void) => (socket: WebSocket, nth: number) => {
  socket.on("message", (data: Buffer) => {
    const { id, method } = JSON.parse(data.toString("utf8")) as { id: number; method: string };
    expect(method).toBe("SUBSCRIBE");
    socket.send(JSON.stringify({ result: null, id }));
    if (id === 1) then(socket, nth);
  });
};

async function binance(connected: (socket: WebSocket, nth: number) => void, refuse?: number): Promise<void> {
  source = await localSource(refuse === undefined ? { connected } : { connected, refuse });
}

function stream(more: Partial<BinanceStreamOptions> = {}) {
  const server = {
    name: "Binance",
    url: `${source.socketUrl}/stream`,
    elsewhere: "Try stream.binance.us.",
    limits: new Map([
      [429, 0],
      [403, 0],
    ]),
  };
  return binanceStream({
    symbols: [BTC],
    signal: new AbortController().signal,
    server,
    silence: 5_000_000,
    pingEvery: 15,
    askStatuses: () => Promise.resolve(new Map()),
    askEvery: 50_000,
    serverTime: () => Promise.reject(new TapedeckError("UNAVAILABLE", "no HTTP here")),
    ...more,
  });
}

describe("a stream of Binance", () => {
  test("gives trades and quotes of the wanted symbols with the aggressor's side", async () => {
    await binance(serving((socket) => [trade(1), trade(2), BOOK].forEach((frame) => socket.send(frame))));
    const events = await eventsUntil(stream(), (event) => ticksOf([event]).some(({ type }) => type === "quote"));
    expect(events[0]).toMatchObject({ type: "connected" });
    expect(ticksOf(events)).toMatchObject([
      { type: "trade", symbol: "BINANCE:BTCUSDT", id: 1, side: "buy", price: 61000.5, size: 0.5 },
      { type: "trade", id: 2, side: "sell" },
      { type: "quote", bid: 61000, bidSize: 1, ask: 61001, askSize: 2 },
    ]);
    const quote = ticksOf(events).at(-1);
    expect(Math.abs((quote?.time ?? 0) - (Date.now() + AHEAD) * 1_000)).toBeLessThan(500_000);
  });

  test("proves, in Binance's time, no more than was sent when it read the ping", async () => {
    await binance(serving((socket) => socket.send(trade(1))));
    const asked = Date.now();
    const events = await eventsUntil(stream(), ({ type }) => type === "proof");
    const proof = events.at(-1);
    if (proof?.type !== "proof") throw new Error("There is no proof");
    const serverNow = (Date.now() + AHEAD) * 1_000;
    expect(proof.time).toBeLessThanOrEqual(serverNow - BINANCE_PUBLISHING);
    expect(proof.time).toBeGreaterThan((asked + AHEAD) * 1_000 - BINANCE_PUBLISHING - SLOW_START);
    const clock = events.find(({ type }) => type === "clock");
    expect(clock?.type === "clock" ? Math.abs(clock.offset - AHEAD * 1_000) : Infinity).toBeLessThan(SLOW_START);
  });

  test("proves nothing while it does not know Binance's clock, and learns it by HTTP where nothing is traded", async () => {
    await binance(serving((socket) => socket.send(BOOK)));
    const silent = await Promise.race([eventsUntil(stream(), ({ type }) => type === "proof"), sleep(150, "none")]);
    expect(silent).toBe("none");
    const events = await eventsUntil(stream({ serverTime }), ({ type }) => type === "proof");
    expect(events.at(-1)).toMatchObject({ type: "proof" });
  });

  test("never gives a quote a time that it has proved", async () => {
    await binance(
      serving((socket) => {
        socket.send(trade(1));
        const timer = setInterval(() => socket.send(BOOK), 3);
        socket.on("close", () => clearInterval(timer));
      }),
    );
    let proved = 0;
    let quotes = 0;
    let violations = 0;
    const isEnough = (): boolean => proved > 0 && quotes > 20;
    await eventsUntil(stream(), (event) => {
      if (event.type === "proof") proved = event.time;
      for (const tick of ticksOf([event])) {
        if (tick.type !== "quote") continue;
        quotes += 1;
        if (tick.time <= proved) violations += 1;
      }
      return isEnough();
    });
    expect(violations).toBe(0);
  });
});

describe("a stream of Binance that has faults", () => {
  test("reports frames that it does not understand and goes on", async () => {
    await binance(
      serving((socket) => ["{", trade(1, "none"), '{"x":1}', trade(2)].forEach((frame) => socket.send(frame))),
    );
    const events = await eventsUntil(stream(), (event) => idsOf([event]).includes(2));
    expect(events.flatMap((event) => (event.type === "rejected" ? [event.reason] : []))).toEqual([
      "not JSON",
      "p is missing or not a number",
    ]);
  });

  test("ends with the trades before, saying so, when Binance closes the connection or restarts", async () => {
    await binance(
      serving((socket, nth) => {
        socket.send(trade(nth));
        if (nth === 1) socket.close(1001, "bye");
        else socket.send('{"stream":"x","data":{"e":"serverShutdown","E":1}}');
      }),
    );
    const closed = await untilEnd(stream());
    expect(idsOf(closed.events)).toEqual([1]);
    expect(closed.error).toMatchObject({
      code: "UNAVAILABLE",
      message: "Binance closed the connection (code 1001, bye).",
    });
    const restarted = await untilEnd(stream());
    expect(idsOf(restarted.events)).toEqual([2]);
    expect(errorMessage(restarted.error)).toContain("restarts its server");
  });

  test("ends when nothing is heard for as long as Binance never is silent", async () => {
    source = await localSource({
      connected: (socket) => {
        // Neither frames nor answers to pings.
        socket.pause();
      },
    });
    const { error } = await untilEnd(stream({ silence: 60_000 }));
    expect(error).toMatchObject({ code: "TIMEOUT", message: "Binance has said nothing for 0.06 s." });
  });

  test("holds the socket while its reader is slow, and loses nothing", async () => {
    const count = 5_000;
    const padding = `,"padding":"${"x".repeat(2_000)}"}`;
    const sockets: WebSocket[] = [];
    await binance(
      serving((socket) => {
        for (let id = 0; id < count; id += 1) socket.send(trade(id).slice(0, -1) + padding);
        sockets.push(socket);
      }),
    );
    const reading = stream({ capacity: 500 });
    const ids = idsOf(await eventsUntil(reading, (event) => idsOf([event]).length > 0, false));
    await sleep(60);
    const unsent = sockets[0]?.bufferedAmount;
    ids.push(...idsOf(await eventsUntil(reading, (event) => idsOf([event]).includes(count - 1))));
    expect(unsent).toBeGreaterThan(1_000_000);
    expect(ids).toEqual(Array.from({ length: count }, (_, index) => index));
  });
});

describe("a connection to Binance", () => {
  test("subscribes to many symbols in several messages, and is connected when all are answered", async () => {
    const symbols = Array.from({ length: 150 }, (_, index) =>
      ticker(`BINANCE:X${index}`, { sourceSymbol: `x${index}` }),
    );
    const streams: string[] = [];
    source = await localSource({
      connected: (socket) => {
        socket.on("message", (data: Buffer) => {
          const { id, params } = JSON.parse(data.toString("utf8")) as { id: number; params: string[] };
          streams.push(...params);
          socket.send(JSON.stringify({ result: null, id }));
        });
      },
    });
    await eventsUntil(stream({ symbols }), ({ type }) => type === "connected");
    expect(new Set(streams).size).toBe(300);
    expect(streams.slice(0, 2)).toEqual(["x0@trade", "x0@bookTicker"]);
  });

  test("ends without an error when its signal aborts", async () => {
    await binance(serving((socket) => socket.send(trade(1))));
    const ending = new AbortController();
    const seen: string[] = [];
    for await (const event of stream({ signal: ending.signal })) {
      seen.push(event.type);
      if (event.type === "ticks") ending.abort();
    }
    expect(seen).toContain("ticks");
  });
});

describe("a Binance that cannot be used", () => {
  test.each([
    [451, "FORBIDDEN", "does not serve this country at 127.0.0.1"],
    [401, "FORBIDDEN", "Try stream.binance.us."],
    [403, "RATE_LIMITED", "fewer requests"],
    [429, "RATE_LIMITED", "fewer requests"],
    [503, "UNAVAILABLE", "fault of its own"],
  ])("and says HTTP %d is %s", async (status, code, words) => {
    await binance(() => undefined, status);
    const { error } = await untilEnd(stream());
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) as string });
  });

  test("for want of a connection asks whether there is an internet connection", async () => {
    await binance(() => undefined);
    const closed = await localSource({});
    await closed.close();
    const server = { name: "Binance", url: closed.socketUrl, elsewhere: "", limits: new Map() };
    const { error } = await untilEnd(stream({ server }));
    expect(error).toMatchObject({
      code: "UNAVAILABLE",
      message: `Cannot reach ${closed.socketUrl.slice(5)}: is there an internet connection?`,
    });
  });
});

test("a stream of Binance tells which of its pairs are traded, and asks for no others", async () => {
  await binance(serving((socket) => socket.send(trade(1))));
  const asked: (readonly string[])[] = [];
  const askStatuses: BinanceStreamOptions["askStatuses"] = (pairs) => {
    asked.push(pairs);
    return Promise.resolve(new Map([["BTCUSDT", { state: "halted", reason: "Break" }]]));
  };
  const events = await eventsUntil(stream({ askStatuses }), ({ type }) => type === "status");
  expect(asked[0]).toEqual(["BTCUSDT"]);
  expect(events.at(-1)).toMatchObject({ status: { symbol: BTC.symbol, state: "halted", reason: "Break" } });
});
