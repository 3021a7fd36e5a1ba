import { describe, expect, test, vi } from "vitest";
import type { MoversView } from "#lib/contracts/overview-views.ts";
import type { BarReader, Close, SourceStore } from "#lib/contracts/stores.ts";
import type { Ticker } from "#lib/contracts/tickers.ts";
import { MINUTE, SECOND } from "#lib/domain/interval.ts";
import { movers } from "#lib/services/market/movers.ts";
import { soFar, volumeNormals } from "#lib/services/market/volume-normals.ts";
import type { Services } from "#lib/services/services.ts";
import { SharedReads } from "#lib/services/shared-reads.ts";
import { ticker } from "./fixtures.ts";

const at = (text: string): number => Date.parse(text) * 1_000;
const PRE = at("2026-11-20T09:00Z");
const OPEN = at("2026-11-20T14:30Z");
const CLOSE = at("2026-11-20T21:00Z");
const MIDNIGHT = at("2026-11-20T00:00Z");

const stock = (symbol: string, change: Partial<Ticker> = {}): Ticker =>
  ticker({ symbol, calendar: "us-equities", ...change });

interface Stored {
  tickers: readonly Ticker[];
  closes?: Readonly<Record<string, readonly Close[]>>;
  previous?: Readonly<Record<string, number>>;
  volumes?: BarReader["volumes"];
}

function open(stored: Stored, time: number) {
  const clock = { now: time };
  const now = () => clock.now;
  const readCloses = vi.fn<BarReader["closes"]>((symbols, _interval, from) => {
    const starts = typeof from === "number" ? [] : from;
    const found = (symbol: string) => (stored.closes?.[symbol] ?? []).filter(({ start }) => starts.includes(start));
    return Promise.resolve(new Map(symbols.map((symbol) => [symbol, found(symbol)])));
  });
  const readVolumes = vi.fn<BarReader["volumes"]>(stored.volumes ?? (() => Promise.resolve(new Map())));
  const wantBackfills = vi.fn<SourceStore["wantBackfills"]>((wanted) => Promise.resolve([...wanted]));
  const renewBackfill = vi.fn<SourceStore["renewBackfill"]>((request) => Promise.resolve(request));
  const services = {
    bars: { closes: readCloses, volumes: readVolumes } as unknown as Services["bars"],
    daily: {
      refreshCloses: () => Promise.resolve([]),
      previousClose: (symbol: string) => stored.previous?.[symbol] ?? null,
    } as unknown as Services["daily"],
    directory: {
      list: () => Promise.resolve(stored.tickers.map((each) => ({ ticker: each, version: "1" }))),
      get: (symbol: string) => Promise.resolve({ ticker: stored.tickers.find((each) => each.symbol === symbol) }),
    } as unknown as Services["directory"],
    feeds: new Map([["simulator", { capabilities: { delay: 0, history: ["1m"] } }]]) as unknown as Services["feeds"],
    hub: { latest: () => null, touch: () => undefined } as unknown as Services["hub"],
    movers: new SharedReads<MoversView>({ fresh: SECOND, capacity: 3, now }),
    normals: new SharedReads<never>({ fresh: MINUTE, capacity: 4, now }) as unknown as Services["normals"],
    now,
    sources: { wantBackfills, renewBackfill } as unknown as Services["sources"],
  };
  return { services, readCloses, readVolumes, renewBackfill, wantBackfills, clock };
}

/** 500 today, 100 in each session before. */
const busyToday: BarReader["volumes"] = (symbols, _interval, ranges) =>
  Promise.resolve(new Map(symbols.map((symbol) => [symbol, ranges.map((_, index) => (index === 0 ? 500 : 100))])));

const rows = ({ moves }: MoversView) => moves.map(({ symbol, price, base }) => [symbol, price, base]);

const tickers = [stock("SIM:A"), stock("SIM:B"), ticker({ symbol: "COINBASE:C" })];
const closes = {
  "SIM:A": [
    { start: PRE, close: 102 },
    { start: OPEN, close: 110 },
    { start: CLOSE, close: 99 },
  ],
  "SIM:B": [{ start: OPEN, close: 45 }],
  "COINBASE:C": [{ start: MIDNIGHT, close: 12 }],
};
const previous = { "SIM:A": 100, "SIM:B": 50, "COINBASE:C": 10 };
const evening = at("2026-11-20T22:00Z");

describe("movers", () => {
  test("of the regular session are those against the previous close, what gained most first", async () => {
    const { services } = open({ tickers, closes, previous }, evening);
    const view = await movers(services, { session: "regular" });
    expect(rows(view)).toEqual([
      ["COINBASE:C", 12, 10],
      ["SIM:A", 110, 100],
      ["SIM:B", 45, 50],
    ]);
    expect(view.moves.map(({ percent }) => Math.round(percent))).toEqual([20, 10, -10]);
  });

  test("before the open are held against the previous close, after it against the day's own", async () => {
    const { services } = open({ tickers, closes, previous }, evening);
    expect(rows(await movers(services, { session: "pre" }))).toEqual([["SIM:A", 102, 100]]);
    const post = await movers(services, { session: "post" });
    expect(rows(post)).toEqual([["SIM:A", 99, 110]]);
    expect(post.moves[0]).toMatchObject({ start: CLOSE, end: at("2026-11-21T01:00Z"), percent: -10 });
  });

  test("of the day to come show before its open, those of the last day at night", async () => {
    const { services, readCloses } = open({ tickers: [stock("SIM:A")], closes, previous }, PRE + MINUTE);
    await movers(services, { session: "pre" });
    expect(readCloses).toHaveBeenLastCalledWith(["SIM:A"], "1d", [PRE]);
    const night = open({ tickers: [stock("SIM:A")], closes, previous }, at("2026-11-21T12:00Z"));
    expect(rows(await movers(night.services, { session: "regular" }))).toEqual([["SIM:A", 110, 100]]);
  });

  test("leave out what did not trade, what has no base, recordings and what is disabled", async () => {
    const { services } = open(
      {
        tickers: [
          stock("SIM:A", { state: "disabled" }),
          stock("SIM:B"),
          stock("SIM:D"),
          ticker({ symbol: "TAPE:R", source: "recording" }),
        ],
        closes: { ...closes, "TAPE:R": [{ start: MIDNIGHT, close: 1 }] },
        previous: { "SIM:A": 100, "SIM:D": 10, "TAPE:R": 2 },
      },
      evening,
    );
    expect((await movers(services, { session: "regular" })).moves).toEqual([]);
  });

  test("are read once a second, a request a calendar", async () => {
    const { services, readCloses, clock } = open({ tickers, closes, previous }, evening);
    await Promise.all([movers(services, { session: "regular" }), movers(services, { session: "regular" })]);
    expect(readCloses).toHaveBeenCalledTimes(2);
    clock.now += SECOND;
    await movers(services, { session: "regular" });
    expect(readCloses).toHaveBeenCalledTimes(4);
  });
});

describe("volumes against normal", () => {
  test("count the whole minutes of the session that are stored; at night the whole regular session", () => {
    expect(soFar("us-equities", OPEN + 5 * MINUTE + 11 * SECOND)).toMatchObject({
      session: { session: "regular" },
      length: 5 * MINUTE,
    });
    expect(soFar("us-equities", OPEN + 5 * MINUTE + 9 * SECOND).length).toBe(4 * MINUTE);
    expect(soFar("us-equities", OPEN + SECOND).length).toBe(0);
    expect(soFar("us-equities", CLOSE + 6 * 60 * MINUTE)).toMatchObject({
      session: { start: OPEN },
      length: CLOSE - OPEN,
    });
    expect(soFar("us-equities", CLOSE + 2 * MINUTE).session.session).toBe("post");
  });

  test("ask for the same minutes of 21 sessions more, a request a calendar, once a minute", async () => {
    const time = OPEN + 10 * MINUTE + 15 * SECOND;
    const { services, readVolumes, clock } = open({ tickers, volumes: busyToday }, time);
    const asked = { symbols: ["SIM:A", "SIM:B", "COINBASE:C"] };
    const { rows: found } = await volumeNormals(services, asked);
    expect(found.map(({ symbol, from, to }) => [symbol, from, to])).toEqual([
      ["SIM:A", OPEN, OPEN + 10 * MINUTE],
      ["SIM:B", OPEN, OPEN + 10 * MINUTE],
      ["COINBASE:C", MIDNIGHT, OPEN + 10 * MINUTE],
    ]);
    expect(found[0]).toMatchObject({
      session: "regular",
      volume: 500,
      median: 100,
      ratio: 5,
      percentile: 100,
      sessions: 20,
    });
    expect(readVolumes.mock.calls.map(([symbols, interval, ranges]) => [symbols, interval, ranges.length])).toEqual([
      [["SIM:A", "SIM:B"], "1m", 22],
      [["COINBASE:C"], "1m", 22],
    ]);
    clock.now += 30 * SECOND;
    await volumeNormals(services, asked);
    expect(readVolumes).toHaveBeenCalledTimes(2);
    clock.now += MINUTE;
    await volumeNormals(services, asked);
    expect(readVolumes).toHaveBeenCalledTimes(4);
  });

  test("ask for nothing before the session's first minute is stored", async () => {
    const { services, readVolumes } = open({ tickers: [stock("SIM:A")] }, OPEN + SECOND);
    const { rows: found } = await volumeNormals(services, { symbols: ["SIM:A"] });
    expect(found).toMatchObject([{ volume: null, sessions: 0, percentile: null }]);
    expect(readVolumes).not.toHaveBeenCalled();
  });
});

/** Of SIM:B one session before this one, of others all. */
const youngB: BarReader["volumes"] = (symbols, _interval, ranges) =>
  Promise.resolve(
    new Map(symbols.map((symbol) => [symbol, ranges.map((_, age) => (symbol === "SIM:B" && age > 1 ? null : 100))])),
  );

const day = (micros: number): string => new Date(micros / 1_000).toISOString().slice(0, 10);

describe("of a symbol with minutes of too few sessions", () => {
  test("the source is asked for those that are needed and one more, day by day", async () => {
    const { services, wantBackfills } = open({ tickers, volumes: youngB }, OPEN + 10 * MINUTE + 15 * SECOND);
    const { rows: found } = await volumeNormals(services, { symbols: ["SIM:A", "SIM:B"] });
    expect(found.map(({ symbol, sessions, fetching }) => [symbol, sessions, fetching])).toEqual([
      ["SIM:A", 20, false],
      ["SIM:B", 0, true],
    ]);
    const asked = wantBackfills.mock.calls.flat(2);
    expect(asked.map(({ symbol, interval, from }) => [symbol, interval, day(from)])).toEqual(
      // Six sessions before Friday the 20th, and the weekend between them.
      ["12", "13", "14", "15", "16", "17", "18", "19", "20"].map((date) => ["SIM:B", "1m", `2026-11-${date}`]),
    );
  });

  test("it is asked again for what failed a while ago, and the rest of the answer needs none of it", async () => {
    const time = OPEN + 10 * MINUTE + 15 * SECOND;
    const failed = open({ tickers, volumes: youngB }, time);
    failed.wantBackfills.mockImplementation((wanted) =>
      Promise.resolve(wanted.map((one) => ({ ...one, state: "failed", updated: time - 60 * MINUTE }))),
    );
    const { rows: again } = await volumeNormals(failed.services, { symbols: ["SIM:B"] });
    expect(again).toMatchObject([{ fetching: true }]);
    expect(failed.renewBackfill).toHaveBeenCalledTimes(9);
    const refused = open({ tickers, volumes: youngB }, time);
    refused.wantBackfills.mockRejectedValue(new Error("the store takes nothing"));
    const { rows: read } = await volumeNormals(refused.services, { symbols: ["SIM:A", "SIM:B"] });
    expect(read).toMatchObject([{ sessions: 20 }, { fetching: false }]);
  });

  test("nothing more is said to come where it was fetched long ago, nor of one that nobody collects", async () => {
    const time = OPEN + 10 * MINUTE + 15 * SECOND;
    const fetched = open({ tickers, volumes: youngB }, time);
    fetched.wantBackfills.mockImplementation((wanted) =>
      Promise.resolve(wanted.map((one) => ({ ...one, state: "done", bars: 390, updated: time - 60 * MINUTE }))),
    );
    const { rows: had } = await volumeNormals(fetched.services, { symbols: ["SIM:B"] });
    expect(had).toMatchObject([{ sessions: 0, fetching: false }]);
    const disabled = open({ tickers: [stock("SIM:B", { state: "disabled" })], volumes: youngB }, time);
    const { rows: none } = await volumeNormals(disabled.services, { symbols: ["SIM:B"] });
    expect(none).toMatchObject([{ fetching: false }]);
    expect(disabled.wantBackfills).not.toHaveBeenCalled();
  });
});

const tenfoldToday: BarReader["volumes"] = (symbols, _interval, ranges) =>
  Promise.resolve(new Map(symbols.map((symbol) => [symbol, ranges.map((_, place) => (place === 0 ? 1_000 : 100))])));

test("volumes before a split are those of the shares of today", async () => {
  const today = stock("SIM:A", { actions: [{ kind: "split", day: "2026-11-20", newShares: 10, oldShares: 1 }] });
  const { services } = open(
    { tickers: [today, stock("SIM:B")], volumes: tenfoldToday },
    OPEN + 10 * MINUTE + 10 * SECOND,
  );
  const { rows: found } = await volumeNormals(services, { symbols: ["SIM:A", "SIM:B"] });
  expect(found.map(({ volume, median, ratio }) => [volume, median, ratio])).toEqual([
    [1_000, 1_000, 1],
    [1_000, 100, 10],
  ]);
});
