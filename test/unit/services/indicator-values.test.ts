import { expect, test } from "vitest";
import type { BarQuery, ChartBar, StoredBar } from "#lib/contracts/stores.ts";
import type { Source } from "#lib/contracts/tickers.ts";
import { calendarOf } from "#lib/domain/calendar/calendars.ts";
import { leadOf } from "#lib/domain/indicators/lead.ts";
import { IndicatorRun } from "#lib/domain/indicators/run.ts";
import { type IndicatorSpec, parseSpec } from "#lib/domain/indicators/spec.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import type { Feed } from "#lib/feeds/feed.ts";
import { BarMemory } from "#lib/live/bar-memory.ts";
import { barsPage } from "#lib/services/bars/page.ts";
import { indicatorValues, indicatorValuesInput } from "#lib/services/indicators/values.ts";
import { TickerDirectory } from "#lib/services/instruments/ticker-directory.ts";
import { SharedReads } from "#lib/services/shared-reads.ts";
import { BarLoader } from "../../../app/_chart/bar-loader.ts";
import { BarSeries } from "../../../app/_chart/bar-series.ts";
import { barLine } from "../live/lines.ts";
import { fakeSources, fakeTickers } from "./fake-stores.ts";
import { builtBar, ticker, TODAY } from "./fixtures.ts";

const MINUTES = 4_000;
const ALL = ["vwap:1", "sma:20", "ema:50", "bb:20:2", "rsi:14", "macd:12:26:9", "atr:14"];
const BEGIN = TODAY - 3 * 1_440 * MINUTE;
const now = () => BEGIN + MINUTES * MINUTE + 1;

/** Minutes of a wave from the beginning of a day on, the newest of them forming in the hub. */
function open() {
  const rows = Array.from({ length: MINUTES }, (_, minute): StoredBar => {
    const close = 200 + 9 * Math.sin(minute / 40) + 3 * Math.cos(minute * 1.3);
    const at = { start: BEGIN + minute * MINUTE, close, high: close + 1, low: close - 1, open: close };
    return builtBar(0, { ...at, vwap: close + 0.2, volume: 5 + (minute % 7), final: true });
  }).toReversed();
  const memory = new BarMemory(10);
  memory.accept(barLine(99, { start: BEGIN + MINUTES * MINUTE, close: 207, high: 209, low: 203 }), 1);
  return {
    bars: {
      readChart: ({ from = 0, to = Infinity, limit }: BarQuery) =>
        Promise.resolve(rows.filter(({ start }) => start >= from && start < to).slice(0, limit)),
    },
    directory: new TickerDirectory(fakeTickers(ticker({ source: "recording" })), now),
    feeds: new Map<Source, Feed>(),
    hub: { bars: memory.bars.bind(memory) },
    sources: fakeSources(),
    charts: new SharedReads<ChartBar[]>({ fresh: 0, capacity: 1, now }),
    now,
  };
}

const request = (from: number, to: number, indicators = ALL) =>
  indicatorValuesInput.parse({
    symbol: "SIM:AAPL",
    interval: "1m",
    from: BEGIN + from * MINUTE,
    to: BEGIN + to * MINUTE,
    indicators,
  });

const specs = ALL.map(parseSpec).filter((spec): spec is IndicatorSpec => spec !== null);

test("the values of the API are those that the chart draws, the forming bar's too", async () => {
  const services = open();
  const series = new BarSeries();
  const loader = new BarLoader({
    series,
    length: MINUTE,
    fetchPage: (asked) => barsPage(services, { symbol: "SIM:AAPL", interval: "1m", adjust: "raw", ...asked }),
    describe: String,
  });
  loader.start();
  await expect.poll(() => loader.state().phase).toBe("ready");
  const context = { calendar: calendarOf("utc"), interval: "1m" } as const;
  const first = MINUTES - 120;
  const lead = leadOf(specs, context, BEGIN + first * MINUTE);
  const isRead = () => series.closed().length - 120 >= lead.bars && (series.at(series.first)?.start ?? 0) <= lead.from;
  while (!isRead()) {
    loader.loadOlder();
    await expect.poll(() => loader.state().older.state).not.toBe("loading");
  }
  const answer = await indicatorValues(services, request(first, MINUTES + 1));
  expect(answer).toMatchObject({ settled: true, forming: BEGIN + MINUTES * MINUTE });
  expect(answer.starts).toHaveLength(121);
  for (const [place, spec] of specs.entries()) {
    const run = new IndicatorRun(spec, context);
    const closed = run.take(series.closed()).slice(-120);
    const forming = series.forming();
    const drawn = forming ? [...closed, run.peek(forming)] : closed;
    for (const [line, { values }] of (answer.indicators[place]?.lines ?? []).entries()) {
      expect(values).toHaveLength(121);
      for (const [bar, value] of values.entries()) {
        // What remembers for ever differs by less than a millionth, for both began far before.
        expect(Math.abs((drawn[bar]?.[line] ?? Number.NaN) - (value ?? Number.NaN))).toBeLessThan(2e-4);
      }
    }
  }
});

test("bars before the range are read, so that its first bar has every value", async () => {
  const { indicators, settled } = await indicatorValues(open(), request(1_000, 1_010));
  expect(settled).toBe(true);
  expect(indicators.map(({ indicator }) => indicator)).toEqual(ALL);
  expect(indicators.flatMap(({ lines }) => lines.map(({ values }) => values[0]))).not.toContain(null);
});

test("at the beginning of history there is no value before there are enough bars, and the answer says so", async () => {
  const { indicators, settled, forming } = await indicatorValues(open(), request(0, 30, ["sma:20"]));
  const values = indicators[0]?.lines[0]?.values ?? [];
  expect(values.findIndex((value) => value !== null)).toBe(19);
  expect({ settled, forming }).toEqual({ settled: false, forming: null });
});

test("a range of too many bars is refused, and so is what is no indicator", async () => {
  const { charts: _charts, ...services } = open();
  const many = Array.from({ length: 6_000 }, (_, minute) => builtBar(0, { start: BEGIN + minute * MINUTE }));
  const bars = {
    readChart: ({ to = Infinity, limit }: BarQuery) =>
      Promise.resolve(
        many
          .filter(({ start }) => start < to)
          .toReversed()
          .slice(0, limit),
      ),
  };
  const charts = new SharedReads<ChartBar[]>({ fresh: 0, capacity: 1, now });
  const asked = indicatorValues({ ...services, bars, charts }, request(0, 6_000, ["sma:20"]));
  await expect(asked).rejects.toMatchObject({ code: "BAD_INPUT" });
  expect(() => request(0, 10, ["sma:0"])).toThrow(/no indicator/);
  expect(() =>
    request(
      0,
      10,
      Array.from({ length: 9 }, () => "sma:20"),
    ),
  ).toThrow(/expected array to have <=8/);
});
