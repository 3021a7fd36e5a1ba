import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { systemClock } from "#lib/collector/clock.ts";
import { runCollector } from "#lib/collector/collector.ts";
import type { ServerReport } from "#lib/contracts/sources.ts";
import { binanceFeed } from "#lib/feeds/binance/binance-feed.ts";
import { binanceStream } from "#lib/feeds/binance/binance-stream.ts";
import type { Feed } from "#lib/feeds/feed.ts";
import { ticker } from "#test/support/ticker.ts";
import { FakeSources } from "./fake-sources.ts";
import { FakeLog, SILENT_LOG } from "./fixtures.ts";
import { LocalMarket, type Conduct, type MarketServer } from "./local-market.ts";

const BTC = ticker("BINANCE:BTCUSDT", { source: "binance", sourceSymbol: "btcusdt" });
/** What Binance's silence is here, microseconds. */
const SILENCE = 400_000;
const FIRST_ID = 5_000;

let market: LocalMarket;
let collecting: Collecting | null = null;
afterEach(async () => {
  await collecting?.stop();
  collecting = null;
  await market.close();
});

/** The feed of Binance at these servers, but for how long it may be silent. */
function feedAt(servers: readonly MarketServer[]): Feed {
  const sockets = servers.map(({ socketUrl }) => socketUrl);
  const feed = binanceFeed({ BINANCE_WEBSOCKET: sockets, BINANCE_REST: servers.map(({ httpUrl }) => httpUrl) });
  return {
    ...feed,
    stream: ({ server, ...request }) =>
      binanceStream({
        ...request,
        server: { name: "Binance", url: `${sockets[server] ?? ""}/stream`, elsewhere: "", limits: new Map() },
        silence: SILENCE,
        pingEvery: 20,
        serverTime: () => Promise.resolve(Date.now() * 1_000),
        askStatuses: () => Promise.resolve(new Map()),
      }),
  };
}

class Collecting {
  readonly log = new FakeLog();
  readonly #sources = new FakeSources();
  readonly #ending = new AbortController();
  readonly #ended: Promise<void>;

  constructor(feed: Feed) {
    this.#ended = runCollector({
      worker: { id: "a", pid: 1, host: "host", version: "0" },
      feeds: new Map([[feed.source, feed]]),
      producer: this.log,
      topic: "ticks",
      partitions: 1,
      tickers: { list: async () => [{ ticker: BTC, version: "1" }] },
      sources: this.#sources,
      latest: { latest: async () => [] },
      clock: systemClock,
      log: SILENT_LOG,
      memory: () => 1,
      signal: this.#ending.signal,
    });
  }

  ids(): number[] {
    return this.log.ofType("trade").map(({ id = -1 }) => id);
  }

  servers(): ServerReport[] {
    return this.#sources.documents.get("binance-0")?.document.servers ?? [];
  }

  async until(isThere: () => boolean): Promise<void> {
    while (!isThere()) await sleep(10);
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#ended;
  }
}

async function collect(conducts: readonly [Conduct, Conduct]): Promise<[MarketServer, MarketServer]> {
  market = new LocalMarket(FIRST_ID);
  const servers = [await market.server(conducts[0]), await market.server(conducts[1])] as const;
  collecting = new Collecting(feedAt(servers));
  return [...servers];
}

/** Trades until the log has so many more, then stops and waits for the last; gives the log's trade ids. */
async function untilComplete(more: number): Promise<number[]> {
  const running = collecting;
  if (!running) throw new Error("Nothing is collected");
  const enough = running.ids().length + more;
  await running.until(() => running.ids().length >= enough && running.servers()[1]?.serving === true);
  market.end();
  const last = market.trades.at(-1)?.id ?? -1;
  await running.until(() => running.ids().includes(last));
  // The last gap, if there is one, is open no more once everything up to the last trade is proved.
  const lastTime = (market.trades.at(-1)?.time ?? 0) * 1_000;
  await running.until(() => running.log.ofType("heartbeat").some(({ time }) => time >= lastTime));
  return running.ids();
}

function expectEachOnce(ids: readonly number[]): void {
  const sorted = ids.toSorted((a, b) => a - b);
  const [first = 0] = sorted;
  expect(sorted).toEqual(sorted.map((_, index) => first + index));
}

/** No trade stands behind a heartbeat that said that it was there. */
function expectTrueProofs(log: FakeLog): void {
  let proved = 0;
  const late: number[] = [];
  for (const line of log.lines()) {
    if (line.type === "heartbeat") proved = Math.max(proved, line.time);
    if (line.type === "trade" && line.time <= proved) late.push(line.id ?? -1);
  }
  expect(late).toEqual([]);
}

describe("every trade is in the log once, when the first of two servers", () => {
  test.each<[string, (server: MarketServer) => unknown, ServerReport["trouble"]]>([
    ["dies", (server) => server.die(), "closed"],
    ["falls silent", (server) => server.behave("silent"), "silent"],
    ["sends rubbish", (server) => server.behave("rubbish"), "garbled"],
  ])("%s", async (_, misbehave, trouble) => {
    const [first] = await collect(["well", "well"]);
    await collecting?.until(() => (collecting?.ids().length ?? 0) > 60);
    await misbehave(first);
    const ids = await untilComplete(150);
    expectEachOnce(ids);
    if (collecting) expectTrueProofs(collecting.log);
    expect(collecting?.servers()).toMatchObject([
      { serving: false, trouble },
      { serving: true, trouble: null },
    ]);
  });

  test("refuses this country from the start", async () => {
    await collect(["refuses", "well"]);
    expectEachOnce(await untilComplete(100));
    const [refusing] = collecting?.servers() ?? [];
    expect(refusing).toMatchObject({ trouble: "country", reason: expect.stringContaining("HTTP 451") as string });
    expect((refusing?.retryAt ?? 0) - (refusing?.failedAt ?? 0)).toBeGreaterThanOrEqual(300_000_000);
  });
});
