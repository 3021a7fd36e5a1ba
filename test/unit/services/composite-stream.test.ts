import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BarLine } from "#lib/contracts/bars.ts";
import type { BarView, LiveFrame, LiveTopics } from "#lib/contracts/views.ts";
import type { CalendarName } from "#lib/domain/calendar/calendar.ts";
import { joinBars } from "#lib/domain/composite/bars.ts";
import { MINUTE } from "#lib/domain/interval.ts";
import type { LiveEvent } from "#lib/live/hub.ts";
import { MarketMemory } from "#lib/live/market-memory.ts";
import { subscribeComposed } from "#lib/services/composite/stream.ts";
import { TickerDirectory } from "#lib/services/instruments/ticker-directory.ts";
import { mergeBars as mergeHeld } from "../../../app/_lib/bars.ts";
import { barLine, latestLine } from "../live/lines.ts";
import { fakeTickers } from "./fake-stores.ts";
import { builtBar, ticker } from "./fixtures.ts";

const [A, B] = ["SIM:A", "SIM:B"];
const RATIO = "SIM:A/SIM:B";
const TOPICS: LiveTopics = { quotes: [RATIO], bars: [{ symbol: RATIO, interval: "1m" }], prints: [] };

const NO_REFERENCE = () => ({ day: 0, previousClose: null, ended: null, session: null });

/** Takes one frame a step, of what changed since the one before. `right`: the calendar of the right leg; the left one's is UTC. */
function open(stored: ReturnType<typeof builtBar>[] = [], right: CalendarName = "utc") {
  const memory = new MarketMemory({ partitions: 4, reference: NO_REFERENCE });
  async function* subscribe(topics: LiveTopics): AsyncGenerator<LiveEvent> {
    for (let cursor = 0; ;) {
      const frame = { serverTime: 0, connected: true, ...memory.since(topics, cursor) };
      cursor = memory.sequence;
      yield { id: String(cursor), frame };
    }
  }
  const hub = { quote: (symbol: string) => memory.quote(symbol), bars: memory.bars.bind(memory), subscribe };
  const reads: string[] = [];
  const bars = {
    readChart: ({ symbol, from = 0 }: { symbol: string; from?: number }) => {
      reads.push(`${symbol} ${from / MINUTE}`);
      return Promise.resolve(stored.filter((one) => one.symbol === symbol && one.start === from));
    },
  };
  const events = (topics = TOPICS) => {
    const directory = new TickerDirectory(
      fakeTickers(ticker({ symbol: A, calendar: "utc" }), ticker({ symbol: B, calendar: right })),
      () => 0,
    );
    const stream = subscribeComposed({ hub, bars, directory }, topics, { signal: new AbortController().signal });
    const iterator = stream[Symbol.asyncIterator]();
    return async (): Promise<LiveFrame> => {
      const { value, done } = (await iterator.next()) as IteratorResult<LiveEvent, undefined>;
      if (done === true) throw new Error("the stream ended");
      return value.frame;
    };
  };
  return { memory, events, reads };
}
let sequence = 0;
const line = (symbol: string, start: number, over: Partial<BarLine> = {}): BarLine =>
  barLine((sequence += 1), { symbol, start: start * MINUTE, ...over });

describe("a stream with bars", () => {
  test("tells of a composite's bar when either leg ticks, and of the legs only where they are asked for", async () => {
    const { memory, events } = open();
    const next = events();
    memory.acceptBar(line(A, 1, { close: 100 }));
    expect((await next()).bars).toEqual([]);
    memory.acceptBar(line(B, 1, { close: 50 }));
    expect((await next()).bars).toMatchObject([{ symbol: RATIO, start: MINUTE, close: 2, firing: "early" }]);
    memory.acceptBar(line(A, 1, { close: 110, final: true, firing: "final" }));
    expect((await next()).bars).toMatchObject([{ close: 2.2, final: false }]);
    memory.acceptBar(line(B, 1, { close: 50, final: true, firing: "final" }));
    expect((await next()).bars).toMatchObject([{ final: true, firing: "final" }]);
    expect((await next()).bars).toEqual([]);
    const both = events({ ...TOPICS, bars: [...TOPICS.bars, { symbol: A, interval: "1m" }] });
    expect((await both()).bars.map(({ symbol }) => symbol)).toEqual([A, RATIO]);
  });

  test("a correction of a leg corrects it, with the stored bar of a leg that is not in memory any more; a bar gone takes it along", async () => {
    const stored = builtBar(0, { symbol: B, start: MINUTE, high: 60, low: 40, open: 50, close: 50, final: true });
    const { memory, events } = open([stored]);
    const next = events();
    memory.acceptBar(line(A, 1, { close: 100, final: true, firing: "late", revision: 1 }));
    expect((await next()).bars).toMatchObject([{ start: MINUTE, close: 2, revision: 1, firing: "late" }]);
    const taken = { open: null, high: null, low: null, close: null };
    memory.acceptBar(line(A, 1, { ...taken, firing: "late", revision: 2 }));
    expect((await next()).bars).toEqual([{ symbol: RATIO, interval: "1m", start: MINUTE, gone: true }]);
  });

  test.each([
    ["1m", 1],
    ["1h", 0],
    ["1d", 0],
  ] as const)("of two calendars has, of %s, %i bars: as many as pages", async (interval, count) => {
    const { memory, events } = open([], "us-equities");
    const next = events({ quotes: [], bars: [{ symbol: RATIO, interval }], prints: [] });
    for (const symbol of [A, B]) memory.acceptBar(line(symbol, 1, { interval }));
    expect((await next()).bars).toHaveLength(count);
  });
});

describe("a leg of which the hub holds no bar of the window", () => {
  test("is taken as stored where it has not ticked since a restart, read once", async () => {
    const stored = builtBar(0, { symbol: B, start: 60 * MINUTE, high: 60, low: 40, open: 50, close: 50 });
    const { memory, events, reads } = open([stored]);
    const next = events();
    for (const close of [100, 110]) {
      memory.acceptBar(line(A, 60, { close }));
      expect((await next()).bars).toMatchObject([{ start: 60 * MINUTE, close: close / 50, firing: "early" }]);
    }
    expect(reads).toEqual([`${B} 60`]);
    memory.acceptBar(line(B, 60, { close: 55 }));
    expect((await next()).bars).toMatchObject([{ close: 2 }]);
  });

  test("is not read where it only has not traded in the window yet", async () => {
    const { memory, events, reads } = open();
    const next = events();
    memory.acceptBar(line(A, 1, { close: 100 }));
    memory.acceptBar(line(B, 1, { close: 50 }));
    await next();
    for (const close of [110, 120]) {
      memory.acceptBar(line(A, 2, { close }));
      expect((await next()).bars).toEqual([]);
    }
    expect(reads).toEqual([]);
  });
});

describe("a stream with quotes", () => {
  test("tells a composite's when either leg has a new one", async () => {
    const { memory, events } = open();
    const next = events();
    memory.acceptLatest(latestLine(1, { symbol: A, price: 100 }));
    expect((await next()).quotes).toEqual([]);
    memory.acceptLatest(latestLine(1, { symbol: B, price: 40 }));
    expect((await next()).quotes).toMatchObject([{ symbol: RATIO, last: 2.5 }]);
    expect((await next()).quotes).toEqual([]);
  });

  test("tells quotes of the composites that are named beside those of all symbols", async () => {
    const { memory, events } = open();
    const next = events({ quotes: "all", composites: [RATIO], bars: [], prints: [] });
    memory.acceptLatest(latestLine(1, { symbol: A, price: 100 }));
    memory.acceptLatest(latestLine(1, { symbol: B, price: 40 }));
    memory.acceptLatest(latestLine(1, { symbol: "SIM:C", price: 1 }));
    const { quotes } = await next();
    expect(Object.fromEntries(quotes.map(({ symbol, last }) => [symbol, last]))).toEqual({
      [A]: 100,
      [B]: 40,
      "SIM:C": 1,
      [RATIO]: 2.5,
    });
  });

  test("without a composite is the hub's own", async () => {
    const { memory, events } = open();
    memory.acceptBar(line(A, 1));
    expect((await events({ quotes: "all", bars: [{ symbol: A, interval: "1m" }], prints: [] })()).bars).toHaveLength(1);
  });
});

test("whatever the legs tell in whatever order, what a page holds in the end is what their bars come to", async () => {
  const update = fc.record({
    symbol: fc.constantFrom(A, B),
    start: fc.integer({ min: 1, max: 3 }),
    close: fc.integer({ min: 90, max: 110 }),
    look: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(update, { maxLength: 30 }), async (updates) => {
      const { memory, events } = open();
      const next = events();
      let held: readonly BarView[] = [];
      const take = async (): Promise<void> => {
        for (const told of (await next()).bars) if (!("gone" in told)) held = mergeHeld(held, [told]);
      };
      const trades = new Map<string, number>();
      for (const { symbol, start, close, look } of updates) {
        const key = `${symbol} ${start}`;
        trades.set(key, (trades.get(key) ?? 0) + 1);
        memory.acceptBar(line(symbol, start, { close, trades: trades.get(key) ?? 0 }));
        if (look) await take();
      }
      await take();
      const barsOf = (symbol: string) =>
        memory.bars(symbol, "1m").flatMap((one) => ("gone" in one.update ? [] : [one.update]));
      expect(held.map(({ start, close, trades: all }) => [start, close, all])).toEqual(
        joinBars("/", barsOf(A), barsOf(B)).map(({ start, close, trades: all }) => [start, close, all]),
      );
    }),
  );
});
