import { assert, integer, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import type { BarQuery, ChartBar, StoredBar } from "#lib/contracts/stores.ts";
import type { Source, Ticker } from "#lib/contracts/tickers.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { DAY, HOUR, MINUTE, SECOND } from "#lib/domain/interval.ts";
import type { Feed } from "#lib/feeds/feed.ts";
import { TickerDirectory } from "#lib/services/instruments/ticker-directory.ts";
import { SharedReads } from "#lib/services/shared-reads.ts";
import { symbolOf } from "#lib/services/composite/instrument.ts";
import { findSymbol } from "#lib/services/udf/find-symbol.ts";
import { udfHistory, udfHistoryInput } from "#lib/services/udf/history.ts";
import { priceScale } from "#lib/services/udf/price-scale.ts";
import { intervalOfResolution, RESOLUTIONS } from "#lib/services/udf/resolution.ts";
import { symbolInfo } from "#lib/services/udf/symbol-info.ts";
import { tradingHours } from "#lib/services/udf/trading-hours.ts";
import { fakeFeed, fakeSources, fakeTickers } from "./fake-stores.ts";
import { builtBar, ticker, TODAY } from "./fixtures.ts";

const SECONDS = TODAY / SECOND;

function open(stored: StoredBar[], over: Partial<Ticker> = {}) {
  const rows = stored.toSorted((a, b) => b.start - a.start);
  const limits: number[] = [];
  let clock = TODAY + 2 * DAY;
  const now = () => (clock += SECOND);
  const services = {
    bars: {
      readChart: ({ from = 0, to = Infinity, limit }: BarQuery) => {
        limits.push(limit);
        return Promise.resolve(rows.filter(({ start }) => start >= from && start < to).slice(0, limit));
      },
    },
    directory: new TickerDirectory(fakeTickers(ticker(over)), now),
    feeds: new Map<Source, Feed>([["coinbase", fakeFeed(() => Promise.resolve([]))]]),
    hub: { bars: () => [] },
    sources: fakeSources(),
    charts: new SharedReads<ChartBar[]>({ fresh: 0, capacity: 1, now }),
    now,
  };
  const history = (input: object) =>
    udfHistory(
      services,
      udfHistoryInput.parse({ symbol: "SIM:AAPL", resolution: "1", from: 0, to: 0, ...input }),
      AbortSignal.timeout(10),
    );
  return { history, limits };
}

/** A day whose session opens at 13:30 UTC. */
const dayBar = (day: number) => builtBar(0, { start: TODAY + day * DAY + 13.5 * HOUR, interval: "1d" });
const built = (count: number) => Array.from({ length: count }, (_, minute) => builtBar(minute));

describe("history", () => {
  test("is the columns of the bars that start in the range, its end not among them", async () => {
    const { history } = open(built(10));
    expect(await history({ from: SECONDS + 120, to: SECONDS + 240 })).toEqual({
      s: "ok",
      t: [SECONDS + 120, SECONDS + 180],
      o: [100, 100],
      h: [110, 110],
      l: [90, 90],
      c: [1, 1],
      v: [10, 10],
    });
  });

  test("with a count is so many bars before the end, wherever the range begins", async () => {
    const { history } = open(built(10));
    const answer = await history({ from: SECONDS + 480, to: SECONDS + 540, countback: 3 });
    expect(answer).toMatchObject({ t: [SECONDS + 360, SECONDS + 420, SECONDS + 480] });
  });

  test("without any bar in the range says where the next older one is, and that there is none", async () => {
    const { history } = open(built(10));
    const later = { from: SECONDS + 7_200, to: SECONDS + 7_260 };
    expect(await history(later)).toEqual({ s: "no_data", nextTime: SECONDS + 540 });
    expect(await history({ from: SECONDS - 120, to: SECONDS })).toEqual({ s: "no_data" });
    expect(await history({ from: SECONDS - 120, to: SECONDS, countback: 5 })).toEqual({ s: "no_data" });
    expect(await history({ from: -100, to: -50 })).toEqual({ s: "no_data" });
  });

  test("goes over pages, and is never longer than 10,000 bars: the newest", async () => {
    const { history, limits } = open(built(10_500));
    const answer = await history({ from: SECONDS, to: SECONDS + 10_500 * 60 });
    expect(answer.s === "ok" && [answer.t.length, answer.t[0], answer.t.at(-1)]).toEqual([
      10_000,
      SECONDS + 500 * 60,
      SECONDS + 10_499 * 60,
    ]);
    expect(limits.length).toBe(5);
    const counted = await history({ to: SECONDS + 10_500 * 60, countback: 2_500 });
    expect(counted.s === "ok" && [counted.t.length, counted.t[0]]).toEqual([2_500, SECONDS + 8_000 * 60]);
  });

  test("has days at midnight UTC, asked by it as well, whenever their session opens", async () => {
    const { history } = open([dayBar(0), dayBar(1)], { calendar: "us-equities" });
    const day = DAY / SECOND;
    expect(await history({ resolution: "1D", from: SECONDS, to: SECONDS + day })).toMatchObject({ t: [SECONDS] });
    expect(await history({ resolution: "D", from: SECONDS + 60, to: SECONDS + day + 60 })).toMatchObject({
      t: [SECONDS + day],
    });
  });

  test("refuses resolutions that are not kept, and symbols that there are none of", async () => {
    const { history } = open([]);
    await expect(history({ resolution: "3" })).rejects.toMatchObject({ code: "BAD_INPUT" });
    await expect(history({ symbol: "SIM:NOTHING", to: 1 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("while it is being fetched is an error to ask again by, never the end of all data", async () => {
    const { history } = open([], { symbol: "COINBASE:BTC-USD", source: "coinbase" });
    const asked = history({ symbol: "COINBASE:BTC-USD", from: SECONDS, to: SECONDS + DAY / SECOND });
    await expect(asked).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});

describe("a symbol", () => {
  test("is found by its name alone where one exchange has it", async () => {
    const both = [ticker({ symbol: "SIM:AAPL" }), ticker({ symbol: "SIM:BTC" }), ticker({ symbol: "TAPE:BTC" })];
    const directory = new TickerDirectory(fakeTickers(...both), () => TODAY);
    expect(symbolOf(await findSymbol({ directory }, "aapl"))).toBe("SIM:AAPL");
    expect(symbolOf(await findSymbol({ directory }, "TAPE:BTC"))).toBe("TAPE:BTC");
    expect(symbolOf(await findSymbol({ directory }, "sim:aapl/tape:btc"))).toBe("SIM:AAPL/TAPE:BTC");
    await expect(findSymbol({ directory }, "BTC")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("of stocks trades in New York's regular hours, short days and holidays named", () => {
    const { timezone, session, session_holidays, corrections } = tradingHours("us-equities");
    expect({ timezone, session }).toEqual({ timezone: "America/New_York", session: "0930-1600" });
    expect(session_holidays.split(",")).toContain("20261225");
    const [hours, days] = corrections.split(":");
    expect(hours).toBe("0930-1300");
    // 18:30 UTC of the day after Thanksgiving: closed since 18:00.
    expect(days?.split(",")).toContain("20261127");
    const afternoon = Date.UTC(2026, 10, 27, 18, 30) * 1_000;
    expect(calendarOf("us-equities").segmentOf(afternoon).session).toBe("post");
  });

  test("says whether it is live, late or over, and that it is simulated", () => {
    const live = symbolInfo(ticker(), undefined);
    expect(live).toMatchObject({ data_status: "streaming", session: "24x7", type: "stock" });
    expect(live.description).toMatch(/ \(SIMULATED\)$/);
    const late = { capabilities: { ...fakeFeed(() => Promise.resolve([])).capabilities, delay: 15 * MINUTE } };
    expect(symbolInfo(ticker(), late)).toMatchObject({ data_status: "delayed_streaming", delay: 900 });
    expect(symbolInfo(ticker({ source: "recording" }), undefined)).toMatchObject({ data_status: "endofday" });
    expect(symbolInfo(ticker({ state: "disabled" }), undefined)).toMatchObject({ data_status: "endofday" });
  });
});

test("resolutions are the intervals, however clients write a single one", () => {
  expect(RESOLUTIONS).toEqual(["1S", "1", "5", "60", "1D"]);
  expect(["1S", "S", "1", "5", "60", "1D", "D", "15", "1W", ""].map(intervalOfResolution)).toEqual([
    "1s",
    "1s",
    "1m",
    "5m",
    "1h",
    "1d",
    "1d",
    null,
    null,
    null,
  ]);
});

describe("the price step", () => {
  test.each([
    [0.01, 1, 100],
    [0.25, 25, 100],
    [1, 1, 1],
    [5, 5, 1],
    [0.00000001, 1, 100_000_000],
    [0.0005, 5, 10_000],
  ])("%d is %d / %d", (tickSize, minmov, pricescale) => {
    expect(priceScale(tickSize)).toEqual({ minmov, pricescale });
  });

  test("is exactly the tick size", () => {
    const step = record({ digits: integer({ min: 1, max: 999 }), decimals: integer({ min: 0, max: 8 }) });
    assert(
      property(step, ({ digits, decimals }) => {
        const tickSize = digits / 10 ** decimals;
        const { minmov, pricescale } = priceScale(tickSize);
        expect(minmov / pricescale).toBe(tickSize);
      }),
    );
  });
});
