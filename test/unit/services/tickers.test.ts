import { describe, expect, test } from "vitest";
import type { LatestLine } from "#lib/contracts/latest.ts";
import type { Source, Ticker } from "#lib/contracts/tickers.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import { errorMessage, TapedeckError } from "#lib/errors.ts";
import type { Feed } from "#lib/feeds/feed.ts";
import { errorDetails } from "#lib/services/error-details.ts";
import { TickerDirectory } from "#lib/services/instruments/ticker-directory.ts";
import { addTicker } from "#lib/services/tickers/add.ts";
import { editTicker } from "#lib/services/tickers/edit.ts";
import { listTickers } from "#lib/services/tickers/list.ts";
import { setTickerState } from "#lib/services/tickers/set-state.ts";
import { latestLine } from "../live/lines.ts";
import { fakeFeed, fakeSources, fakeTickers, unrecorded } from "./fake-stores.ts";
import { channel, ticker, TODAY } from "./fixtures.ts";

const LISTING = { sourceSymbol: "BTC-USD", ticker: "BTC-USD", name: "Bitcoin", currency: "USD", tickSize: 0.01 };

function open({
  tickers = [] as Ticker[],
  channels = [channel({ source: "coinbase", channel: "coinbase-0" })],
  lines = [] as LatestLine[],
  search = () => Promise.resolve([LISTING]),
} = {}) {
  const store = fakeTickers(...tickers);
  return {
    tickers: store,
    sources: fakeSources(channels),
    feeds: new Map<Source, Feed>([["coinbase", fakeFeed(search)]]),
    directory: new TickerDirectory(store, now),
    hub: { latest: (symbol: string) => lines.find((line) => line.symbol === symbol) ?? null },
    now,
    record: unrecorded,
  };
}

type Opened = ReturnType<typeof open>;
const add = (services: Opened, sourceSymbol: string, source: Source = "coinbase") =>
  addTicker(services, { source, sourceSymbol });
const edit = (services: Opened, version: string, name = "Renamed") =>
  editTicker(services, {
    symbol: "SIM:AAPL",
    version,
    name,
    sector: null,
    formerTickers: [],
    aliases: [],
    marketValue: null,
  });
const failure = (promise: Promise<unknown>) => promise.then(() => null).catch((error: unknown) => error);

const status = async (over: Partial<Ticker>, channels = [channel()], lines: LatestLine[] = []) => {
  const [row] = await listTickers(open({ tickers: [ticker(over)], channels, lines }));
  return [row?.status, row?.reason];
};
const now = () => TODAY;
const unreachable = () => Promise.reject(new TapedeckError("TIMEOUT", "no answer"));

describe("adding a ticker", () => {
  test("takes what its source lists, and asks for its first history", async () => {
    const services = open();
    const row = await add(services, "btc-usd");
    expect(row).toMatchObject({
      ticker: { symbol: "COINBASE:BTC-USD", name: "Bitcoin", state: "enabled", tickSize: 0.01 },
      version: "1",
      status: "connecting",
      backfill: { state: "wanted", progress: 0 },
    });
    expect(new Set(services.sources.asked.map(({ interval }) => interval))).toEqual(new Set(["1m", "1d"]));
    expect((await services.directory.get("COINBASE:BTC-USD")).ticker.name).toBe("Bitcoin");
  });

  test("is refused with what the source has instead", async () => {
    const error = await failure(add(open(), "BTC"));
    expect(error).toMatchObject({ code: "NOT_FOUND", message: "COINBASE lists no BTC. It has BTC-USD (Bitcoin)." });
    expect(errorDetails(error)).toEqual({ suggestions: [LISTING] });
  });

  test("is refused in clear words while the source cannot be reached", async () => {
    const services = open({ search: unreachable });
    const error = await failure(add(services, "BTC-USD"));
    expect(error).toMatchObject({ code: "UNAVAILABLE" });
    expect(errorMessage(error)).toContain("coinbase cannot be reached");
    expect(await services.tickers.list()).toEqual([]);
  });

  test("is refused for sources that cannot be asked", async () => {
    expect(await failure(add(open(), "X", "recording"))).toMatchObject({ code: "UNSUPPORTED" });
    expect(await failure(add(open(), "X", "binance"))).toMatchObject({ code: "UNSUPPORTED" });
  });

  test("that is there already gives the row as it is", async () => {
    const there = ticker({ symbol: "COINBASE:BTC-USD", source: "coinbase", state: "disabled" });
    const error = await failure(add(open({ tickers: [there] }), "BTC-USD"));
    expect(error).toMatchObject({ code: "CONFLICT", message: "COINBASE:BTC-USD is there already, disabled." });
    expect(errorDetails(error)?.newest?.ticker).toEqual(there);
  });

  test("that was removed brings it back with what it had", async () => {
    const removed = ticker({
      symbol: "COINBASE:BTC-USD",
      source: "coinbase",
      state: "removed",
      aliases: ["gold"],
      addedAt: 5,
      calendar: "us-equities",
    });
    const row = await add(open({ tickers: [removed] }), "BTC-USD");
    const kept = { aliases: ["gold"], addedAt: 5, calendar: "us-equities" };
    expect(row.ticker).toMatchObject({ state: "enabled", updatedAt: TODAY, ...kept });
  });
});

test("a ticker has the calendar of its source unless another is chosen, and may be given another later", async () => {
  const services = open();
  const chosen = { source: "coinbase", sourceSymbol: "btc-usd", calendar: "us-equities" } as const;
  const { ticker: added, version } = await addTicker(services, chosen);
  expect([added.calendar, (await add(open(), "btc-usd")).ticker.calendar]).toEqual(["us-equities", "utc"]);
  const { symbol, name } = added;
  const rest = { sector: null, formerTickers: [], aliases: [], marketValue: null };
  const kept = await editTicker(services, { symbol, name, version, ...rest });
  const { ticker: changed } = await editTicker(services, {
    symbol,
    name,
    version: kept.version,
    ...rest,
    calendar: "utc",
  });
  expect([kept.ticker.calendar, changed.calendar]).toEqual(["us-equities", "utc"]);
});

describe("changing a ticker", () => {
  test("is taken from who saw it as it is", async () => {
    const row = await edit(open({ tickers: [ticker()] }), "1");
    expect(row).toMatchObject({ version: "2", ticker: { name: "Renamed", sector: null, updatedAt: TODAY } });
  });

  test("is refused to who did not, with the newest row", async () => {
    const services = open({ tickers: [ticker()] });
    await edit(services, "1", "First");
    const error = await failure(edit(services, "1", "Second"));
    expect(error).toMatchObject({ code: "CONFLICT" });
    expect(errorDetails(error)?.newest).toMatchObject({ version: "2", ticker: { name: "First" } });
  });

  test("of its state keeps everything else", async () => {
    const services = open({ tickers: [ticker()] });
    const input = { symbol: "SIM:AAPL", version: "1", state: "disabled" as const };
    const row = await setTickerState(services, input);
    expect(row).toMatchObject({ status: "disabled", ticker: { ...ticker(), state: "disabled" } });
  });

  test("that does not exist is NOT_FOUND", async () => {
    expect(await failure(edit(open(), "1"))).toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("a ticker's status", () => {
  test("is its channel's", async () => {
    const failed = channel({ channel: "simulator-1", state: "failed", reason: "Not reachable" });
    expect(await status({}, [channel(), failed], [latestLine(1)])).toEqual(["live", null]);
    expect(await status({}, [channel(), failed], [latestLine(1, { channel: "simulator-1" })])).toEqual([
      "failed",
      "Not reachable",
    ]);
  });

  test("is never live before its first tick", async () => {
    expect((await status({}))[0]).toBe("connecting");
  });

  test("is idle while nobody holds its channel", async () => {
    expect((await status({}, []))[0]).toBe("idle");
    expect((await status({}, [channel({ leaseUntil: TODAY - MINUTE })], [latestLine(1)]))[0]).toBe("idle");
  });

  test("is its own when it is not collected", async () => {
    expect(await status({ state: "removed" })).toEqual(["removed", null]);
    expect(await status({ source: "recording" }, [])).toEqual(["recorded", null]);
  });
});

test("removed tickers come last", async () => {
  const rows = await listTickers(
    open({ tickers: [ticker({ symbol: "SIM:A", state: "removed" }), ticker({ symbol: "SIM:B" })] }),
  );
  expect(rows.map(({ ticker: { symbol } }) => symbol)).toEqual(["SIM:B", "SIM:A"]);
});
